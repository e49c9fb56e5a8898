package readiness.ready.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.Desk;

/** A command of a reader. Its result is the exit code. */
abstract class Action implements Callable<Integer> {
  /** Everything that was asked for is so. */
  static final int RIGHT = 0;

  /** A step fails. */
  static final int FAILS = 1;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Say how to call it.")
  private boolean help;

  @Override
  public final Integer call() throws Exception {
    Desk desk = Desk.open(command().commandLine().getOut());
    return run(desk);
  }

  abstract int run(Desk desk) throws Exception;

  /** The step of that id or number, if there is one. */
  static Optional<Step> stepOf(Desk desk, String asked) {
    return desk.course().step(asked);
  }

  /**
   * The step that was asked for.
   *
   * @throws ParameterException if there is none
   */
  final Step step(Desk desk, String asked) {
    return stepOf(desk, asked)
        .orElseThrow(
            () -> wrong("there is no step '" + asked + "'.", asked, ids(desk.course().steps())));
  }

  /** The step that was asked for, else the one that the reader is at. */
  final Step stepOrCurrent(Desk desk, @Nullable String asked) {
    if (asked != null) {
      return step(desk, asked);
    }
    return desk.current()
        .orElseThrow(
            () -> wrong("every step has passed; say which one you mean.", "", Stream.of()));
  }

  /** The command was called wrongly. */
  final ParameterException wrong(String what, String typed, Stream<String> known) {
    String near = typed.isEmpty() ? "" : Nearest.question(typed, known);
    return new ParameterException(
        command().commandLine(), near.isEmpty() ? what : what + " " + near);
  }

  static Stream<String> ids(List<Step> steps) {
    return steps.stream().map(Step::id);
  }

  /** The names of steps and of chapters. */
  static Stream<String> names(Desk desk) {
    return Stream.concat(
        ids(desk.course().steps()),
        desk.course().chapters().stream().filter(each -> !each.steps().isEmpty()).map(Chapter::id));
  }

  final CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec;
  }
}
