package readiness.repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps can be solved one after the other. */
@Tag("full")
class CheckpointsTest {
  @Test
  void everyStepPassesOnceItIsSolvedAndFailsBefore() {
    Author.mustDo("checkpoints");
  }
}
