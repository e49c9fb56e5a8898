package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Errno;
import readiness.kernel.NotYet;
import readiness.kernel.Sockets;

/**
 * One connection: reads when there is something, writes what the socket takes and keeps the rest.
 *
 * <pre>
 *   connecting, if it is the client's end
 *     │
 *     │ SO_ERROR = 0
 *     ▼      recv = 0             closeWhenSent, all sent      recv = 0
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

  /** So often what has been received is offered to the protocol before it is the others' turn. */
  static final int OFFERS = 16;

  /** Edge-triggered, so many reads are made before it is the others' turn. */
  static final int READS = 4;

  private final EventLoop loop;
  private final Sockets sockets;
  private final Protocol protocol;
  private final SendQueue unsent;
  private final InputTail unread;

  /** Null: it may be idle as long as it likes. */
  private @Nullable IdleTimer idleTimer;

  /** A method of the protocol is running, which must not be told of the end meanwhile. */
  private boolean busy;

  /** connect(2) was called, and what comes of it is not known yet. */
  private boolean connecting;

  /** The errno that ended the connection; 0 if none did. */
  private int failure;

  private boolean paused;

  /** Edge-triggered: since the last edge, recv has not yet said that there is no more. */
  private boolean unfinished;

  private boolean more;
  private boolean ended;

  /** The loop winds up: with the input that has arrived by now, this connection is done. */
  private boolean leaving;

  /** While leaving: all that had arrived has been received. */
  private boolean caughtUp;

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

  /**
   * This is the client's end, and connect(2) was called. Whatever it has answered, the next wait
   * reports something: EPOLLOUT when the outcome is known, and at once for a socket for which
   * nothing was even tried. From now on {@link #watched} asks for that.
   *
   * @param result what it answered: -EINPROGRESS, most of the time
   */
  void connecting(int result) {
    connecting = true;
    failure = result < 0 && result != -Errno.EINPROGRESS ? -result : 0;
  }

  /** Closes the connection when nothing has come or gone for {@code limit} nanoseconds. */
  void closeIdleAfter(long limit) {
    idleTimer = new IdleTimer(loop, limit, () -> failed(-Errno.ETIMEDOUT));
    idleTimer.start();
  }

  private void active() {
    if (idleTimer != null) {
      idleTimer.active();
    }
  }

  @Override
  void ready(int events) {
    active();
    busy = true;
    // Also if nothing is to be received at the moment: this edge will not come again.
    unfinished |= loop.isEdgeTriggered() && (events & ~EPOLLOUT) != 0;
    if (!connecting || established()) {
      handle(events);
    }
    busy = false;
    settle();
  }

  /**
   * The kernel has something to report of a connection that is {@link #connecting}: so it knows
   * what has come of it, and {@link #takeError} tells. The protocol hears that it is {@link
   * Protocol#connected connected}, or the connection has {@link #failed}. It is not connecting any
   * longer when either is told.
   *
   * @return whether there is a connection; no longer, if the protocol has closed it at once
   */
  private boolean established() {
    throw new NotYet("client");
  }

  /**
   * What is wrong with the socket: what connect(2) has said, or SO_ERROR, an error that waits there
   * and is taken by asking; 0 if nothing is.
   */
  private int takeError() {
    if (failure != 0) {
      return failure;
    }
    MemorySegment value = loop.number();
    int result = sockets.getsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_ERROR, value);
    return result < 0 ? -result : value.get(JAVA_INT, 0);
  }

  /**
   * Does all that an event asks for. Flags come together: EPOLLOUT means {@link #writable}, and
   * EPOLLIN, EPOLLERR and EPOLLHUP each mean {@link #readable} if input is wanted, since recv hands
   * over the bytes that are there before it tells of the end or the error. Where none is wanted, an
   * error or a hang-up ends the connection at once ({@link #broken}): it is reported whether asked
   * for or not, and again at every wait.
   *
   * @param events one or more of EPOLLIN, EPOLLOUT, EPOLLERR and EPOLLHUP
   */
  private void handle(int events) {
    // One thing at a time: gone, or else readable, or else writable.
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
      close();
    } else if ((events & EPOLLIN) != 0) {
      readable();
    } else if ((events & EPOLLOUT) != 0) {
      writable();
    }
  }

  /** There is something to receive, or to learn: an error comes with recv as well. */
  private void readable() {
    if (loop.isEdgeTriggered()) {
      drain();
    } else if (!putOff) {
      // While bytes of the last time wait for their turn, the new ones wait in the socket.
      read();
    }
  }

  /**
   * Edge-triggered: receives as long as there is something, since nobody will mention the rest.
   * Ends when recv says that there is no more ({@link #unfinished} is false from then on), when no
   * more input is wanted, when what was received waits for its turn ({@link #putOff}), and after
   * {@link #READS} reads. What it leaves then, {@link #isUnannounced} has to tell.
   */
  private void drain() {
    // As if an event came again for the rest.
    read();
  }

  /**
   * Receives once, as much as there is room for, and hands on what has come: bytes to {@link
   * #deliver}, the peer's end to {@link #inputEnded}, an error to {@link #failed}.
   *
   * <p>Once is enough for a level-triggered loop: epoll reports the rest again at the next wait,
   * and the others have their turn.
   *
   * @return what recv has returned
   */
  private int read() {
    throw new NotYet("echo");
  }

  /**
   * Offers what is kept and what has come behind it, up to {@code to}, to the protocol, and keeps
   * what it leaves.
   */
  private void deliver(MemorySegment input, long to) {
    if (shut) {
      discard(to);
      return;
    }
    long left = offer(input, unread.head(), to);
    if (closed || closeWhenSent) {
      return;
    }
    unread.keep(input, left, to);
    mark();
    if (unread.isFull() && isIdle() && !putOff) {
      // It neither answers nor consumes, and no byte more can be shown to it.
      close();
    }
  }

  /**
   * Offers {@code input[from, to)} to the protocol, and what it leaves once more, as long as it
   * takes some and leaves some and {@link #isReceptive}: it may take one message at a time. After
   * {@link #OFFERS} offers this connection is put off with the rest ({@link EventLoop#putOff}), and
   * goes on when the others have had their turn.
   *
   * @return where that begins which the protocol has left; {@code to} if it has taken all
   */
  private long offer(MemorySegment input, long from, long to) {
    return from + protocol.received(this, input, from, to);
  }

  /** Whether the protocol may be offered input: it has said all that it had to say so far. */
  private boolean isReceptive() {
    return isIdle() && !closed && !closeWhenSent;
  }

  private void discard(long bytes) {
    discarded += bytes;
    if (discarded > DISCARD_LIMIT) {
      close();
    }
  }

  /**
   * The peer has finished sending; it may still read. Nothing is received from now on ({@link
   * #ended}). If we have finished as well ({@link #shut}), that was all, and the connection is
   * closed; otherwise the protocol is told, at once if the connection {@link #isIdle}, or else by
   * {@link #resume} when it is.
   */
  private void inputEnded() {
    close();
  }

  /** Tells the protocol once, and not before it was offered all that came before the end. */
  private void tellEnded() {
    if (!toldEnded && !closed && !closeWhenSent && !putOff) {
      toldEnded = true;
      protocol.ended(this);
    }
  }

  /** A call on this socket has failed: either that means nothing, or there is no more socket. */
  private void failed(int error) {
    if (error != -Errno.EAGAIN && error != -Errno.EINTR) {
      failure = failure == 0 ? -error : failure;
      close();
    }
  }

  /**
   * It has ended for both sides, with an error or without, and nobody will call recv to learn:
   * closes, and keeps the reason. Nothing is left to do if it is closed by now.
   */
  private void broken() {
    if (!closed) {
      failure = takeError();
      close();
    }
  }

  /**
   * Sends {@code data[from, from + length)} behind everything that was sent before. What the socket
   * does not take at once is copied and goes later, as does everything as long as it is not
   * connected; the caller may reuse its memory. After {@link #close} and {@link #closeWhenSent} it
   * is dropped.
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
    // Sends and hopes that the socket takes it all.
    push(data, from, length);
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
    active();
    return sent;
  }

  /** Sends what waits, as far as the socket takes it now. Called when something waits. */
  private void flush() {
    throw new NotYet("backpressure");
  }

  /** The others have had their turn, and may have closed this connection in it. */
  @Override
  void goOn() {
    if (closed) {
      return;
    }
    busy = true;
    if (more) {
      writable();
    } else {
      resume();
    }
    if (unfinished) {
      drain();
    }
    if (leaving && !putOff) {
      caughtUp = !wantsInput() || read() <= 0;
    }
    busy = false;
    settle();
  }

  /**
   * The loop winds up. What has arrived by now is answered, also what still lies in the socket;
   * then the protocol is told to come to an end.
   */
  void shutDown() {
    leaving = true;
    loop.putOff(this);
  }

  /** While leaving, with nothing left to send: receives the rest, or has the protocol finish. */
  private void leave() {
    if (caughtUp) {
      leaving = false;
      busy = true;
      protocol.stopping(this);
      busy = false;
    } else {
      loop.putOff(this);
    }
  }

  /** There is room: for what waits, then for what the protocol held back until now. */
  private void writable() {
    if (isIdle() || connecting) {
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
      deliver(unread.memory(), unread.head() + unread.length());
    }
    if (isIdle() && ended) {
      tellEnded();
    }
  }

  /** Connected, nothing waits to be sent, and the protocol has not asked to go on. */
  private boolean isIdle() {
    return unsent.length() == 0 && !more && !connecting;
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
      if (idleTimer != null) {
        idleTimer.cancel();
      }
      loop.closed(this);
    }
    if (!busy) {
      settle();
    }
  }

  /** Whether it is not known yet if the other side takes the connection. */
  public boolean isConnecting() {
    return connecting;
  }

  /** Whether the connection is closed. */
  public boolean isClosed() {
    return closed;
  }

  /** After whatever has happened: closes if that is due, and says what is to be watched. */
  private void settle() {
    if (leaving && isReceptive() && !putOff) {
      leave();
    }
    if (closeWhenSent && unsent.length() == 0 && !closed && !shut) {
      finish();
    }
    if (closed) {
      tellClosed();
      return;
    }
    mark();
    if (!connecting && isUnannounced()) {
      loop.putOff(this);
    }
    loop.registry().want(fd, watched(), token);
  }

  /**
   * Whether there is something to do that no event will announce. Edge-triggered that is so when
   * recv has not said yet that there is no more and input is wanted (again), and when the protocol
   * has asked for room that was there all the time: nothing waits to be sent, so no send has
   * failed. Level-triggered it is never so.
   */
  private boolean isUnannounced() {
    return false;
  }

  /** All is sent. */
  private void finish() {
    if (ended || connecting) {
      close();
    } else {
      shut = true;
      sockets.shutdown(fd, Sockets.SHUT_WR);
    }
  }

  private void tellClosed() {
    if (!toldClosed) {
      toldClosed = true;
      if (failure != 0) {
        protocol.failed(failure);
      }
      protocol.closed();
    }
  }

  /**
   * Sets {@link #paused} when more than {@link #HIGH_WATER} bytes wait to be sent, and clears it
   * when no more than {@link #LOW_WATER} do. In between it stays as it is.
   */
  private void mark() {
    // Never too much, so far.
  }

  private boolean wantsInput() {
    return !closed && !ended && !paused && !unread.isFull() && (!closeWhenSent || shut);
  }

  /** What is to be watched. */
  int watched() {
    return loop.isEdgeTriggered() ? edges() : interest();
  }

  /**
   * What is to be watched, edge-triggered: input and room to send alike, from the beginning to the
   * end, so that the kernel is told once.
   */
  private static int edges() {
    return EPOLLIN | EPOLLET;
  }

  /**
   * What is to be watched, level-triggered: EPOLLIN as long as {@link #wantsInput} says so, and
   * EPOLLOUT while there is something to send, which is unless {@link #isIdle}.
   */
  private int interest() {
    return wantsInput() ? EPOLLIN : 0;
  }
}
