package readiness.ready.author;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import readiness.course.Step;
import readiness.ready.check.Checker;
import readiness.ready.check.StepPlan;
import readiness.ready.check.Verdict;

/**
 * How long a test of a step may take in a trial before it counts as stuck. A reader's may take ten
 * seconds; with mistakes that bring ten tests to a stand that is most of what their trials cost. So
 * the solution itself goes first, under the same load, and no test of a mistake gets less than
 * twice what all of the solution's together took, with the compiler and the start of a JVM.
 *
 * @param limit for one test
 * @param problems what is wrong with the solution itself; then nothing that its tests say of a
 *     mistake means anything
 */
record Patience(Duration limit, List<String> problems) {
  private static final Duration LEAST = Duration.ofSeconds(2);
  private static final int TIMES = 2;

  /** Runs a step's tests on the solution. */
  static Patience measured(Step step, ChapterRun run, Checker checker) throws IOException {
    long begin = System.nanoTime();
    Verdict verdict = run.changed(checker, Map.of(), List.of(StepPlan.of(step)), true);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    List<String> problems = Judgement.compileErrors(verdict);
    return new Patience(
        limit(step, took),
        problems.isEmpty() ? Judgement.failures(verdict.step(step.id())) : problems);
  }

  /** A reader's. */
  static Patience usual(Step step) {
    return new Patience(StepPlan.of(step).limit(), List.of());
  }

  private static Duration limit(Step step, Duration took) {
    Duration limit = took.multipliedBy(TIMES);
    if (step.modelChecked()) {
      return StepPlan.of(step).limit();
    }
    return limit.compareTo(LEAST) < 0 ? LEAST : limit;
  }

  /** The step's tests with this limit. */
  StepPlan plan(Step step) {
    return new StepPlan(step.id(), step.test(), limit, step.modelChecked());
  }
}
