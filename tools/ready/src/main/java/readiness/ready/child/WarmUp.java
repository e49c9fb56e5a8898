package readiness.ready.child;

import org.junit.jupiter.api.Test;

/** A test that is run before there is work, so that the first real one finds JUnit loaded. */
final class WarmUp {
  @Test
  void nothing() {}
}
