package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;
import readiness.kernel.Epoll;
import readiness.kernel.NotYet;
import readiness.kernel.Sockets;

/**
 * One thread, many connections: waits until some of them are ready, serves these, waits again.
 *
 * <pre>
 *        ┌──────────────── turn ────────────────┐
 *        │                                      │
 *   apply what is          wait            dispatch: each      what was put off,
 *   to be watched  ──▶  epoll_wait(2)  ──▶  ready channel  ──▶  timers, tasks      ──▶ again
 *     Registry            Waiter             Channels           PutOff, TimerWheel, Mailbox
 *
 *   RUNNING ──shutdown──▶ WINDING_UP ──close──▶ CLOSED
 * </pre>
 *
 * <p>Level-triggered, unless it is told otherwise: what was not finished is reported again. A
 * request in steady state costs one recv, one send and its share of a wait; no epoll_ctl and no
 * allocation.
 *
 * <p>All methods belong to one thread at a time, but for {@link #execute}, {@link #shutdown} and
 * {@link #stop}.
 */
public final class EventLoop implements AutoCloseable, Executor {
  /** So many events one wait may bring; the rest comes with the next. */
  private static final int EVENTS = 256;

  private static final long INPUT = 64 * 1024;

  /** So many tasks of other threads are run in a turn; then it is the connections' turn again. */
  private static final int TASKS = 256;

  /** So many timers are run in a turn; what else is due is run in the next, without a wait. */
  static final int TIMERS = 256;

  private enum Life {
    RUNNING,

    /** Nobody is accepted any more, and those who are connected come to an end. */
    WINDING_UP,
    CLOSED
  }

  private final Sockets sockets;
  private final Epoll epoll;
  private final LongSupplier nanoTime;
  private final Buffers buffers;
  private final Trigger trigger;
  private final int epfd;
  private final Registry registry;
  private final Waiter waiter;
  private final EventArray events = new EventArray(EVENTS);
  private final Channels channels = new Channels();
  private final PutOff putOff = new PutOff();
  private final TimerWheel timers;
  private final WakeUp wakeUp;
  private final Mailbox mailbox;
  private final Door door;
  private final Opening opening;

  /** Where connections receive, one after the other. */
  private final MemorySegment input = Arena.ofAuto().allocate(INPUT, 64);

  private final MemorySegment number = Arena.ofAuto().allocate(JAVA_INT);

  private Life life = Life.RUNNING;

  /** What the clock said when it was read last: the turn's time, as long as there are timers. */
  private long time;

  /** How long nothing may come or go on a connection, in nanoseconds; 0: for ever. */
  private long idleLimit;

  private IntConsumer accepted = _ -> {};
  private Consumer<Throwable> defects = new Defects();
  private @Nullable Placement placement;
  private volatile boolean stopped;

  /**
   * An idle loop, level-triggered.
   *
   * @param sockets the system calls on sockets
   * @param epoll the system calls on epolls, of the same kernel
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param buffers lends memory for bytes that have to wait
   * @throws IllegalStateException if the kernel refuses an epoll or an eventfd
   */
  public EventLoop(Sockets sockets, Epoll epoll, LongSupplier nanoTime, Buffers buffers) {
    this(sockets, epoll, nanoTime, buffers, Trigger.LEVEL);
  }

  /**
   * An idle loop.
   *
   * @param trigger how connections are to be watched; listeners are level-triggered always
   */
  public EventLoop(
      Sockets sockets, Epoll epoll, LongSupplier nanoTime, Buffers buffers, Trigger trigger) {
    this.sockets = sockets;
    this.epoll = epoll;
    this.nanoTime = nanoTime;
    this.buffers = buffers;
    this.trigger = trigger;
    this.epfd = Opening.check("epoll_create1", epoll.create(Epoll.EPOLL_CLOEXEC));
    this.registry = new Registry(sockets, epoll, epfd);
    this.waiter = new Waiter(epoll, epfd, nanoTime);
    this.wakeUp =
        new WakeUp(eventfd(), channels.nextGeneration(), registry, sockets.forAnotherThread());
    this.mailbox = new Mailbox(wakeUp::wake);
    this.timers = new TimerWheel(now());
    this.opening = new Opening(sockets);
    watch(wakeUp, EPOLLIN | EPOLLET);
    this.door = new Door(channels, registry, nanoTime, sockets);
  }

  private int eventfd() {
    int fd = sockets.eventfd(0, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
    if (fd < 0) {
      epoll.close(epfd);
    }
    return Opening.check("eventfd", fd);
  }

  /**
   * Has {@code listener} hear of what protocols throw, instead of a {@link Defects} of the loop's
   * own: on the loop's thread, when the connection is closed. What the listener throws itself ends
   * the turn and reaches the caller of {@link #run}.
   */
  public void onDefect(Consumer<Throwable> listener) {
    defects = listener;
  }

  /**
   * Shows {@code hook} the descriptor of each connection that this loop accepts, before anything
   * else is done with it, for instance to set options.
   */
  public void onAccept(IntConsumer hook) {
    accepted = hook;
  }

  /**
   * Listens on an address.
   *
   * @param address of this machine; port 0 takes a free one, which getsockname tells
   * @param backlog how many connections may wait to be accepted; the kernel clamps it
   * @param protocol makes what is spoken on each connection
   * @return the listening socket, which stays the loop's
   * @throws IllegalArgumentException if the address is a name that was not looked up
   * @throws IllegalStateException if the kernel refuses, with the call, the address and the reason
   */
  public int listen(InetSocketAddress address, int backlog, Supplier<Protocol> protocol) {
    return listen(opening.listener(address, backlog, false), protocol);
  }

  /**
   * As {@link #listen}, on an address on which other loops may listen as well, if all of them do it
   * this way: the kernel gives each connection to one of them (socket(7), SO_REUSEPORT).
   */
  int listenShared(InetSocketAddress address, int backlog, Supplier<Protocol> protocol) {
    return listen(opening.listener(address, backlog, true), protocol);
  }

  /**
   * Accepts connections from a socket that somebody else has made ready.
   *
   * @param fd listens, and does not block; it is the loop's from now on, which closes it
   * @return {@code fd}
   */
  public int listen(int fd, Supplier<Protocol> protocol) {
    refuseIfClosed(fd);
    watch(new Listener(fd, channels.nextGeneration(), this, protocol), EPOLLIN);
    return fd;
  }

  /**
   * Begins to connect to a server. What comes of it the protocol is told in one of the next turns:
   * {@link Protocol#connected}, or {@link Protocol#failed} with the reason, and then {@link
   * Protocol#closed}. Nobody is told before this method returns.
   *
   * <p>What is sent before it is connected is kept, and goes when it is. The kernel goes on trying
   * for two minutes (tcp_syn_retries in tcp(7)); {@link #closeIdleAfter} gives up earlier.
   *
   * @param address where the server listens. To look up a name may block, so that has to be done
   *     before, and not on the loop's thread
   * @param protocol what is spoken on the connection
   * @return the connection, which is not established yet
   * @throws IllegalArgumentException if the address is a name that was not looked up
   * @throws IllegalStateException if the kernel has no socket to give, with the reason
   * @throws RejectedExecutionException if the loop is closed: it will not turn again
   */
  public Connection connect(InetSocketAddress address, Protocol protocol) {
    throw new NotYet("client");
  }

  /** A socket to be connected to {@code address}; what is thrown {@link #connect} says. */
  private int socket(InetSocketAddress address) {
    int fd = opening.socket(address);
    refuseIfClosed(fd);
    return fd;
  }

  private void refuseIfClosed(int fd) {
    if (life == Life.CLOSED) {
      sockets.close(fd);
      throw new RejectedExecutionException("the loop is closed");
    }
  }

  /** Where {@code fd} is bound, with the port that it was given. */
  InetSocketAddress localAddress(int fd) {
    return opening.localAddress(fd);
  }

  /**
   * Turns until {@link #stop}, or after {@link #shutdown} until the last connection has gone. What
   * a protocol throws ends its connection only; what ends this is a defect of the loop, of a task
   * or of a timer. The caller closes the loop.
   */
  public void run() {
    while (!stopped && !(life == Life.WINDING_UP && channels.servesNobody())) {
      turn();
    }
  }

  /** Waits once and serves whatever is ready. */
  public void turn() {
    registry.apply();
    int ready = waiter.await(events, patience());
    if (!timers.isEmpty()) {
      time = nanoTime.getAsLong();
    }
    door.openInTime();
    dispatch(ready);
    putOff.goOn();
    if (!timers.isEmpty()) {
      runTimers();
    }
    runTasks();
  }

  /**
   * Hands the first {@code ready} events to their channels: each event's flags to {@link
   * Channel#ready} of the one that {@link Channels#find} knows by the event's token. Events that
   * belong to nobody any more are passed over. What a channel throws is the loop's own defect, and
   * is not caught here: {@link #run}.
   */
  private void dispatch(int ready) {
    throw new NotYet("echo");
  }

  /** Has {@code channel} go on when the others have had their turn: {@link PutOff#add}. */
  void putOff(Channel channel) {
    putOff.add(channel);
  }

  /** Somebody's protocol has thrown, and its connection is closed. */
  void hasDefect(Throwable defect) {
    Defects.unlessMeant(defect);
    defects.accept(defect);
  }

  /**
   * Has {@code task} run on this loop's thread, soon, after what was handed over before. From any
   * thread. What a task throws ends the loop's turn and reaches the caller of {@link #run}; the
   * tasks behind it are run in the next turn, if there is one.
   *
   * @throws RejectedExecutionException if the loop is closed; the task will not be run
   */
  @Override
  public void execute(Runnable task) {
    if (!mailbox.put(task)) {
      throw new RejectedExecutionException("the loop is closed");
    }
  }

  private void runTasks() {
    if (wakeUp.isDue()) {
      // If a task throws, there may be more behind it.
      boolean more = true;
      try {
        more = mailbox.run(TASKS);
      } finally {
        if (more) {
          putOff(wakeUp);
        }
      }
    }
  }

  /**
   * Has {@code task} run on this loop's thread when {@code delay} has passed: not before, and
   * between two turns. On the loop's thread; others {@link #execute} a task that schedules. What it
   * throws ends the loop's turn and reaches the caller of {@link #run}. A loop that is closed runs
   * it no more, and none keeps the loop from ending.
   *
   * @param delay from now on; up to a tick of a millisecond is added; 0 if negative
   * @return what may be cancelled
   */
  public Timer schedule(Duration delay, Runnable task) {
    Timer timer = new Timer(timers, task);
    timers.schedule(timer, now(), Math.max(0, TimeUnit.NANOSECONDS.convert(delay)));
    return timer;
  }

  /**
   * Runs the timers that are due by {@link #time}, in order, but no more than {@link #TIMERS}: they
   * may schedule more, and the connections have a right to their turn.
   */
  private void runTimers() {
    throw new NotYet("timers");
  }

  /**
   * Closes each connection that begins from now on when nothing has come or gone on it for so long.
   * Its protocol hears of that as {@link Protocol#failed} with ETIMEDOUT.
   *
   * @param limit more than 0; up to a tick of a millisecond is added
   */
  public void closeIdleAfter(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("closeIdleAfter(%s): not more than 0".formatted(limit));
    }
    idleLimit = TimeUnit.NANOSECONDS.convert(limit);
  }

  /** Who is to serve the connections that this loop accepts, if not the loop itself. */
  @FunctionalInterface
  interface Placement {
    /**
     * Sees to it that a connection is served, or closed.
     *
     * @param acceptor the loop that has accepted it, on its thread
     */
    void place(EventLoop acceptor, int fd);
  }

  /** Leaves what it accepts to {@code placement} from now on. */
  void handOutBy(Placement placement) {
    this.placement = placement;
  }

  /**
   * A listener of this loop has accepted a connection: serves it, or has it served.
   *
   * @param protocol makes what is spoken on it, if it is served here
   */
  void adopt(int fd, Supplier<Protocol> protocol) {
    try {
      accepted.accept(fd);
    } catch (Throwable e) {
      refuse(fd, e);
      return;
    }
    if (placement == null) {
      serve(fd, protocol);
    } else {
      placement.place(this, fd);
    }
  }

  /** Serves a new connection from now on, with a protocol of its own. */
  void serve(int fd, Supplier<Protocol> protocol) {
    Connection connection;
    try {
      connection = new Connection(fd, channels.nextGeneration(), this, protocol.get());
    } catch (Throwable e) {
      refuse(fd, e);
      return;
    }
    add(connection);
  }

  /** There is no connection, since what was to be spoken on it, or the hook, has thrown. */
  private void refuse(int fd, Throwable defect) {
    sockets.close(fd);
    hasDefect(defect);
  }

  /** Watches a new connection from now on. */
  private void add(Connection connection) {
    watch(connection, connection.watched());
    if (idleLimit > 0) {
      connection.closeIdleAfter(idleLimit);
    }
    if (life == Life.WINDING_UP) {
      connection.windUp();
    }
  }

  private void watch(Channel channel, int events) {
    channels.add(channel);
    registry.want(channel.fd, events, channel.token);
  }

  /** Closes a channel's descriptor and forgets the channel. */
  void closed(Channel channel) {
    channels.remove(channel);
    registry.close(channel.fd);
    door.descriptorFreed();
  }

  /** How long the next wait may last. */
  private long patience() {
    if (!putOff.isEmpty()) {
      return 0;
    }
    if (timers.isEmpty() && !door.isShut()) {
      return Waiter.FOREVER;
    }
    long now = now();
    return Math.min(door.patience(now), timers.patience(now));
  }

  /**
   * Winds up: accepts who waits to be accepted and nobody after that, lets each connection answer
   * what has arrived by then and close ({@link Protocol#stopping}), and ends {@link #run} with the
   * last of them. From any thread; a second time, and after {@link #close}, it does nothing.
   */
  public void shutdown() {
    mailbox.put(this::windUp);
  }

  private void windUp() {
    if (life != Life.RUNNING) {
      return;
    }
    life = Life.WINDING_UP;
    channels.listeners().forEach(Listener::lastCall);
    channels.forEach(each -> {
      if (each instanceof Connection connection) {
        connection.windUp();
      }
    });
  }

  /** Ends {@link #run} after the turn under way. From any thread, also before it has begun. */
  public void stop() {
    stopped = true;
    wakeUp.wake();
  }

  /**
   * Runs what {@link #execute} has accepted, then closes every connection and listener, and the
   * loop's own descriptors. What a task throws reaches the caller, when all is closed; the tasks
   * behind it are not run. A second time it does nothing.
   */
  @Override
  public void close() {
    if (life == Life.CLOSED) {
      return;
    }
    try {
      mailbox.close();
    } finally {
      life = Life.CLOSED;
      closeAll();
    }
  }

  /** What is thrown on the way reaches the caller when all is closed. */
  private void closeAll() {
    RuntimeException[] thrown = new RuntimeException[1];
    channels.forEach(each -> {
      try {
        each.close();
      } catch (RuntimeException e) {
        thrown[0] = e;
      }
    });
    door.reserve().release();
    epoll.close(epfd);
    if (thrown[0] != null) {
      throw thrown[0];
    }
  }

  Sockets sockets() {
    return sockets;
  }

  Buffers buffers() {
    return buffers;
  }

  /** Whether connections are accepted. */
  Door door() {
    return door;
  }

  boolean isEdgeTriggered() {
    return trigger == Trigger.EDGE;
  }

  Registry registry() {
    return registry;
  }

  TimerWheel timers() {
    return timers;
  }

  /** Reads the clock. */
  long now() {
    time = nanoTime.getAsLong();
    return time;
  }

  /** The turn's time, on the clock of {@link #now}. Where there are no timers it stands still. */
  long time() {
    return time;
  }

  /** Memory that lasts until the next event. */
  MemorySegment input() {
    return input;
  }

  /** Memory for an int that a system call is to write. */
  MemorySegment number() {
    return number;
  }
}
