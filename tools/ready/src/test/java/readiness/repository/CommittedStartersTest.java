package readiness.repository;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The labs hold what the solutions give. For authors only: a reader who has solved steps has
 * changed them, as a reader should.
 */
@Tag("author")
class CommittedStartersTest {
  @Test
  void startersAreGenerated() {
    Author.mustDo("starters", "--check");
  }
}
