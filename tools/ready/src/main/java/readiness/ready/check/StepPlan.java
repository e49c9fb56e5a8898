package readiness.ready.check;

import java.time.Duration;
import readiness.course.Step;

/**
 * One step to be proven.
 *
 * @param step its id
 * @param testClass the class that proves it, with its package
 * @param limit how long one test method may take before it counts as stuck
 * @param modelChecked whether its tests need the model checker, see {@link TestJvm}
 */
public record StepPlan(String step, String testClass, Duration limit, boolean modelChecked) {
  /** Orders of magnitude above what a test of a step needs. */
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(10);

  /** What the model checker does takes seconds by itself. */
  private static final Duration MODEL_CHECKERS_LIMIT = Duration.ofSeconds(60);

  /** Tests that need no model checker. */
  public StepPlan(String step, String testClass, Duration limit) {
    this(step, testClass, limit, false);
  }

  /** A step of the course. */
  public static StepPlan of(Step step) {
    return new StepPlan(
        step.id(),
        step.test(),
        step.modelChecked() ? MODEL_CHECKERS_LIMIT : USUAL_LIMIT,
        step.modelChecked());
  }
}
