package readiness.ready.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Experiment;
import readiness.experiment.ExperimentProgram;
import readiness.experiment.Experiments;
import readiness.experiment.Result;
import readiness.experiment.Room;
import readiness.experiment.Size;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Screen;
import readiness.ready.view.StepMarks;
import readiness.ready.view.TableText;

/** Shows experiments, and runs them in a JVM of their own: ours is tuned for a short life. */
final class Laboratory {
  private static final int COLUMN = 11;

  private final Desk desk;
  private final Screen screen;

  Laboratory(Desk desk) {
    this.desk = desk;
    this.screen = desk.screen();
  }

  /** All of them, by the chapter that puts their claim on trial, and what was predicted. */
  void list() {
    Map<String, List<Experiment>> byChapter = new LinkedHashMap<>();
    for (Experiment each : Experiments.all()) {
      String chapter = each.description().trials().getFirst().chapter();
      byChapter.computeIfAbsent(chapter, _ -> new ArrayList<>()).add(each);
    }
    byChapter.forEach((chapter, experiments) -> {
      screen.line(" " + screen.bold(title(chapter)));
      experiments.forEach(each -> list(each.description()));
      screen.line();
    });
    screen.line(" " + screen.dim("./ready experiment NAME asks for your prediction and runs it."));
  }

  private String title(String chapter) {
    return desk.course().chapters().stream()
        .filter(each -> each.id().equals(chapter))
        .findFirst()
        .map((Chapter each) -> each.number() + " " + each.title())
        .orElse(chapter);
  }

  private void list(Description description) {
    Result report = kept(description.id());
    StepMarks.Mark mark = report == null ? StepMarks.Mark.OPEN : StepMarks.Mark.PASSED;
    screen.line("   %s %-24s %s".formatted(mark.on(screen), description.id(), description.title()));
    for (Description.Trial trial : description.trials()) {
      screen.labelled(29, "", 1, "“" + trial.claim() + "”");
    }
    if (report != null) {
      screen.labelled(29, "", 1, foretold(report) + " " + judgement(report.conclusion()));
    }
  }

  /** What is known of it from the last time, or null. */
  private @Nullable Result kept(String id) {
    Path file = desk.folder().resolve("experiments").resolve(id + ".json");
    try {
      return Result.read(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new NotRight(
          "%s does not hold an experiment's result (%s)."
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          "Remove it; ./ready experiment %s writes it anew.".formatted(id));
    }
  }

  private static String foretold(Result report) {
    String letter = report.prediction();
    if (letter == null) {
      return "No prediction.";
    }
    String right = report.conclusion().right();
    if (right.isEmpty()) {
      return "You predicted %s; this run did not decide it.".formatted(letter);
    }
    return letter.equals(right)
        ? "You predicted %s, and so it was.".formatted(letter)
        : "You predicted %s; it was %s.".formatted(letter, right);
  }

  private static String judgement(Conclusion conclusion) {
    return conclusion.verdict() == Verdict.OPEN
        ? "No verdict from this run."
        : "Verdict: %s.".formatted(conclusion.verdict().text());
  }

  /** The claim, the question, and what there is to choose from. */
  void introduce(Description description) {
    screen.line(" " + screen.bold(description.title()));
    screen.line();
    description.trials().forEach(trial -> screen.labelled(1, "On trial", COLUMN, trial.claim()));
    screen.labelled(1, "Predict", COLUMN, description.question());
    for (String letter : description.letters()) {
      screen.labelled(1 + COLUMN, letter + ")", 4, description.option(letter).orElseThrow());
    }
    screen.line();
  }

  /** Measures. */
  Result run(Experiment experiment, Size size) throws IOException, InterruptedException {
    Description description = experiment.description();
    Room room = Experiments.roomOf(description.id());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(ExperimentProgram.FLAGS));
    command.add("-D" + ExperimentProgram.ROOT + "=" + desk.workbook().root());
    command.add("-cp");
    command.add(room.classPath());
    command.addAll(
        List.of(ExperimentProgram.class.getName(), room.name(), description.id(), size.name()));
    Path complaints = Files.createTempFile("readiness-experiment", ".err");
    Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
    // Its own children end with it: their input does.
    Thread stop = new Thread(process::destroyForcibly, "stop-the-experiment");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      String found = follow(process);
      if (process.waitFor() != 0) {
        throw notDone(description, Files.readString(complaints));
      }
      return Result.read(found);
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(stop);
      Files.deleteIfExists(complaints);
    }
  }

  private static NotRight notDone(Description description, String complaints) {
    Optional<String> reason = complaints.lines().filter(line -> !line.isBlank()).findFirst();
    return new NotRight(
        "experiment %s could not be done: %s"
            .formatted(description.id(), reason.orElse("its JVM said nothing")),
        "./ready doctor looks at the machine; if that finds nothing, please report it.");
  }

  /** Shows what it is doing, on one line, and returns what it has found. */
  private String follow(Process process) {
    StringBuilder found = new StringBuilder();
    boolean begun = false;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.startsWith(ExperimentProgram.PROGRESS)) {
          found.append(line).append('\n');
        } else if (screen.colour()) {
          screen.passing("Measuring: " + line.substring(ExperimentProgram.PROGRESS.length()));
        } else if (!begun) {
          screen.line(" Measuring …");
          begun = true;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the experiment's output", e);
    }
    screen.wipe();
    return found.toString();
  }

  /** What came out, and what it means. */
  void show(Description description, Result report) {
    screen.line(
        " " + screen.dim("Measured in %.1f s on %s".formatted(report.seconds(), report.machine())));
    screen.line();
    new TableText(screen).print(report.table());
    screen.line();
    Conclusion conclusion = report.conclusion();
    if (report.prediction() != null) {
      String text = foretold(report);
      boolean right = report.prediction().equals(conclusion.right());
      screen.labelled(1, "Predicted", COLUMN, right ? screen.good(text) : text);
    }
    description
        .option(conclusion.right())
        .ifPresent(
            option -> screen.labelled(1, "It was", COLUMN, conclusion.right() + ") " + option));
    screen.labelled(1, "Because", COLUMN, conclusion.because());
    screen.labelled(1, "So", COLUMN, screen.bold(judgement(conclusion)));
    if (conclusion.verdict() == Verdict.OPEN) {
      screen.labelled(
          1, "", COLUMN, "Once more on a quiet machine, perhaps with --long, may decide it.");
    }
  }
}
