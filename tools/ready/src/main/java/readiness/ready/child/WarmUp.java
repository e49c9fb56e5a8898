package readiness.ready.child;

import org.junit.jupiter.api.Test;
import readiness.kernel.Linux;

/**
 * A test that is run before there is work, so that the first real one finds JUnit loaded and the
 * kit's system calls linked. What it throws on a machine without them is nobody's concern here.
 */
final class WarmUp {
  /** The name of its only test. */
  static final String TEST = WarmUp.class.getName() + "#linksSystemCalls";

  @Test
  void linksSystemCalls() {
    new Linux();
  }
}
