package readiness.repository;

import org.junit.jupiter.api.Test;

/**
 * What a reader begins with compiles, and the test of every step fails as the starter means: at a
 * gap, or by the assertion that refutes a naive form. On starters generated from the solutions, in
 * memory, so that it does not matter what a reader has written in the labs.
 */
class StartersTest {
  @Test
  void everyStepIsToBeWritten() {
    Author.mustDo("checkpoints", "--beginning");
  }
}
