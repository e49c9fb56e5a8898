package readiness.ready.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import readiness.course.Hint;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.view.PlainText;

/** {@code ready hint}: the next hint of a step, and where it was left off. */
@Command(
    name = "hint",
    description = "Shows the next hint of the step that you are at, or of the one you name.")
final class HintCommand extends Action {
  @Parameters(arity = "0..1", paramLabel = "STEP", description = "The step.")
  private @Nullable String asked;

  @Override
  int run(Desk desk) {
    show(desk, stepOrCurrent(desk, asked));
    return RIGHT;
  }

  /** Shows the first hint that has not been shown; behind the last, the last once more. */
  static void show(Desk desk, Step step) {
    Screen screen = desk.screen();
    List<Hint> hints = Hint.read(desk.workbook().hints(step));
    int shown = Math.min(desk.progress().hints(step) + 1, hints.size());
    Hint hint = hints.get(shown - 1);
    String name = step.number() + " " + step.id();
    screen.spread(
        " " + screen.bold(name) + "   " + step.title(),
        4 + name.length() + step.title().length(),
        "hint %d of %d".formatted(shown, hints.size()));
    screen.line();
    screen.paragraph(3, screen.bold(PlainText.of(hint.question())));
    screen.line();
    screen.paragraph(3, PlainText.of(hint.text()));
    screen.line();
    if (shown < hints.size()) {
      screen.line(" " + screen.dim("Think first; then ./ready hint shows the next one."));
    } else {
      screen.line(
          " "
              + screen.dim(
                  "That was the last. ./ready show " + step.id() + " shows the solution."));
    }
    desk.progress().hints(step, shown);
    desk.progress().save();
  }
}
