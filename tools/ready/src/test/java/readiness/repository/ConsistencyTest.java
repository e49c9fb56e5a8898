package readiness.repository;

import org.junit.jupiter.api.Test;

/** Every step of the course has all its parts, and they agree. */
class ConsistencyTest {
  @Test
  void everyStepIsWhole() {
    Author.mustDo("consistency");
  }
}
