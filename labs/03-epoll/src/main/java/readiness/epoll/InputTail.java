package readiness.epoll;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;

/**
 * The end of the input that a protocol did not consume: half a request, most often. Holds memory
 * only while there is such an end; without one, a connection reads into the loop's own memory and
 * nothing is copied.
 *
 * <pre>
 *   memory  |  consumed  | kept      |  room  |
 *           0            head
 * </pre>
 *
 * <p>What is consumed piece by piece stays where it is; it is moved to the beginning once, when
 * more is to be received behind it.
 */
final class InputTail {
  /** As much a protocol may leave. */
  static final long LIMIT = 256 * 1024;

  private static final long SMALLEST = 4096;

  private final Buffers buffers;
  private @Nullable MemorySegment memory;
  private long head;
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

  /** Where the kept bytes begin in {@link #memory()}; 0 if there are none. */
  long head() {
    return head;
  }

  /** Where the bytes lie: {@link #length} of them from {@link #head} on. Not to be kept. */
  MemorySegment memory() {
    if (memory == null) {
      throw new IllegalStateException("nothing is kept");
    }
    return memory;
  }

  /**
   * Where to receive: behind the {@link #length} bytes kept, which lie at the beginning then, or
   * into {@code shared} if there are none.
   */
  MemorySegment memory(MemorySegment shared) {
    if (memory == null) {
      return shared;
    }
    if (head > 0) {
      MemorySegment.copy(memory, head, memory, 0, length);
      head = 0;
    }
    return memory;
  }

  /**
   * Keeps {@code input[from, to)} and nothing else.
   *
   * @param input the memory that was received into, or that was kept already
   */
  void keep(MemorySegment input, long from, long to) {
    if (from == to) {
      clear();
      return;
    }
    length = to - from;
    MemorySegment old = memory;
    if (old != null && old.byteSize() > length) {
      head = from;
      return;
    }
    MemorySegment larger = buffers.take(Math.max(SMALLEST, 2 * length));
    MemorySegment.copy(input, from, larger, 0, length);
    if (old != null) {
      buffers.give(old);
    }
    memory = larger;
    head = 0;
  }

  /** Forgets what is kept and gives the memory back. */
  void clear() {
    if (memory != null) {
      buffers.give(memory);
    }
    memory = null;
    head = 0;
    length = 0;
  }
}
