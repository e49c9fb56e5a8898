package readiness.ready.check;

import java.time.Duration;
import readiness.course.Step;

/**
 * One step to be proven.
 *
 * @param step its id
 * @param testClass the class that proves it, with its package
 * @param limit how long one test method may take before it counts as stuck
 */
public record StepPlan(String step, String testClass, Duration limit) {
  /** Orders of magnitude above what a test of a step needs. */
  public static final Duration USUAL_LIMIT = Duration.ofSeconds(10);

  public StepPlan(String step, String testClass) {
    this(step, testClass, USUAL_LIMIT);
  }

  /** A step of the course. */
  public static StepPlan of(Step step) {
    return new StepPlan(step.id(), step.test());
  }
}
