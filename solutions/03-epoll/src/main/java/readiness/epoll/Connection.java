package readiness.epoll;

import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.lang.foreign.MemorySegment;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/**
 * One connection: reads when there is something, writes what the socket takes and keeps the rest.
 *
 * <pre>
 *            recv = 0             closeWhenSent, all sent      recv = 0
 *   open ───────────────▶ ended ─────────────────────────────────────────▶ closed
 *     │                                                                     ▲
 *     │ closeWhenSent, all sent                                             │
 *     └────────────────────────▶ closing: shut for sending, discards ───────┘
 *
 *   from everywhere: close(), or an error of the socket ───────────────────▶ closed
 * </pre>
 *
 * <p>Belongs to its loop's thread.
 */
public final class Connection extends Channel {
  /** With more bytes than this waiting to be sent, nothing more is read. */
  public static final long HIGH_WATER = 256 * 1024;

  /** With no more bytes than this waiting, reading goes on. */
  public static final long LOW_WATER = 64 * 1024;

  /** Of what comes after the last answer, as much is read and thrown away before giving up. */
  private static final long DISCARD_LIMIT = 256 * 1024;

  private final EventLoop loop;
  private final Sockets sockets;
  private final Protocol protocol;
  private final SendQueue unsent;
  private final InputTail unread;

  /** A method of the protocol is running, which must not be told of the end meanwhile. */
  private boolean busy;

  private boolean paused;
  private boolean more;
  private boolean ended;
  private boolean closeWhenSent;
  private boolean shut;
  private boolean closed;
  private boolean toldEnded;
  private boolean toldClosed;
  private long discarded;

  Connection(int fd, int generation, EventLoop loop, Protocol protocol) {
    super(fd, generation);
    this.loop = loop;
    this.sockets = loop.sockets();
    this.protocol = protocol;
    this.unsent = new SendQueue(loop.buffers());
    this.unread = new InputTail(loop.buffers());
  }

  @Override
  void ready(int events) {
    busy = true;
    if ((events & EPOLLOUT) != 0) {
      writable();
    }
    if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0 && !closed) {
      readable(events);
    }
    busy = false;
    settle();
  }

  /** There is something to read, or to learn: an error comes with recv as well. */
  private void readable(int events) {
    if (wantsInput()) {
      read();
    } else if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
      // Reported whether asked for or not, and again at every wait: nobody is left to send to.
      close();
    }
  }

  /**
   * Receives once, as much as there is room for, and hands on what has come: bytes to {@link
   * #deliver}, the peer's end to {@link #inputEnded}, an error to {@link #failed}.
   *
   * <p>Once is enough: epoll reports the rest again at the next wait, and the others have their
   * turn.
   */
  private void read() {
    // tag::echo[]
    MemorySegment input = unread.memory(loop.input());
    long from = unread.length();
    int received = sockets.recv(fd, input, from, input.byteSize() - from, 0);
    if (received > 0) {
      deliver(input, from + received);
    } else if (received == 0) {
      inputEnded();
    } else {
      failed(received);
    }
    // end::echo[]
  }

  /** Offers {@code input[0, to)} to the protocol and keeps what it leaves. */
  private void deliver(MemorySegment input, long to) {
    if (shut) {
      discard(to);
      return;
    }
    long consumed = protocol.received(this, input, 0, to);
    if (closed) {
      return;
    }
    unread.keep(input, consumed, to);
    if (unread.isFull() && isIdle()) {
      // It neither answers nor consumes, and no byte more can be shown to it.
      close();
    }
  }

  private void discard(long bytes) {
    discarded += bytes;
    if (discarded > DISCARD_LIMIT) {
      close();
    }
  }

  /** The peer has finished sending. */
  private void inputEnded() {
    ended = true;
    if (shut) {
      close();
    } else if (isIdle()) {
      tellEnded();
    }
  }

  private void tellEnded() {
    if (!toldEnded && !closed && !closeWhenSent) {
      toldEnded = true;
      protocol.ended(this);
    }
  }

  /** A call on this socket has failed: either that means nothing, or there is no more socket. */
  private void failed(int error) {
    if (error != -Errno.EAGAIN && error != -Errno.EINTR) {
      close();
    }
  }

  /**
   * Sends {@code data[from, from + length)} behind everything that was sent before. What the socket
   * does not take at once is copied and goes later; the caller may reuse its memory. After {@link
   * #close} and {@link #closeWhenSent} it is dropped.
   */
  public void send(MemorySegment data, long from, long length) {
    if (closed || closeWhenSent) {
      return;
    }
    write(data, from, length);
    if (!busy) {
      settle();
    }
  }

  /**
   * Gives {@code data[from, from + length)} to the socket at once, and keeps in {@link #unsent}
   * what it does not take. While something is kept, all of it has to wait its turn behind that.
   */
  private void write(MemorySegment data, long from, long length) {
    // tag::backpressure[]
    // > // Sends and hopes that the socket takes it all.
    // > push(data, from, length);
    long sent = unsent.length() == 0 ? push(data, from, length) : 0;
    if (sent < length && !closed) {
      unsent.append(data, from + sent, length - sent);
    }
    // end::backpressure[]
  }

  /**
   * One send.
   *
   * @return how many bytes the socket took; 0 if none, or if the connection has just failed and is
   *     closed now
   */
  private long push(MemorySegment data, long from, long length) {
    int sent = sockets.send(fd, data, from, length, 0);
    if (sent < 0) {
      failed(sent);
      return 0;
    }
    return sent;
  }

  /** Sends what waits, as far as the socket takes it now. Called when something waits. */
  private void flush() {
    // tag::backpressure[]
    unsent.skip(push(unsent.memory(), unsent.head(), unsent.length()));
    // end::backpressure[]
  }

  /** There is room: for what waits, then for what the protocol held back until now. */
  private void writable() {
    if (isIdle()) {
      return;
    }
    if (unsent.length() > 0) {
      flush();
    }
    if (unsent.length() == 0 && !closed && !closeWhenSent) {
      more = false;
      protocol.drained(this);
      resume();
    }
  }

  /** Offers again what the protocol left while it was busy sending, then the end if that came. */
  private void resume() {
    if (isIdle() && unread.length() > 0) {
      deliver(unread.memory(loop.input()), unread.length());
    }
    if (isIdle() && ended) {
      tellEnded();
    }
  }

  /** Nothing waits to be sent, and the protocol has not asked to go on. */
  private boolean isIdle() {
    return unsent.length() == 0 && !more;
  }

  /** How many bytes wait to be sent. */
  public long unsent() {
    return unsent.length();
  }

  /**
   * Asks for {@link Protocol#drained} as soon as there is room to send, also if nothing waits: for
   * those who produce piece by piece. Once; ask again in that call if there is still more. Between
   * two pieces the loop serves the others.
   */
  public void sendMore() {
    more = true;
    if (!busy) {
      settle();
    }
  }

  /**
   * Sends what waits and then closes: tells the peer that nothing more comes, and reads away what
   * it still sends, since closing with unread input would make the kernel reset the connection and
   * the peer lose the answer. Nothing can be sent from now on, nothing is received.
   */
  public void closeWhenSent() {
    closeWhenSent = true;
    more = false;
    unread.clear();
    if (!busy) {
      settle();
    }
  }

  /** Closes now. What waits to be sent is lost. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      unsent.clear();
      unread.clear();
      loop.closed(this);
    }
    if (!busy) {
      settle();
    }
  }

  /** Whether the connection is closed. */
  public boolean isClosed() {
    return closed;
  }

  /** After whatever has happened: closes if that is due, and says what is to be watched. */
  private void settle() {
    if (closeWhenSent && unsent.length() == 0 && !closed && !shut) {
      finish();
    }
    if (closed) {
      tellClosed();
      return;
    }
    mark();
    loop.registry().want(fd, interest(), token);
  }

  /** All is sent. */
  private void finish() {
    if (ended) {
      close();
    } else {
      shut = true;
      sockets.shutdown(fd, Sockets.SHUT_WR);
    }
  }

  private void tellClosed() {
    if (!toldClosed) {
      toldClosed = true;
      protocol.closed();
    }
  }

  /**
   * Sets {@link #paused} when more than {@link #HIGH_WATER} bytes wait to be sent, and clears it
   * when no more than {@link #LOW_WATER} do. In between it stays as it is.
   */
  private void mark() {
    // tag::backpressure[]
    // > // Never too much, so far.
    if (unsent.length() > HIGH_WATER) {
      paused = true;
    } else if (unsent.length() <= LOW_WATER) {
      paused = false;
    }
    // end::backpressure[]
  }

  private boolean wantsInput() {
    return !ended && !paused && !unread.isFull() && (!closeWhenSent || shut);
  }

  /**
   * What is to be watched: EPOLLIN as long as {@link #wantsInput} says so, and EPOLLOUT while there
   * is something to send, which is unless {@link #isIdle}.
   */
  private int interest() {
    // tag::backpressure[]
    // > return wantsInput() ? EPOLLIN : 0;
    int input = wantsInput() ? EPOLLIN : 0;
    int output = isIdle() ? 0 : EPOLLOUT;
    return input | output;
    // end::backpressure[]
  }
}
