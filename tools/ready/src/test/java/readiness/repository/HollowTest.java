package readiness.repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No test of a step passes on a step that does nothing, but for those that say why. */
@Tag("full")
class HollowTest {
  @Test
  void nothingPassesOnNothing() {
    Author.mustDo("hollow");
  }
}
