package readiness.ready.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.experiment.Description;
import readiness.experiment.Experiment;
import readiness.experiment.Experiments;
import readiness.experiment.Result;
import readiness.experiment.Size;
import readiness.ready.Desk;

/** {@code ready experiment}: predict, measure, and see. */
@Command(
    name = "experiment",
    description = {
      "Lists the experiments, or runs one: asks for your prediction, measures on this machine,"
          + " shows what came out and what becomes of the claim."
    })
final class ExperimentCommand extends Action {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The experiment; none lists them.")
  private @Nullable String name;

  @Option(
      names = "--predict",
      paramLabel = "LETTER",
      description = "Your prediction, instead of being asked for it.")
  private @Nullable String predicted;

  @Option(names = "--no-question", description = "Do not ask for a prediction.")
  private boolean noQuestion;

  @Option(names = "--long", description = "More rounds and longer ones, as for the book's figures.")
  private boolean large;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file as well (docs/experiment-json.adoc).")
  private @Nullable Path json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Write the chart to this file as well.")
  private @Nullable Path svg;

  @Override
  int run(Desk desk) throws IOException, InterruptedException {
    Laboratory laboratory = new Laboratory(desk);
    if (name == null) {
      refuseOptionsWithoutName();
      laboratory.list();
      return RIGHT;
    }
    Experiment experiment =
        Experiments.named(name)
            .orElseThrow(() -> wrong("there is no experiment '" + name + "'.", name, ids()));
    Description description = experiment.description();
    String letter = predicted == null ? null : letter(description, predicted);
    Outlets outlets = Outlets.of(desk, description.id(), json, svg);
    laboratory.introduce(description);
    if (letter == null && !noQuestion && isTerminal()) {
      letter = ask(desk, description).orElse(null);
    }
    Result report = laboratory.run(experiment, large ? Size.LONG : Size.SHORT).predicted(letter);
    laboratory.show(description, report);
    outlets.write(report.json(), experiment.chart(report.table()).svg());
    desk.screen().line();
    desk.screen().labelled(1, "Chart", 9, desk.shown(outlets.charts().getLast()));
    desk.screen().labelled(1, "Numbers", 9, desk.shown(outlets.reports().getLast()));
    return RIGHT;
  }

  private void refuseOptionsWithoutName() {
    if (predicted != null || large || json != null || svg != null) {
      throw wrong("say which experiment.", "", Stream.of());
    }
  }

  private static Stream<String> ids() {
    return Experiments.all().stream().map(each -> each.description().id());
  }

  private String letter(Description description, String typed) {
    String letter = typed.strip().toLowerCase(Locale.ROOT);
    if (description.option(letter).isEmpty()) {
      throw wrong(
          "'--predict %s' is none of %s."
              .formatted(typed, String.join(", ", description.letters())),
          "",
          Stream.of());
    }
    return letter;
  }

  private static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  /** Asks until the answer is an option; an empty one is none. */
  private static Optional<String> ask(Desk desk, Description description) throws IOException {
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    while (true) {
      desk.screen()
          .out()
          .print(
              " Your prediction, %s (Enter for none): "
                  .formatted(String.join(", ", description.letters())));
      desk.screen().out().flush();
      String answer = answers.readLine();
      if (answer == null || answer.isBlank()) {
        return Optional.empty();
      }
      String letter = answer.strip().toLowerCase(Locale.ROOT);
      if (description.option(letter).isPresent()) {
        return Optional.of(letter);
      }
    }
  }
}
