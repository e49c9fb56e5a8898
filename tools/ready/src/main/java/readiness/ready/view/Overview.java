package readiness.ready.view;

import java.util.List;
import java.util.Optional;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;

/** Where the reader is: what has passed, what is next. */
public final class Overview {
  private final Desk desk;
  private final Screen screen;

  /** Of what stands on this desk. */
  public Overview(Desk desk) {
    this.desk = desk;
    this.screen = desk.screen();
  }

  /** Prints the chapters with their steps, and the way to the next one. */
  public void print() {
    List<Step> steps = desk.course().steps();
    long passed = steps.stream().filter(desk.progress()::passed).count();
    int points = steps.stream().mapToInt(Step::points).sum();
    int earned = steps.stream().filter(desk.progress()::passed).mapToInt(Step::points).sum();
    String title = " " + desk.course().title();
    screen.spread(
        screen.bold(title),
        title.length(),
        "%d of %d steps · %d of %d points".formatted(passed, steps.size(), earned, points));
    for (Chapter chapter : desk.course().chapters()) {
      if (!chapter.steps().isEmpty()) {
        screen.line();
        screen.line(" " + screen.bold(chapter.number() + " " + chapter.title()));
        StepMarks.print(
            screen,
            chapter.steps(),
            step -> desk.progress().passed(step) ? StepMarks.Mark.PASSED : StepMarks.Mark.OPEN);
      }
    }
    screen.line();
    Optional<Step> current = desk.current();
    if (current.isEmpty()) {
      screen.line(" Every step has passed.");
      return;
    }
    Signpost.print(desk, current.get());
    screen.labelled(
        1,
        "Then",
        6,
        "./ready check, or ./ready watch to check on every save; ./ready hint when stuck");
  }
}
