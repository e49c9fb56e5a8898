package readiness.ready.check;

import org.jspecify.annotations.Nullable;

/**
 * How one test method ended; a parameterized one has passed when all its invocations have.
 *
 * @param testClass the class, with its package
 * @param method the method's name
 * @param title its display name
 * @param outcome how it ended
 * @param failure why; null if it passed, or did not run without a reason of its own
 * @param output the beginning and the end of what was printed meanwhile
 */
public record TestResult(
    String testClass,
    String method,
    String title,
    Outcome outcome,
    @Nullable Failure failure,
    String output) {

  /** The simple class name and the method, as mistake files write it: {@code EchoTest#method}. */
  public String id() {
    return testClass.substring(testClass.lastIndexOf('.') + 1) + "#" + method;
  }
}
