package readiness.testing;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import readiness.kernel.NotYet;

/**
 * Lets a test that reached a gap fail by it, whatever became of the exception on its way: the code
 * under test may have caught it, or it ended another thread.
 */
public final class Gaps implements BeforeEachCallback, TestExecutionExceptionHandler {
  @Override
  public void beforeEach(ExtensionContext context) {
    NotYet.forget();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    NotYet gap = NotYet.latest();
    if (gap == null || gap == failure) {
      throw failure;
    }
    gap.addSuppressed(failure);
    throw gap;
  }
}
