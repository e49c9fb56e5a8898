package readiness.epoll;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/**
 * The half of a connection that receives. It knows the socket and how far the peer has come, and
 * answers when it is asked; what follows from that the {@link Connection} decides.
 *
 * <pre>
 *   OPEN ──recv = 0──▶ ENDED ──the protocol has been told──▶ TOLD
 * </pre>
 *
 * <p>Belongs to its loop's thread.
 */
final class Incoming {
  /** How far the peer has come. */
  private enum State {
    /** It may send more. */
    OPEN,

    /** It has finished sending. */
    ENDED,

    /** The protocol knows that. */
    TOLD
  }

  /** Of what comes after the last answer, as much is read and thrown away before giving up. */
  private static final long DISCARD_LIMIT = 256 * 1024;

  private final Sockets sockets;
  private final int fd;
  private final Buffers buffers;

  /** What was offered to the protocol and not consumed; null most of the time: there is none. */
  private @Nullable InputTail tail;

  private State state = State.OPEN;

  /** Edge-triggered: since the last edge, recv has not yet said that there is no more. */
  private boolean undrained;

  private long discarded;

  Incoming(Sockets sockets, int fd, Buffers buffers) {
    this.sockets = sockets;
    this.fd = fd;
    this.buffers = buffers;
  }

  /** Whether more may come. */
  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether the peer has finished, and the protocol has not heard of it. */
  boolean isUntold() {
    return state == State.ENDED;
  }

  /** The peer has finished sending. */
  void end() {
    state = State.ENDED;
  }

  /** The protocol is told of it. */
  void told() {
    state = State.TOLD;
  }

  /**
   * Where to receive: behind the bytes that are kept, or into {@code shared} if there are none.
   *
   * @param shared the loop's memory, whose content lasts until the next event
   */
  MemorySegment memory(MemorySegment shared) {
    return tail == null ? shared : tail.memory(shared);
  }

  /**
   * Receives once, behind the {@link #kept} bytes, as much as there is room for.
   *
   * @param memory what {@link #memory} has just returned; the kept bytes, if there are any, lie at
   *     its beginning
   * @return what recv has returned
   */
  int receive(MemorySegment memory) {
    // tag::echo[]
    long from = kept();
    return sockets.recv(fd, memory, from, memory.byteSize() - from, 0);
    // end::echo[]
  }

  /**
   * Edge-triggered: notes that an edge has come, and what recv has returned since. What recv leaves
   * behind, nobody will mention.
   */
  void edge() {
    undrained = true;
  }

  /** Notes what recv has returned: at {@code -EAGAIN} there is no more, until the next edge. */
  void drained(int received) {
    undrained = received != -Errno.EAGAIN;
  }

  /** Whether there may be bytes, the end or an error that no edge will announce. */
  boolean isUndrained() {
    return undrained;
  }

  /** How many bytes are kept: offered to the protocol, and not consumed. */
  long kept() {
    return tail == null ? 0 : tail.length();
  }

  /** Where the kept bytes lie, from {@link #head} on. Not to be kept in turn. */
  MemorySegment memory() {
    return Objects.requireNonNull(tail, "nothing is kept").memory();
  }

  /** Where the kept bytes begin in {@link #memory()}; 0 if there are none. */
  long head() {
    return tail == null ? 0 : tail.head();
  }

  /** Whether there is no room for more. */
  boolean isFull() {
    return tail != null && tail.isFull();
  }

  /** Keeps {@code input[from, to)} and nothing else. */
  void keep(MemorySegment input, long from, long to) {
    if (from == to) {
      clear();
    } else {
      if (tail == null) {
        tail = new InputTail(buffers);
      }
      tail.keep(input, from, to);
    }
  }

  /** Throws {@code bytes} away that came after the last answer; false if that was too much. */
  boolean discard(long bytes) {
    discarded += bytes;
    return discarded <= DISCARD_LIMIT;
  }

  /** Forgets what is kept and gives its memory back. */
  void clear() {
    if (tail != null) {
      tail.clear();
      tail = null;
    }
  }
}
