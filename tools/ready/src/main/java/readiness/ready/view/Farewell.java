package readiness.ready.view;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;

/** What is said when everything passed: what that is worth, what to compare, where to go on. */
public final class Farewell {
  private Farewell() {}

  /**
   * Says it.
   *
   * @param steps what has been checked, last the one that was asked for
   * @param seed the one seed that it was checked with; null for all, since nothing less counts
   */
  public static void print(Desk desk, List<Step> steps, @Nullable String seed) {
    Screen screen = desk.screen();
    Step asked = steps.getLast();
    screen.line();
    if (seed != null) {
      screen.paragraph(
          1,
          "Passed with seed %s. What counts is all of them: ./ready check %s"
              .formatted(seed, asked.id()));
      return;
    }
    screen.paragraph(1, "Passed: %s.".formatted(worth(steps)));
    screen.paragraph(1, "Compare with the solution: ./ready show %s".formatted(asked.id()));
    screen.line();
    Optional<Step> next = desk.next(asked);
    if (next.isPresent()) {
      Signpost.print(desk, next.get());
    } else {
      screen.paragraph(1, "Every step has passed.");
    }
  }

  private static String worth(List<Step> steps) {
    Step asked = steps.getLast();
    if (steps.size() == 1) {
      return "%s, %d points".formatted(asked.id(), asked.points());
    }
    int points = steps.stream().mapToInt(Step::points).sum();
    return "%d steps, %d points, %d of them for %s"
        .formatted(steps.size(), points, asked.points(), asked.id());
  }
}
