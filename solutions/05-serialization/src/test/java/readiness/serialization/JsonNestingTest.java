package readiness.serialization;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.testing.Seeds;

/** Given: a fault in what remembers the levels would read as one of the reader's parser. */
final class JsonNestingTest {
  @Test
  @DisplayName("beside a deque, over all 512 levels and each border of 64")
  void besideDeque() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          JsonNesting nesting = new JsonNesting();
          Deque<Boolean> model = new ArrayDeque<>();
          Story story = new Story();
          boolean down = true;
          for (int i = 0; i < 3_000; i++) {
            down = nesting.isFull() ? false : model.isEmpty() || (i % 97 == 0) != down;
            if (down) {
              boolean object = random.nextBoolean();
              nesting.push(object);
              model.push(object);
            } else {
              nesting.pop();
              model.pop();
            }
            boolean inObject = !model.isEmpty() && model.peek();
            boolean same =
                nesting.depth() == model.size()
                    && nesting.inObject() == inObject
                    && nesting.isFull() == (model.size() == JsonNesting.MAX_DEPTH);
            if (!same) {
              throw story.finding(
                  "after %d steps %d are open, the innermost an object: %s"
                      .formatted(i + 1, model.size(), inObject),
                  "%d are, the innermost an object: %s, full: %s"
                      .formatted(nesting.depth(), nesting.inObject(), nesting.isFull()));
            }
          }
        });
  }

  @Test
  @DisplayName("to the bottom and up again, the levels are what they were")
  void bottom() {
    JsonNesting nesting = new JsonNesting();
    Random random = new Random(7);
    boolean[] levels = new boolean[JsonNesting.MAX_DEPTH];
    for (int depth = 0; depth < levels.length; depth++) {
      levels[depth] = random.nextBoolean();
      nesting.push(levels[depth]);
    }
    Story story = new Story();
    story.expect(nesting.isFull(), "full at 512 levels", "not full");
    for (int depth = levels.length - 1; depth >= 0; depth--) {
      story.expect(
          nesting.inObject() == levels[depth],
          "level %d is an object: %s".formatted(depth, levels[depth]),
          "it is not");
      nesting.pop();
    }
    story.expect(nesting.depth() == 0 && !nesting.inObject(), "nothing is open", "something is");
  }
}
