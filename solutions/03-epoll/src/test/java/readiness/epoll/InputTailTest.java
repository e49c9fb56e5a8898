package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class InputTailTest {
  private static final int SHARED = 64 * 1024;

  private final CountedBuffers buffers = new CountedBuffers();
  private final InputTail tail = new InputTail(buffers);
  private final MemorySegment shared = Arena.ofAuto().allocate(SHARED);

  @Test
  @DisplayName("what is left over stands in front of what comes next, however it is consumed")
  void inFront() {
    byte[] all = new byte[2_000_000];
    new Random(0).nextBytes(all);
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      int received = 0;
      int consumed = 0;
      while (received < all.length / 20) {
        MemorySegment memory = tail.memory(shared);
        long from = tail.length();
        assertThat(tail.head()).as("seed %d: received behind what is kept", seed).isZero();
        int length = (int) Math.min(1 + random.nextInt(20_000), memory.byteSize() - from);
        assertThat(length).as("seed %d: room for one byte at least", seed).isPositive();
        MemorySegment.copy(all, received, memory, JAVA_BYTE, from, length);
        received += length;
        long to = from + length;
        int offers = 1 + random.nextInt(3);
        for (int i = 0; i < offers; i++) {
          long begin = i == 0 ? tail.head() : tail.length() == 0 ? -1 : tail.head();
          if (begin < 0) {
            break;
          }
          MemorySegment input = i == 0 ? memory : tail.memory();
          long end = i == 0 ? to : begin + tail.length();
          byte[] shown = input.asSlice(begin, end - begin).toArray(JAVA_BYTE);
          assertThat(Arrays.equals(shown, 0, shown.length, all, consumed, received))
              .as("seed %d: offered are the bytes from %d to %d", seed, consumed, received)
              .isTrue();
          long takes =
              end - begin > 100_000 ? end - begin : random.nextInt((int) (end - begin) + 1);
          consumed += (int) takes;
          tail.keep(input, begin + takes, end);
        }
      }
      tail.clear();
      assertThat(buffers.lent()).as("seed %d: buffers kept for nothing", seed).isZero();
    }
  }

  @Test
  @DisplayName("nothing left over holds no memory, and all is received into the shared one")
  void holdsNothing() {
    assertThat(tail.memory(shared)).isSameAs(shared);
    tail.keep(shared, 10, 10);
    assertThat(tail.length()).isZero();
    assertThat(tail.memory(shared)).isSameAs(shared);
    assertThat(buffers.taken()).isZero();
  }

  @Test
  @DisplayName("there is always room for one byte more, until it is full")
  void roomForOneMore() {
    for (long length = 1; length < InputTail.LIMIT; length += 1_021) {
      InputTail kept = new InputTail(buffers);
      MemorySegment large = Arena.ofAuto().allocate(InputTail.LIMIT);
      kept.keep(large, 0, length);
      assertThat(kept.isFull()).isFalse();
      assertThat(kept.memory(shared).byteSize()).isGreaterThan(length);
      kept.clear();
    }
    tail.keep(Arena.ofAuto().allocate(InputTail.LIMIT), 0, InputTail.LIMIT);
    assertThat(tail.isFull()).isTrue();
  }
}
