package readiness.ready.view;

import java.util.List;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.check.CompileError;

/** Shows a reader what the compiler does not accept, each error with its line and a caret. */
public final class CompileErrors {
  private static final int INDENT = 5;
  private static final int MOST = 5;

  private CompileErrors() {}

  /** Prints the first few, and how many more there are. */
  public static void print(Desk desk, List<CompileError> errors) {
    Screen screen = desk.screen();
    screen.line("   " + StepMarks.Mark.FAILED.on(screen) + " the code does not compile");
    for (CompileError error : errors.stream().limit(MOST).toList()) {
      screen.line();
      screen.paragraph(
          INDENT, "%s:%d: %s".formatted(desk.shown(error.file()), error.line(), error.message()));
      String source = error.source();
      if (!source.isBlank()) {
        String margin = " ".repeat(INDENT + 4);
        screen.line(margin + Tabs.expanded(source));
        screen.line(margin + " ".repeat(Math.max(0, (int) error.column() - 1)) + screen.bad("^"));
      }
    }
    int more = errors.size() - MOST;
    if (more > 0) {
      screen.line();
      screen.paragraph(INDENT, "and %d more".formatted(more));
    }
  }
}
