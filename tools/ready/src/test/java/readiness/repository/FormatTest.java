package readiness.repository;

import org.junit.jupiter.api.Test;

/** Every Java file that people write is as google-java-format lays it out. */
class FormatTest {
  @Test
  void everyFileIsFormatted() {
    Author.mustDo("format", "--check");
  }
}
