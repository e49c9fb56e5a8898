package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static readiness.kernel.Epoll.EPOLLERR;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLHUP;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;
import readiness.kernel.Errno;
import readiness.kernel.NotYet;
import readiness.kernel.OutOfBuffers;
import readiness.kernel.Sendable;
import readiness.kernel.Sockets;

/**
 * One connection: two halves, {@link Incoming} and {@link Outgoing}, which know the socket, and
 * what decides between them, the protocol and the loop.
 *
 * <pre>
 *   life       CONNECTING ──SO_ERROR = 0──▶ OPEN ──close, or an error──▶ CLOSED ──▶ TOLD
 *   incoming   OPEN ──recv = 0──▶ ENDED ──all offered, nothing waits──▶ TOLD
 *   outgoing   OPEN ──closeWhenSent──▶ LAST ──all sent──▶ SHUT
 *                └──send fails──▶ BROKEN
 *
 *   after whatever has happened, in {@link #settle}:
 *     outgoing SHUT or BROKEN, none comes        ──▶ close
 *     incoming ENDED, all offered, nothing waits ──▶ the protocol is told
 *     outgoing LAST and sent, none comes         ──▶ close
 *     outgoing LAST and sent, input may come     ──▶ SHUT
 * </pre>
 *
 * <p>Belongs to its loop's thread.
 */
public final class Connection extends Channel {
  /** So often what has been received is offered to the protocol before it is the others' turn. */
  static final int OFFERS = 16;

  /** Edge-triggered, so many reads are made before it is the others' turn. */
  static final int READS = 4;

  /** The loop winds up: so many reads are made for what had arrived by then. */
  private static final int LAST_READS = 128;

  private enum Life {
    /** connect(2) was called, and what comes of it is not known yet. */
    CONNECTING,
    OPEN,

    /** The descriptor is closed; the protocol is to hear of it. */
    CLOSED,

    /** It has. */
    TOLD
  }

  /** The loop winds up, and this connection with it. */
  private enum Leaving {
    NO,

    /** What had arrived by then is received and answered. */
    CATCHING_UP,

    /** All of it was. */
    CAUGHT_UP,

    /** The protocol knows that it is to come to an end. */
    TOLD
  }

  private final EventLoop loop;
  private final Protocol protocol;
  private final Incoming incoming;
  private final Outgoing outgoing;

  /** Null: it may be idle as long as it likes. */
  private @Nullable IdleTimer idleTimer;

  private Life life = Life.OPEN;
  private Leaving leaving = Leaving.NO;
  private int lastReads;

  /** The protocol wants no input for the time being: {@link #holdInput}. */
  private boolean held;

  /** A method of the protocol is running: what it has brought about is settled when it returns. */
  private boolean busy;

  /** The errno that ended the connection; 0 if none did. */
  private int failure;

  Connection(int fd, int generation, EventLoop loop, Protocol protocol) {
    super(fd, generation);
    this.loop = loop;
    this.protocol = protocol;
    this.incoming = new Incoming(loop.sockets(), fd, loop.buffers());
    this.outgoing = new Outgoing(loop.sockets(), fd, loop.buffers());
  }

  /**
   * This is the client's end, and connect(2) was called. Whatever it has answered, the next wait
   * reports something: EPOLLOUT when the outcome is known, and at once for a socket for which
   * nothing was even tried. From now on {@link #watched} asks for that.
   *
   * @param result what it answered: -EINPROGRESS, most of the time
   */
  void connecting(int result) {
    life = Life.CONNECTING;
    failure = result < 0 && result != -Errno.EINPROGRESS ? -result : 0;
  }

  /** Closes the connection when nothing has come or gone for {@code limit} nanoseconds. */
  void closeIdleAfter(long limit) {
    idleTimer = new IdleTimer(loop, limit, () -> end(Errno.ETIMEDOUT));
    idleTimer.start();
  }

  /** Something has come or gone. What comes after the last answer does not count: nobody waits. */
  private void active() {
    if (idleTimer != null && !outgoing.isShut()) {
      idleTimer.active();
    }
  }

  @Override
  void ready(int events) {
    active();
    if (loop.isEdgeTriggered() && (events & ~EPOLLOUT) != 0) {
      // Also if nothing is to be received at the moment: this edge will not come again.
      incoming.edge();
    }
    Throwable defect = null;
    busy = true;
    try {
      if (life != Life.CONNECTING || established()) {
        handle(events);
      }
    } catch (Throwable e) {
      defect = e;
    }
    busy = false;
    settle(defect);
  }

  /**
   * The kernel has something to report of a connection that is connecting: so it knows what has
   * come of it, and {@link #takeError} tells. The protocol hears that it is {@link
   * Protocol#connected connected}, or the connection {@link #end ends} with the error. It is not
   * connecting any longer when either is told.
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
    int result = loop.sockets().getsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_ERROR, value);
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
   * Ends when recv has said that there is no more ({@link Incoming#drained} is told what it says),
   * when no more input is wanted, when what was received waits for its turn ({@link #putOff}), and
   * after {@link #READS} reads. What it leaves then, {@link #isUnannounced} has to tell.
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
   * Offers what is kept and the {@code received} bytes behind it to the protocol, and keeps what it
   * leaves.
   */
  private void deliver(MemorySegment input, long received) {
    if (outgoing.isShut()) {
      if (!incoming.discard(received)) {
        close();
      }
      return;
    }
    long to = incoming.head() + incoming.kept() + received;
    long left = offer(input, incoming.head(), to);
    if (isClosed() || outgoing.isFinishing()) {
      return;
    }
    keep(input, left, to);
    outgoing.mark();
    if (incoming.isFull() && isReceptive() && !putOff) {
      // It neither answers nor consumes, and no byte more can be shown to it.
      close();
    }
  }

  private void keep(MemorySegment input, long from, long to) {
    try {
      incoming.keep(input, from, to);
    } catch (OutOfBuffers | OutOfMemoryError e) {
      incoming.clear();
      protocol.exhausted(this);
      if (!outgoing.isFinishing()) {
        end(Errno.ENOMEM);
      }
    }
  }

  /**
   * Offers {@code input[from, to)} to the protocol, and what it leaves once more, as long as it
   * takes some and leaves some and {@link #isReceptive}: it may take one message at a time. After
   * {@link #OFFERS} offers this connection is put off with the rest ({@link PutOff#add}), and goes
   * on when the others have had their turn.
   *
   * @return where that begins which the protocol has left; {@code to} if it has taken all
   */
  private long offer(MemorySegment input, long from, long to) {
    return from + protocol.received(this, input, from, to);
  }

  /** Whether the protocol may be offered input: it has said all that it had to say so far. */
  private boolean isReceptive() {
    return life == Life.OPEN && !held && outgoing.isIdle() && !outgoing.isFinishing();
  }

  /**
   * The peer has finished sending; it may still read. Nothing is received from now on ({@link
   * Incoming#end}), and what follows from that {@link #settle} sees to: the protocol is told when
   * {@link #isEndDue}, or the connection is closed if we have finished as well.
   */
  private void inputEnded() {
    close();
  }

  /**
   * Whether the protocol is to be told now that the peer has finished: it has not been told yet
   * ({@link Incoming#isUntold}), it was offered all that came before the end (which it was unless
   * this connection was {@link #putOff}), and it {@link #isReceptive}: nothing that it has sent
   * waits, and no piece that it has asked to be called for.
   */
  private boolean isEndDue() {
    return false;
  }

  /** A call on this socket has failed: either that means nothing, or there is no more socket. */
  private void failed(int error) {
    if (error != -Errno.EAGAIN && error != -Errno.EINTR) {
      end(-error);
    }
  }

  /**
   * It has ended for both sides, with an error or without, and nobody will call recv to learn:
   * closes, and keeps the reason. Nothing is left to do if it is closed by now.
   */
  private void broken() {
    if (!isClosed()) {
      end(takeError());
    }
  }

  /** Closes, for a reason that the protocol is told; the first one that is known stays. */
  private void end(int error) {
    failure = failure == 0 ? error : failure;
    close();
  }

  /**
   * Sends {@code data[from, from + length)} behind everything that was sent before. What the socket
   * does not take at once is copied and goes later, as does everything as long as it is not
   * connected; the caller may reuse its memory. After {@link #close} and {@link #closeWhenSent} it
   * is dropped.
   */
  public void send(MemorySegment data, long from, long length) {
    if (isClosed() || !outgoing.isOpen()) {
      return;
    }
    try {
      sent(outgoing.write(data, from, length));
    } catch (OutOfBuffers | OutOfMemoryError e) {
      // A part may have gone, so nothing else can be said on this connection.
      end(Errno.ENOMEM);
    }
    settleUnlessBusy();
  }

  /**
   * Sends {@code part} behind everything that was sent before, as far as the socket takes it at a
   * time. It is the connection's from now on, which closes it: when it has gone, and also when it
   * cannot go.
   */
  public void send(Sendable part) {
    if (isClosed() || !outgoing.isOpen()) {
      part.close();
      return;
    }
    sent(outgoing.write(part));
    settleUnlessBusy();
  }

  /**
   * Takes note of what a send has come to. If the peer is gone, what it had sent before may still
   * lie in the socket: that is read, and the end of it closes the connection.
   */
  private void sent(long result) {
    if (result > 0) {
      active();
    } else if (result < 0) {
      boolean gone = result == -Errno.ECONNRESET || result == -Errno.EPIPE;
      if (gone && life == Life.OPEN && incoming.isOpen() && !outgoing.isFinishing()) {
        failure = failure == 0 ? (int) -result : failure;
        outgoing.giveUp();
      } else {
        end((int) -result);
      }
    }
  }

  /** The others have had their turn, and may have closed this connection in it. */
  @Override
  void goOn() {
    if (isClosed()) {
      return;
    }
    Throwable defect = null;
    busy = true;
    try {
      if (outgoing.isRoomAsked()) {
        writable();
      } else {
        resume();
      }
      if (incoming.isUndrained()) {
        drain();
      }
      if (leaving == Leaving.CATCHING_UP && !putOff) {
        catchUp();
      }
    } catch (Throwable e) {
      defect = e;
    }
    busy = false;
    settle(defect);
  }

  /**
   * The loop winds up. What has arrived by now is answered, also what still lies in the socket;
   * then the protocol is told to come to an end. Once: to say it again changes nothing.
   */
  void windUp() {
    if (leaving == Leaving.NO) {
      leaving = Leaving.CATCHING_UP;
      loop.putOff(this);
    }
  }

  /** Receives once more of what had arrived; a peer that sends on and on is not followed. */
  private void catchUp() {
    if (isReceptive()) {
      outgoing.mark();
      boolean goesOn = wantsInput() && lastReads++ < LAST_READS && read() > 0;
      leaving = goesOn ? Leaving.CATCHING_UP : Leaving.CAUGHT_UP;
    }
  }

  /** There is room: for what waits, then for what the protocol held back until now. */
  private void writable() {
    if (life != Life.OPEN || outgoing.isIdle()) {
      return;
    }
    if (outgoing.unsent() > 0) {
      sent(outgoing.flush());
    }
    if (outgoing.unsent() == 0 && !isClosed() && !outgoing.isFinishing()) {
      outgoing.roomTold();
      protocol.drained(this);
      resume();
    }
  }

  /** Offers again what the protocol left while it was busy sending. */
  private void resume() {
    if (isReceptive() && incoming.kept() > 0) {
      deliver(incoming.memory(), 0);
    }
  }

  /** How many bytes wait to be sent. */
  public long unsent() {
    return outgoing.unsent();
  }

  /**
   * Asks for {@link Protocol#drained} as soon as there is room to send, also if nothing waits: for
   * those who produce piece by piece. Once; ask again in that call if there is still more. Between
   * two pieces the loop serves the others. After {@link #closeWhenSent} nobody is called.
   */
  public void sendMore() {
    if (!isClosed()) {
      outgoing.askForRoom();
    }
    settleUnlessBusy();
  }

  /**
   * Sends what waits and then closes: tells the peer that nothing more comes, and reads away what
   * it still sends, since closing with unread input would make the kernel reset the connection and
   * the peer lose the answer. Nothing can be sent from now on, nothing is received.
   */
  public void closeWhenSent() {
    held = false;
    outgoing.finish();
    incoming.clear();
    if (outgoing.isBroken()) {
      close();
    }
    settleUnlessBusy();
  }

  /** Closes now. What waits to be sent is lost. */
  @Override
  public void close() {
    if (!isClosed()) {
      life = Life.CLOSED;
      if (idleTimer != null) {
        idleTimer.cancel();
      }
      loop.closed(this);
      incoming.clear();
      outgoing.clear();
    }
    settleUnlessBusy();
  }

  /** Whether it is not known yet if the other side takes the connection. */
  public boolean isConnecting() {
    return life == Life.CONNECTING;
  }

  /** Whether the connection is closed. */
  public boolean isClosed() {
    return life == Life.CLOSED || life == Life.TOLD;
  }

  /**
   * Has {@code task} run on the loop's thread when {@code delay} has passed, as {@link
   * EventLoop#schedule} does, but that what it throws ends this connection and nothing else. It is
   * run also if the connection is closed by then; cancel it in {@link Protocol#closed}.
   */
  public Timer schedule(Duration delay, Runnable task) {
    return loop.schedule(delay, () -> run(task));
  }

  /**
   * Has {@code task} run on the loop's thread, soon, as {@link EventLoop#execute} does, but that
   * what it throws ends this connection and nothing else. It is run also if the connection is
   * closed by then. From any thread.
   *
   * @throws RejectedExecutionException if the loop is closed; the task will not be run
   */
  public void execute(Runnable task) {
    loop.execute(() -> run(task));
  }

  /** Runs what the protocol has asked for. */
  private void run(Runnable task) {
    Throwable defect = null;
    busy = true;
    try {
      task.run();
    } catch (Throwable e) {
      defect = e;
    }
    busy = false;
    settle(defect);
  }

  /** Where the loop gets memory for bytes that have to wait. On the loop's thread. */
  public Buffers buffers() {
    return loop.buffers();
  }

  /**
   * Receives nothing and offers the protocol nothing until {@link #releaseInput}: it has enough to
   * do. What has come by then is kept, what comes meanwhile waits in the socket, and so does its
   * end; an error or a hang-up of both sides ends the connection all the same.
   */
  public void holdInput() {
    held = true;
    settleUnlessBusy();
  }

  /** Receives and offers again, what is kept first. */
  public void releaseInput() {
    if (held && !isClosed()) {
      held = false;
      loop.putOff(this);
    }
    settleUnlessBusy();
  }

  private void settleUnlessBusy() {
    if (!busy) {
      settle(null);
    }
  }

  /**
   * After whatever has happened: does what follows from the two halves together, and says what is
   * to be watched.
   *
   * @param defect what the protocol has thrown, which ends this connection; null if it has not
   */
  private void settle(@Nullable Throwable defect) {
    Throwable first = defect == null ? decide() : defect;
    if (first != null) {
      Defects.unlessMeant(first);
      busy = true;
      close();
      busy = false;
    }
    if (isClosed()) {
      Throwable last = tellClosed();
      first = first == null ? last : first;
    } else {
      watch();
    }
    if (first != null) {
      loop.hasDefect(first);
    }
  }

  /**
   * The rules that join the halves. What the protocol does when it is told may make another one
   * apply, which stands further below.
   *
   * @return what the protocol has thrown; null if it has not
   */
  private @Nullable Throwable decide() {
    busy = true;
    try {
      if ((outgoing.isShut() || outgoing.isBroken()) && !incoming.isOpen()) {
        close();
      }
      if (isEndDue()) {
        incoming.told();
        protocol.ended(this);
      }
      if (leaving == Leaving.CAUGHT_UP && isReceptive() && !putOff) {
        leaving = Leaving.TOLD;
        protocol.stopping(this);
      }
      if (outgoing.isDone() && (life == Life.CONNECTING || !incoming.isOpen())) {
        close();
      } else if (outgoing.isDone() && !isClosed()) {
        outgoing.shut();
      }
      return null;
    } catch (Throwable e) {
      return e;
    } finally {
      busy = false;
    }
  }

  private void watch() {
    outgoing.mark();
    boolean catchesUp = leaving == Leaving.CATCHING_UP && isReceptive();
    if (catchesUp || life == Life.OPEN && isUnannounced()) {
      loop.putOff(this);
    }
    loop.registry().want(fd, watched(), token);
  }

  /**
   * Whether there is something to do that no event will announce. Edge-triggered that is so when
   * {@link Incoming#isUndrained recv has not said yet} that there is no more and input is wanted
   * (again), and when the protocol has asked for room that was there all the time: nothing waits to
   * be sent, so no send has failed. Level-triggered it is never so.
   */
  private boolean isUnannounced() {
    return false;
  }

  /**
   * Once.
   *
   * @return what the protocol has thrown; null if it has not
   */
  private @Nullable Throwable tellClosed() {
    if (life == Life.TOLD) {
      return null;
    }
    life = Life.TOLD;
    try {
      if (failure != 0) {
        protocol.failed(failure);
      }
      protocol.closed();
      return null;
    } catch (Throwable e) {
      Defects.unlessMeant(e);
      return e;
    }
  }

  private boolean wantsInput() {
    return !isClosed()
        && !held
        && incoming.isOpen()
        && !incoming.isFull()
        && !outgoing.isOverfull()
        && (!outgoing.isFinishing() || outgoing.isShut());
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
   * What is to be watched, level-triggered: input as long as it is wanted, and room to send while
   * somebody waits for it.
   */
  private int interest() {
    int input = wantsInput() ? EPOLLIN : 0;
    int output = life == Life.CONNECTING || outgoing.wantsRoom() ? EPOLLOUT : 0;
    return input | output;
  }
}
