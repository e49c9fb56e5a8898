package readiness.server;

import java.lang.foreign.MemorySegment;
import readiness.kernel.Buffers;

/**
 * The body of a request while it comes, in one piece. Its memory grows with what has come, never
 * with what was announced, and is lent by the loop: {@link #release} gives it back.
 */
final class BodyBuffer {
  private static final long FIRST = 4096;

  private final Buffers buffers;
  private final long limit;
  private MemorySegment memory = MemorySegment.NULL;
  private long length;

  /**
   * @param limit in bytes
   */
  BodyBuffer(Buffers buffers, long limit) {
    this.buffers = buffers;
    this.limit = limit;
  }

  /**
   * Takes {@code input[from, from + more)} in, behind what has come before.
   *
   * @return false if that would be more than the limit
   * @throws readiness.kernel.OutOfBuffers if there is no memory for it
   */
  boolean append(MemorySegment input, long from, long more) {
    if (more > limit - length) {
      return false;
    }
    if (more > memory.byteSize() - length) {
      grow(length + more);
    }
    MemorySegment.copy(input, from, memory, length, more);
    length += more;
    return true;
  }

  /** Doubles, so that each byte is copied once in the mean. */
  private void grow(long needed) {
    MemorySegment larger = buffers.take(Math.max(needed, Math.max(FIRST, 2 * memory.byteSize())));
    MemorySegment.copy(memory, 0, larger, 0, length);
    giveBack();
    memory = larger;
  }

  /** What has come, until {@link #release}. */
  MemorySegment content() {
    return memory.asSlice(0, length);
  }

  /** Gives the memory back. A second time it does nothing. */
  void release() {
    giveBack();
    memory = MemorySegment.NULL;
    length = 0;
  }

  private void giveBack() {
    if (memory.byteSize() > 0) {
      buffers.give(memory);
    }
  }
}
