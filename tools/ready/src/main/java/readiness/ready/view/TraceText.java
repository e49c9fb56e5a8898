package readiness.ready.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Recorder;
import readiness.ready.Screen;
import readiness.ready.book.BookServer;
import readiness.ready.check.Failure;
import readiness.ready.check.Frame;
import readiness.ready.check.Gap;
import readiness.ready.check.Outcome;
import readiness.ready.story.Performance;
import readiness.timeline.Run;
import readiness.timeline.Timeline;

/** What is said about a recorded run: to the reader at the terminal, and on the page. */
public final class TraceText {
  private static final int INDENT = 3;
  private static final int COLUMN = 9;

  private final Desk desk;
  private final Screen screen;
  private final Recorder.Play play;
  private final Recorder.Take take;

  /** The text about a story that was played and what came of it. */
  public TraceText(Desk desk, Recorder.Play play, Recorder.Take take) {
    this.desk = desk;
    this.screen = desk.screen();
    this.play = play;
    this.take = take;
  }

  /** The run as it is to be drawn. */
  public Run run() {
    List<Run.Fact> facts = new ArrayList<>();
    facts.add(new Run.Fact("Loop", play.solution() ? "the solution's" : "yours"));
    facts.add(new Run.Fact("Watched", play.edge() ? "edge-triggered" : "level-triggered"));
    facts.add(
        new Run.Fact(
            "Kernel",
            play.real()
                ? System.getProperty("os.name") + " " + System.getProperty("os.version")
                : "simulated"));
    facts.add(new Run.Fact("Seed", play.seed()));
    if (take.entries().size() >= Performance.KEPT) {
      facts.add(new Run.Fact("Recorded", "the last %,d calls".formatted(Performance.KEPT)));
    }
    facts.add(new Run.Fact(play.real() ? "Again" : "Replay", command()));
    return new Run(
        play.story().id(),
        play.story().sentence(),
        facts,
        !play.real(),
        take.entries(),
        take.result().outcome() == Outcome.PASSED ? null : failure());
  }

  private Run.Failure failure() {
    Failure failure = whatWentWrong();
    String place = place(failure).map(this::words).orElse("");
    if (take.result().outcome() == Outcome.STUCK) {
      return new Run.Failure(
          String.valueOf(failure.observed()), "every client comes to the end of its script", place);
    }
    String expected = failure.expected() == null ? "" : failure.expected();
    return new Run.Failure(message(failure), expected, place);
  }

  private Failure whatWentWrong() {
    Failure failure = take.result().failure();
    return failure == null ? Failure.of("it did not run", List.of()) : failure;
  }

  private static String message(Failure failure) {
    String observed = failure.observed();
    if (observed == null) {
      return failure.message();
    }
    return failure.message().isEmpty() || observed.contains(failure.message())
        ? observed
        : failure.message() + "\n" + observed;
  }

  private static Optional<Frame> place(Failure failure) {
    return failure.frames().stream().filter(frame -> !frame.test()).findFirst();
  }

  private String words(Frame frame) {
    return "%s:%d  in %s()".formatted(desk.shown(frame.file()), frame.line(), frame.method());
  }

  private String command() {
    return "./ready trace "
        + play.story().id()
        + " --seed "
        + play.seed()
        + (play.real() ? " --real" : "")
        + (play.edge() ? " --edge" : "")
        + (play.solution() ? " --solution" : "");
  }

  /** Says how the run went; where its picture is comes behind this. */
  public void print(Timeline timeline) {
    Run run = timeline.run();
    Run.@Nullable Failure failure = run.failure();
    StepMarks.Mark mark = failure == null ? StepMarks.Mark.PASSED : StepMarks.Mark.FAILED;
    screen.line(
        " "
            + mark.on(screen)
            + " "
            + screen.bold(run.title())
            + "   "
            + (play.real() ? "on the real kernel" : "on the simulated kernel")
            + ", seed "
            + play.seed());
    screen.paragraph(INDENT, run.sentence());
    screen.paragraph(
        INDENT,
        take.entries().isEmpty()
            ? "The recording is lost, so there is no picture."
            : timeline.summary());
    if (failure != null) {
      print(failure);
    }
    screen.labelled(INDENT, run.facts().getLast().label(), COLUMN, command());
  }

  private void print(Run.Failure failure) {
    screen.line();
    if (!failure.expected().isEmpty()) {
      screen.labelled(INDENT, "expected", COLUMN + 1, failure.expected());
    }
    screen.labelled(INDENT, "observed", COLUMN + 1, failure.message());
    if (!failure.place().isEmpty()) {
      screen.labelled(INDENT, "at", COLUMN + 1, failure.place());
    }
    screen.line();
    if (!play.solution()) {
      Step step = desk.course().step(play.story().step()).orElseThrow();
      List<Gap> left = GapText.left(desk, step, take.gaps());
      if (!left.isEmpty()) {
        screen.paragraph(
            INDENT,
            "Step %s %s is about this, and not written yet.".formatted(step.number(), step.id()));
        GapText.print(desk, INDENT, COLUMN, left);
      }
      screen.labelled(INDENT, "Read", COLUMN, BookServer.address(desk, step));
    }
  }

  /** Says which step has to be written before there is anything to see. */
  public void printNotYet() {
    String reached = String.valueOf(whatWentWrong().notYet());
    Step step = desk.course().step(reached).orElseThrow();
    screen.line(" " + StepMarks.Mark.OPEN.on(screen) + " " + screen.bold(play.story().id()));
    screen.paragraph(
        INDENT,
        "It needs step %s %s, which is not written yet.".formatted(step.number(), step.id()));
    GapText.print(desk, INDENT, COLUMN, GapText.left(desk, step, take.gaps()));
    screen.labelled(INDENT, "Read", COLUMN, BookServer.address(desk, step));
    screen.labelled(INDENT, "Check", COLUMN, "./ready check " + step.id());
    screen.labelled(INDENT, "Or see", COLUMN, command() + " --solution");
  }
}
