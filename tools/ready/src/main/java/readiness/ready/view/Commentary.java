package readiness.ready.view;

import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.check.CheckListener;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;

/**
 * What a reader is told while a check goes on: a sign of life, and how the step stands that was
 * asked for, as soon as that is known. What comes behind it may take ten times as long.
 */
public final class Commentary implements CheckListener {
  private final Desk desk;
  private final Runnable before;
  private final WaitingLine waiting;

  /**
   * @param before makes room for what stays on the screen
   */
  public Commentary(Desk desk, Runnable before) {
    this.desk = desk;
    this.before = before;
    this.waiting = WaitingLine.of(desk);
  }

  @Override
  public void compiling() {
    waiting.compiling();
  }

  @Override
  public void testing(String step) {
    waiting.testing(step);
  }

  @Override
  public void proved(StepResult asked) {
    before.run();
    desk.course().step(asked.step()).ifPresent(step -> print(step, asked.outcome()));
  }

  private void print(Step step, Outcome outcome) {
    Screen screen = desk.screen();
    StepMarks.Mark mark =
        switch (outcome) {
          case PASSED -> StepMarks.Mark.PASSED;
          case NOT_YET -> StepMarks.Mark.OPEN;
          default -> StepMarks.Mark.FAILED;
        };
    String words =
        switch (outcome) {
          case PASSED -> "passes; and the steps before it:";
          case NOT_YET -> "is not written yet; and the steps before it:";
          default -> "fails; do the steps before it pass?";
        };
    screen.line(
        "   %s %s %s"
            .formatted(mark.on(screen), screen.bold(step.number() + " " + step.id()), words));
    screen.out().flush();
  }
}
