package readiness.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buffers that a loop lends, and their limit, which are given. */
final class SpareBuffersTest {
  private final Story story = new Story();

  @ParameterizedTest
  @ValueSource(longs = {1, 4_096, 4_097, 100_000})
  @DisplayName("what is given back is lent again, to whoever needs its size")
  void lentAgain(long bytes) {
    SpareBuffers buffers = new SpareBuffers();
    MemorySegment first = buffers.take(bytes);
    story.expect(
        first.byteSize() >= bytes && first.byteSize() < Math.max(2 * bytes, 4_097),
        "a buffer for %,d bytes, and less than twice that".formatted(bytes),
        "%,d bytes".formatted(first.byteSize()));
    buffers.give(first);
    MemorySegment other = buffers.take(2 * first.byteSize());
    story.expect(
        other.byteSize() == 2 * first.byteSize(), "one of twice the size", "" + other.byteSize());
    MemorySegment again = buffers.take(first.byteSize());
    story.expect(again.address() == first.address(), "the one that was given back", "a new one");
  }

  @Test
  @DisplayName("no buffer of no bytes, and none is taken back that was not lent")
  void refused() {
    SpareBuffers buffers = new SpareBuffers();
    expectRefused("cannot lend 0 bytes", () -> buffers.take(0));
    expectRefused("cannot lend -1 bytes", () -> buffers.take(-1));
    MemorySegment strange = Arena.ofAuto().allocate(5_000);
    expectRefused("not one of these buffers", () -> buffers.give(strange));
  }

  @Test
  @DisplayName("a limit counts what is lent; one of 0 bytes lends none, and one below is none")
  void limits() {
    MemoryLimit limit = new MemoryLimit(8_192);
    new SpareBuffers(limit).take(4_096);
    story.expect(limit.lent() == 4_096, "4,096 bytes lent", limit.lent() + " lent");
    MemoryLimit none = new MemoryLimit(0);
    story.expect(none.lent() == 0, "none lent of a limit of 0", none.lent() + " lent");
    expectRefused("a limit of -1 bytes", () -> new MemoryLimit(-1));
  }

  private void expectRefused(String wanted, Runnable call) {
    String said = "nothing is thrown";
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      said = String.valueOf(e.getMessage());
    }
    story.expect(said.startsWith(wanted), "an exception that says \"%s\"".formatted(wanted), said);
  }
}
