package readiness.ready.check;

import java.util.List;
import java.util.Optional;

/**
 * How a step stands.
 *
 * @param step its id
 * @param tests every test of its class, in the order of the source, whether it ran or not
 */
public record StepResult(String step, List<TestResult> tests) {

  /** Passed if there are tests and all have passed. */
  public boolean passed() {
    return outcome() == Outcome.PASSED;
  }

  /**
   * What the step's tests say together: passed, or the outcome of the test to be looked at first. A
   * real failure comes before a gap, since gaps are expected.
   */
  public Outcome outcome() {
    if (!tests.isEmpty() && tests.stream().allMatch(test -> test.outcome() == Outcome.PASSED)) {
      return Outcome.PASSED;
    }
    return first().map(TestResult::outcome).orElse(Outcome.NOT_RUN);
  }

  /** The test to be looked at first; empty if all have passed. */
  public Optional<TestResult> first() {
    return first(Outcome.CRASH, Outcome.STUCK, Outcome.FAILED)
        .or(() -> first(Outcome.NOT_YET))
        .or(() -> first(Outcome.NOT_RUN));
  }

  private Optional<TestResult> first(Outcome... outcomes) {
    return tests.stream().filter(test -> List.of(outcomes).contains(test.outcome())).findFirst();
  }
}
