package readiness.repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests of every step bite: each mistake is caught at its step, with its words. */
@Tag("full")
class MistakesTest {
  @Test
  void everyMistakeIsCaught() {
    Author.mustDo("mistakes");
  }
}
