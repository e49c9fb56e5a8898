package readiness.ready;

import java.util.List;
import java.util.Optional;
import readiness.course.Step;

/** What is said when everything passed: what that is worth, what to compare, where to go on. */
final class Farewell {
  private Farewell() {}

  static void print(Desk desk, List<Step> steps, List<Step> newly) {
    Screen screen = desk.screen();
    screen.line();
    if (!newly.isEmpty()) {
      int points = newly.stream().mapToInt(Step::points).sum();
      screen.paragraph(
          1,
          "%s: %d points. Compare with the solution: ./ready show %s"
              .formatted(
                  newly.size() == 1 ? "Passed" : newly.size() + " steps passed",
                  points,
                  newly.getLast().id()));
      screen.line();
    }
    Optional<Step> next = desk.next(steps.getLast());
    if (next.isPresent()) {
      Signpost.print(desk, next.get());
    } else {
      screen.paragraph(1, "Every step has passed.");
    }
  }
}
