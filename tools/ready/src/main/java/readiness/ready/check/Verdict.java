package readiness.ready.check;

import java.util.List;

/**
 * What a check found. It is always whole: every step of the request with every test of its class.
 *
 * @param errors why the code does not compile; then no test ran
 * @param steps the steps in the order of the request
 * @param gaps what is still to be written in the code under test, in the order of the sources
 */
public record Verdict(List<CompileError> errors, List<StepResult> steps, List<Gap> gaps) {

  /** Whether everything that was asked for passed. */
  public boolean passed() {
    return errors.isEmpty() && steps.stream().allMatch(StepResult::passed);
  }

  /**
   * The step.
   *
   * @throws IllegalArgumentException if the request did not have it
   */
  public StepResult step(String id) {
    return steps.stream()
        .filter(step -> step.step().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("step '" + id + "' was not checked"));
  }
}
