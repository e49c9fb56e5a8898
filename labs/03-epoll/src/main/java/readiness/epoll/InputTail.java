package readiness.epoll;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;

/**
 * The end of the input that a protocol did not consume: half a request, most often. Holds memory
 * only while there is such an end; without one, a connection reads into the loop's own memory and
 * nothing is copied.
 */
final class InputTail {
  /** As much a protocol may leave. */
  static final long LIMIT = 256 * 1024;

  private static final long SMALLEST = 4096;

  private final Buffers buffers;
  private @Nullable MemorySegment memory;
  private long length;

  InputTail(Buffers buffers) {
    this.buffers = buffers;
  }

  /** How many bytes are kept. */
  long length() {
    return length;
  }

  /** Whether there is no room for more. */
  boolean isFull() {
    return length >= LIMIT;
  }

  /**
   * Where to receive: behind the {@link #length} bytes kept, or into {@code shared} if there are
   * none.
   */
  MemorySegment memory(MemorySegment shared) {
    return memory == null ? shared : memory;
  }

  /**
   * Keeps {@code input[from, to)} and nothing else.
   *
   * @param input what {@link #memory} returned
   */
  void keep(MemorySegment input, long from, long to) {
    if (from == to) {
      clear();
      return;
    }
    MemorySegment old = memory;
    length = to - from;
    boolean roomy = old != null && old.byteSize() > length;
    MemorySegment into = roomy ? old : buffers.take(Math.max(SMALLEST, 2 * length));
    if (into != input || from > 0) {
      MemorySegment.copy(input, from, into, 0, length);
    }
    if (old != null && !roomy) {
      buffers.give(old);
    }
    memory = into;
  }

  /** Forgets what is kept and gives the memory back. */
  void clear() {
    if (memory != null) {
      buffers.give(memory);
    }
    memory = null;
    length = 0;
  }
}
