package readiness.epoll;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;

/**
 * Bytes that a socket would not take yet, in order. Holds memory only while something waits.
 *
 * <pre>
 *   memory  |  gone  | waiting      |  room  |
 *           0        head           tail
 * </pre>
 */
final class SendQueue {
  private static final long SMALLEST = 4096;

  private final Buffers buffers;
  private @Nullable MemorySegment memory;
  private long head;
  private long tail;

  SendQueue(Buffers buffers) {
    this.buffers = buffers;
  }

  /** How many bytes wait. */
  long length() {
    return tail - head;
  }

  /** Where the bytes lie: {@link #length} of them from {@link #head} on. Not to be kept. */
  MemorySegment memory() {
    if (memory == null) {
      throw new IllegalStateException("nothing waits");
    }
    return memory;
  }

  /** Where the first waiting byte lies in {@link #memory}. */
  long head() {
    return head;
  }

  /** Puts a copy of {@code data[from, from + length)} behind what waits. */
  void append(MemorySegment data, long from, long length) {
    MemorySegment room = room(length);
    MemorySegment.copy(data, from, room, tail, length);
    tail += length;
  }

  /** The first {@code bytes} have gone. */
  void skip(long bytes) {
    head += bytes;
    if (head == tail) {
      clear();
    }
  }

  /** Forgets everything and gives the memory back. */
  void clear() {
    if (memory != null) {
      buffers.give(memory);
    }
    memory = null;
    head = 0;
    tail = 0;
  }

  /** Memory with room for {@code length} bytes at {@link #tail}. */
  private MemorySegment room(long length) {
    MemorySegment old = memory;
    if (old != null && old.byteSize() - tail >= length) {
      return old;
    }
    long waiting = length();
    // Moving costs a copy; it must have made room for as much, or the next append moves again.
    boolean roomy = old != null && old.byteSize() - waiting >= Math.max(length, waiting);
    MemorySegment to = roomy ? old : buffers.take(Math.max(SMALLEST, 2 * (waiting + length)));
    if (old != null) {
      MemorySegment.copy(old, head, to, 0, waiting);
      if (!roomy) {
        buffers.give(old);
      }
    }
    head = 0;
    tail = waiting;
    memory = to;
    return to;
  }
}
