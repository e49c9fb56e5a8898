package readiness.epoll;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;
import readiness.kernel.Sendable;
import readiness.kernel.Sockets;

/**
 * What a socket would not take yet, in order: copies of bytes, and behind them whatever else sends
 * itself. Holds memory only while something waits.
 *
 * <pre>
 *   memory  |  gone  | waiting      |  room  |      line   part, part, …
 *           0        head           tail
 * </pre>
 */
final class SendQueue implements Sendable {
  private static final long SMALLEST = 4096;

  /** What waits behind the copied bytes. Bytes that come after it are copied into its last part. */
  private static final class Line {
    final ArrayDeque<Sendable> parts = new ArrayDeque<>();
    long length;
  }

  private final Buffers buffers;
  private @Nullable MemorySegment memory;
  private long head;
  private long tail;
  private @Nullable Line line;

  SendQueue(Buffers buffers) {
    this.buffers = buffers;
  }

  @Override
  public long remaining() {
    return tail - head + (line == null ? 0 : line.length);
  }

  /**
   * Puts a copy of {@code data[from, from + length)} behind what waits.
   *
   * @throws readiness.kernel.OutOfBuffers if there is no memory for it; what waited still does
   */
  void append(MemorySegment data, long from, long length) {
    if (line == null) {
      MemorySegment room = room(length);
      MemorySegment.copy(data, from, room, tail, length);
      tail += length;
    } else if (line.parts.getLast() instanceof SendQueue bytes) {
      bytes.append(data, from, length);
      line.length += length;
    } else {
      SendQueue bytes = new SendQueue(buffers);
      bytes.append(data, from, length);
      append(bytes);
    }
  }

  /** Puts {@code part} behind what waits: it is this queue's from now on, which closes it. */
  void append(Sendable part) {
    if (line == null) {
      line = new Line();
    }
    line.parts.add(part);
    line.length += part.remaining();
  }

  /**
   * Sends until something has found no room, with one system call for the copied bytes and for each
   * part.
   */
  @Override
  public long sendTo(Sockets sockets, int fd) {
    if (memory == null) {
      return sendLine(sockets, fd);
    }
    int sent = sockets.send(fd, memory, head, tail - head, 0);
    if (sent < 0) {
      return sent;
    }
    head += sent;
    if (head < tail) {
      return sent;
    }
    giveBack();
    long behind = line == null ? 0 : sendLine(sockets, fd);
    // An error will be back with the next call; that these bytes have gone would not.
    return sent + Math.max(0, behind);
  }

  private long sendLine(Sockets sockets, int fd) {
    long all = 0;
    while (line != null) {
      Sendable first = line.parts.element();
      long sent = first.sendTo(sockets, fd);
      if (sent < 0) {
        return all > 0 ? all : sent;
      }
      all += sent;
      line.length -= sent;
      if (first.remaining() > 0) {
        return all;
      }
      line.parts.remove();
      line = line.parts.isEmpty() ? null : line;
      first.close();
    }
    return all;
  }

  /** Forgets everything and gives back what it holds; there may be something to wait again. */
  @Override
  public void close() {
    giveBack();
    Line dropped = line;
    line = null;
    if (dropped != null) {
      dropped.parts.forEach(Sendable::close);
    }
  }

  private void giveBack() {
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
    long waiting = tail - head;
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
