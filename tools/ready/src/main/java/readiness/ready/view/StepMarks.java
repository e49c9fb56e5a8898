package readiness.ready.view;

import java.util.List;
import java.util.function.Function;
import readiness.course.Step;
import readiness.ready.Screen;

/** Steps in a row, each with a mark, as many in a line as there is room for. */
public final class StepMarks {
  private static final String INDENT = "   ";

  /** How a step stands. */
  public enum Mark {
    PASSED("✓"),
    FAILED("✗"),
    OPEN("·");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    public String on(Screen screen) {
      return switch (this) {
        case PASSED -> screen.good(sign);
        case FAILED -> screen.bad(sign);
        case OPEN -> screen.dim(sign);
      };
    }
  }

  private StepMarks() {}

  /** Prints the steps, in their order. */
  public static void print(Screen screen, List<Step> steps, Function<Step, Mark> marks) {
    StringBuilder line = new StringBuilder(INDENT);
    int width = INDENT.length();
    for (Step step : steps) {
      String name = step.number() + " " + step.id();
      if (width + name.length() + 4 > screen.width() && width > INDENT.length()) {
        screen.line(line.toString().stripTrailing());
        line = new StringBuilder(INDENT);
        width = INDENT.length();
      }
      line.append(marks.apply(step).on(screen)).append(' ').append(name).append("  ");
      width += name.length() + 4;
    }
    screen.line(line.toString().stripTrailing());
  }
}
