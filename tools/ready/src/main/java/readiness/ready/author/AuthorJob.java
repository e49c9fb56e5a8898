package readiness.ready.author;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import readiness.course.Malformed;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.Screen;

/**
 * A command on the workbook. Ends with 0 if all is well, 1 if something in the workbook is not, 2
 * if it was called wrongly, 3 if it cannot do its work here.
 */
abstract class AuthorJob implements Callable<Integer> {
  static final int WELL = 0;
  static final int NOT_WELL = 1;
  static final int NOT_HERE = 3;

  @Spec private @Nullable CommandSpec spec;
  @ParentCommand private @Nullable AuthorCommand parent;

  @Override
  public final Integer call() {
    try {
      return run(Workbook.around(parent == null ? Path.of("") : parent.folder()));
    } catch (Malformed e) {
      err().println(e.getMessage());
      return NOT_WELL;
    } catch (IOException | UncheckedIOException e) {
      err().println("ready author: " + e.getMessage());
      return NOT_HERE;
    }
  }

  abstract int run(Workbook workbook) throws IOException;

  final PrintWriter out() {
    return command().commandLine().getOut();
  }

  /** Where a passing line can say what is going on. */
  final Screen screen() {
    return Screen.of(out());
  }

  final PrintWriter err() {
    return command().commandLine().getErr();
  }

  /**
   * The step that was asked for.
   *
   * @throws ParameterException if there is none
   */
  final Step step(Workbook workbook, String idOrNumber) {
    return workbook
        .course()
        .step(idOrNumber)
        .orElseThrow(() ->
            wrong(
                "no step '%s'; there are %s"
                    .formatted(
                        idOrNumber,
                        workbook.course().steps().stream()
                            .map(Step::id)
                            .collect(Collectors.joining(", ")))));
  }

  /** A line on something that took a while, and lines on what is wrong with it. */
  final void report(String what, List<String> problems) {
    out().printf("%s %s%n", problems.isEmpty() ? "✓" : "✗", what);
    problems.forEach(problem -> out().println(problem.indent(4).stripTrailing()));
    out().flush();
  }

  /** The command was called wrongly. */
  final ParameterException wrong(String what) {
    return new ParameterException(command().commandLine(), what);
  }

  /** Calls another command of an author's; returns what it ends with. */
  final int other(String... arguments) {
    AuthorCommand same = parent == null ? new AuthorCommand() : new AuthorCommand(parent.folder());
    return new CommandLine(same).setOut(out()).setErr(err()).execute(arguments);
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification before it calls");
    }
    return spec;
  }
}
