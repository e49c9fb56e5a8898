package readiness.epoll;

import java.lang.foreign.MemorySegment;
import readiness.kernel.Buffers;
import readiness.kernel.Errno;
import readiness.kernel.Sendable;
import readiness.kernel.Sockets;

/**
 * The half of a connection that sends: at once what the socket takes, later the rest. It knows the
 * socket and what waits for it, and answers when it is asked; what follows from that the {@link
 * Connection} decides.
 *
 * <pre>
 *   OPEN ──nothing comes after what waits──▶ LAST ──all sent, and the peer told──▶ SHUT
 *     │
 *     └──the peer takes nothing more──▶ BROKEN
 * </pre>
 *
 * <p>Belongs to its loop's thread.
 */
final class Outgoing {
  /** With more bytes than this waiting, nothing more is read. */
  static final long HIGH_WATER = 256 * 1024;

  /** With no more bytes than this waiting, reading goes on. */
  static final long LOW_WATER = 64 * 1024;

  /** How far we have come. */
  private enum State {
    /** More may be sent. */
    OPEN,

    /** What waits is the last. */
    LAST,

    /** All is sent, and the peer knows that nothing follows. */
    SHUT,

    /** A send has failed: nothing that is sent arrives any more. */
    BROKEN
  }

  private final Sockets sockets;
  private final int fd;
  private final SendQueue unsent;
  private State state = State.OPEN;

  /**
   * More than {@link #HIGH_WATER} bytes have come to wait, and not yet {@link #LOW_WATER} again.
   */
  private boolean overfull;

  /** The protocol has asked to be told when there is room. */
  private boolean roomAsked;

  Outgoing(Sockets sockets, int fd, Buffers buffers) {
    this.sockets = sockets;
    this.fd = fd;
    this.unsent = new SendQueue(buffers);
  }

  /** Whether more may be sent, and has a way to the peer. */
  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether nothing more may be sent behind what waits, if anything does. */
  boolean isFinishing() {
    return state == State.LAST || state == State.SHUT;
  }

  /** Whether all is sent that was the last, and the peer has yet to be told so. */
  boolean isDone() {
    return state == State.LAST && unsent.remaining() == 0;
  }

  /** Whether the peer has been told that nothing follows. */
  boolean isShut() {
    return state == State.SHUT;
  }

  /** Whether a send has failed. */
  boolean isBroken() {
    return state == State.BROKEN;
  }

  /** Nothing is sent behind what waits. */
  void finish() {
    if (state == State.OPEN) {
      state = State.LAST;
      roomAsked = false;
    }
  }

  /** Tells the peer that nothing follows. When {@link #isDone}. */
  void shut() {
    state = State.SHUT;
    sockets.shutdown(fd, Sockets.SHUT_WR);
  }

  /** Nothing arrives any more: drops what waits. */
  void giveUp() {
    state = State.BROKEN;
    clear();
  }

  /** Drops what waits, and gives its memory back. */
  void clear() {
    roomAsked = false;
    unsent.close();
  }

  /** How many bytes wait to be sent. */
  long unsent() {
    return unsent.remaining();
  }

  /** Whether nothing waits to be sent, and nobody for room. */
  boolean isIdle() {
    return unsent.remaining() == 0 && !roomAsked;
  }

  /** The protocol is to be told when there is room; while more may be sent. */
  void askForRoom() {
    roomAsked = state == State.OPEN;
  }

  /** Whether the protocol waits to be told. */
  boolean isRoomAsked() {
    return roomAsked;
  }

  /** The protocol is told. */
  void roomTold() {
    roomAsked = false;
  }

  /**
   * Gives {@code data[from, from + length)} to the socket at once, and keeps in {@link #unsent}
   * what it does not take. While something is kept, all of it has to wait its turn behind that.
   *
   * @return how many bytes the socket has taken, also 0; or the negated errno if the connection is
   *     over, and then nothing is kept
   * @throws readiness.kernel.OutOfBuffers if there is no memory for what is to be kept
   */
  long write(MemorySegment data, long from, long length) {
    // tag::backpressure[]
    // > // Sends and hopes that the socket takes it all.
    // > return push(data, from, length);
    long sent = unsent.remaining() == 0 ? push(data, from, length) : 0;
    if (sent >= 0 && sent < length) {
      unsent.append(data, from + sent, length - sent);
    }
    return sent;
    // end::backpressure[]
  }

  /** One send; what comes of it {@link #taken} says. */
  private long push(MemorySegment data, long from, long length) {
    return taken(sockets.send(fd, data, from, length, 0));
  }

  /** As {@link #write}, for what sends itself; it is closed when it has gone, or cannot go. */
  long write(Sendable part) {
    long sent = 0;
    boolean waits = false;
    try {
      sent = unsent.remaining() == 0 ? taken(part.sendTo(sockets, fd)) : 0;
      waits = sent >= 0 && part.remaining() > 0;
    } finally {
      if (!waits) {
        part.close();
      }
    }
    if (waits) {
      unsent.append(part);
    }
    return sent;
  }

  /**
   * Sends what waits, as far as the socket takes it now. When something waits.
   *
   * @return how many bytes it has taken, also 0; or the negated errno if the connection is over
   */
  long flush() {
    // tag::backpressure[]
    return taken(unsent.sendTo(sockets, fd));
    // end::backpressure[]
  }

  /**
   * No room, and a signal that came in between, are nothing that went wrong: 0 bytes were taken.
   */
  private static long taken(long result) {
    return result == -Errno.EAGAIN || result == -Errno.EINTR ? 0 : result;
  }

  /**
   * Sets {@link #overfull} when more than {@link #HIGH_WATER} bytes wait, and clears it when no
   * more than {@link #LOW_WATER} do. In between it stays as it is.
   */
  void mark() {
    // tag::backpressure[]
    // > // Never too much, so far.
    if (unsent.remaining() > HIGH_WATER) {
      overfull = true;
    } else if (unsent.remaining() <= LOW_WATER) {
      overfull = false;
    }
    // end::backpressure[]
  }

  /** Whether so much waits that nothing should be read which would be answered. */
  boolean isOverfull() {
    return overfull;
  }

  /** Level-triggered: whether EPOLLOUT is to be watched. Unless it {@link #isIdle}. */
  boolean wantsRoom() {
    // tag::backpressure[]
    // > return false;
    return !isIdle();
    // end::backpressure[]
  }
}
