package readiness.ready.check;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to compile and what to prove.
 *
 * @param main the code under test
 * @param tests the tests of all its steps
 * @param pieces folders or jars of other pieces that the code stands on (the capstone on the epoll
 *     piece); the kit, JUnit and AssertJ are there by themselves
 * @param steps what to prove, in order
 * @param asked the id of the step of these whose verdict is wanted most: it runs before the others,
 *     and they run whatever becomes of it; null for the order of the steps. What is model-checked
 *     comes last all the same
 * @param properties system properties that the tests read, such as {@code readiness.seed}
 * @param stopAtFailingStep whether steps behind the first that fails are left out, but for the one
 *     that was asked for (their tests are {@link Outcome#NOT_RUN})
 * @param goOnAfterLoss whether the other tests of a step still run, in a new JVM, when one is
 *     stuck, crashes or exits; if not, they are {@link Outcome#NOT_RUN}
 */
public record CheckRequest(
    List<SourceText> main,
    List<SourceText> tests,
    List<Path> pieces,
    List<StepPlan> steps,
    @Nullable String asked,
    Map<String, String> properties,
    boolean stopAtFailingStep,
    boolean goOnAfterLoss) {

  /** All seeds, every test of every step. */
  public static CheckRequest ofAll(
      List<SourceText> main, List<SourceText> tests, List<Path> pieces, List<StepPlan> steps) {
    return new CheckRequest(main, tests, pieces, steps, null, Map.of(), false, true);
  }
}
