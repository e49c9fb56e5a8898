package readiness.ready.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Recorder;
import readiness.ready.WholeFile;
import readiness.ready.check.Outcome;
import readiness.ready.story.Story;
import readiness.ready.view.CompileErrors;
import readiness.ready.view.TraceJson;
import readiness.ready.view.TraceText;
import readiness.ready.view.WaitingLine;
import readiness.timeline.Timeline;

/** {@code ready trace}: records a run of the reader's loop and draws its timeline. */
@Command(
    name = "trace",
    description = {
      "Lets clients talk to an echo server on your loop, records its system calls, and draws them"
          + " as a timeline: one HTML file."
    })
final class TraceCommand extends Action {
  private static final int LEAST_SEED = 0x1000;
  private static final int SEEDS = 0xf000;

  /** Orders of magnitude above what a story takes. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "What the clients do; --list names them. The first of them if left out.")
  private @Nullable String scenario;

  @Option(names = "--list", description = "Name the scenarios.")
  private boolean list;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Decides what is left open, for instance 5d1c; one by chance if left out.")
  private @Nullable String seed;

  @Option(
      names = "--real",
      description = "On the kernel of this machine, with clients on the loopback interface.")
  private boolean real;

  @Option(names = "--edge", description = "With the loop edge-triggered.")
  private boolean edge;

  @Option(names = "--solution", description = "The solution's loop instead of yours.")
  private boolean solution;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the page; .ready/trace.html if left out.")
  private @Nullable Path out;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the recording to the file as well (docs/trace-json.adoc).")
  private @Nullable Path json;

  @Option(
      names = "--svg",
      paramLabel = "FILE",
      description = "Write the picture alone to the file as well, for another page.")
  private @Nullable Path svg;

  @Option(
      names = "--open",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Open the page in a browser, where there is a display; on by default.")
  private boolean open;

  @Override
  int run(Desk desk) throws IOException, InterruptedException {
    if (list) {
      printList(desk);
      return RIGHT;
    }
    Recorder.Play play = new Recorder.Play(story(), seed(), real, edge, solution, PATIENCE);
    requireFiles();
    Recorder.Take take = record(desk, play);
    if (!take.errors().isEmpty()) {
      CompileErrors.print(desk, take.errors());
      return FAILS;
    }
    TraceText text = new TraceText(desk, play, take);
    if (take.result().outcome() == Outcome.NOT_YET) {
      text.printNotYet();
      return FAILS;
    }
    Timeline timeline = new Timeline(text.run());
    text.print(timeline);
    if (!take.entries().isEmpty()) {
      write(desk, play, take, timeline);
    }
    return take.result().outcome() == Outcome.PASSED ? RIGHT : FAILS;
  }

  private Story story() {
    String asked = scenario;
    if (asked == null) {
      return Story.values()[0];
    }
    return Story.of(asked)
        .orElseThrow(() ->
            wrong(
                "there is no scenario '%s'; --list names them.".formatted(asked),
                asked,
                Arrays.stream(Story.values()).map(Story::id)));
  }

  private String seed() {
    String asked = seed;
    if (asked == null) {
      return Integer.toHexString(LEAST_SEED + new Random().nextInt(SEEDS));
    }
    if (!asked.matches("[0-9a-fA-F]{1,16}")) {
      throw wrong(
          "'--seed %s' is not a hexadecimal number such as 5d1c.".formatted(asked),
          "",
          Stream.of());
    }
    return asked;
  }

  private void requireFiles() {
    Stream.of(out, json, svg)
        .filter(Objects::nonNull)
        .filter(Files::isDirectory)
        .findFirst()
        .ifPresent(folder -> {
          throw wrong("'%s' is a folder; name a file.".formatted(folder), "", Stream.of());
        });
  }

  private static void printList(Desk desk) {
    for (Story each : Story.values()) {
      String step =
          desk.course()
              .step(each.step())
              .map(found -> " Step %s %s.".formatted(found.number(), found.id()))
              .orElse("");
      desk.screen().labelled(1, each.id(), 13, each.sentence() + step);
    }
  }

  private static Recorder.Take record(Desk desk, Recorder.Play play)
      throws IOException, InterruptedException {
    String playing = "Playing " + play.story().id();
    try {
      return Recorder.record(desk, play, new WaitingLine(desk.screen(), _ -> playing));
    } finally {
      desk.screen().wipe();
    }
  }

  private void write(Desk desk, Recorder.Play play, Recorder.Take take, Timeline timeline)
      throws IOException {
    Path page = out == null ? desk.folder().resolve("trace.html") : out;
    write(page, timeline.page());
    if (json != null) {
      write(json, TraceJson.of(play, take, timeline.run()));
    }
    if (svg != null) {
      String name = String.valueOf(svg.getFileName()).replaceFirst("\\.svg$", "");
      write(svg, timeline.figure("figure-" + name.replaceAll("[^A-Za-z0-9-]", "-")));
    }
    desk.screen().labelled(3, "Picture", 9, page.toAbsolutePath().normalize().toUri().toString());
    if (open) {
      Browser.open(page.toAbsolutePath());
    }
  }

  private static void write(Path file, String text) {
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw new NotRight(
          "cannot write %s: %s".formatted(file, e.getMessage()),
          "Name a file in a folder of yours.");
    }
  }
}
