package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/**
 * One thread, many connections: waits until some of them are ready, serves these, waits again.
 *
 * <pre>
 *        ┌──────────────── turn ────────────────┐
 *        │                                      │
 *   apply what is          wait            dispatch: each      what was put off,
 *   to be watched  ──▶  epoll_wait(2)  ──▶  ready channel  ──▶  timers, tasks      ──▶ again
 *     Registry            Waiter            Listener, Connection    TimerWheel, Mailbox
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

  /** How long to leave the accept queue alone when there are no descriptors for it. */
  private static final long ACCEPT_PAUSE_NANOS = 100_000_000;

  private final Sockets sockets;
  private final Epoll epoll;
  private final LongSupplier nanoTime;
  private final Buffers buffers;
  private final Trigger trigger;
  private final int epfd;
  private final Registry registry;
  private final Waiter waiter;
  private final WakeUp wakeUp;
  private final Mailbox mailbox;
  private final Reserve reserve;
  private final TimerWheel timers;
  private final EventArray events = new EventArray(EVENTS);

  /** Where connections receive, one after the other. */
  private final MemorySegment input = Arena.ofAuto().allocate(INPUT, 64);

  private final MemorySegment number = Arena.ofAuto().allocate(JAVA_INT);

  /** By descriptor: the kernel hands out the lowest free number, so an array does for a map. */
  private @Nullable Channel[] channels = new Channel[64];

  /** Who has something left to do that no event will mention; each once. */
  private final ArrayDeque<Channel> unfinished = new ArrayDeque<>();

  /** What the clock said when it was read last: the turn's time, as long as there are timers. */
  private long time;

  /** How long nothing may come or go on a connection, in nanoseconds; 0: for ever. */
  private long idleLimit;

  private int generation;
  private int connections;
  private boolean shuttingDown;
  private @Nullable Placement placement;
  private boolean acceptPaused;
  private long acceptAgain;
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
    this.epfd = check("epoll_create1", epoll.create(Epoll.EPOLL_CLOEXEC));
    this.registry = new Registry(sockets, epoll, epfd);
    this.waiter = new Waiter(epoll, epfd, nanoTime);
    this.wakeUp = new WakeUp(eventfd(), nextGeneration(), registry, sockets.forAnotherThread());
    this.mailbox = new Mailbox(wakeUp::wake);
    this.timers = new TimerWheel(now());
    watch(wakeUp, EPOLLIN | EPOLLET);
    this.reserve = new Reserve(sockets);
    reserve.hold();
  }

  private int eventfd() {
    int fd = sockets.eventfd(0, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
    if (fd < 0) {
      epoll.close(epfd);
    }
    return check("eventfd", fd);
  }

  /**
   * Listens on an address.
   *
   * @param address of this machine; port 0 takes a free one, which getsockname tells
   * @param backlog how many connections may wait to be accepted; the kernel clamps it
   * @param protocol makes what is spoken on each connection
   * @return the listening socket, which stays the loop's
   * @throws IllegalStateException if the kernel refuses, with the call, the address and the reason
   */
  public int listen(InetSocketAddress address, int backlog, Supplier<Protocol> protocol) {
    return listen(address, backlog, protocol, false);
  }

  /**
   * As {@link #listen}, on an address on which other loops may listen as well, if all of them do it
   * this way: the kernel gives each connection to one of them (socket(7), SO_REUSEPORT).
   */
  int listenShared(InetSocketAddress address, int backlog, Supplier<Protocol> protocol) {
    return listen(address, backlog, protocol, true);
  }

  private int listen(
      InetSocketAddress address, int backlog, Supplier<Protocol> protocol, boolean shared) {
    int fd = socket(address);
    try {
      check("SO_REUSEADDR", sockets.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1));
      if (shared) {
        check("SO_REUSEPORT", sockets.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1));
      }
      check("bind to " + address, sockets.bind(fd, address));
      check("listen on " + address, sockets.listen(fd, backlog));
    } catch (IllegalStateException e) {
      sockets.close(fd);
      throw e;
    }
    watch(new Listener(fd, nextGeneration(), this, protocol), EPOLLIN);
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
   * @throws IllegalStateException if the kernel has no socket to give, with the reason
   */
  public Connection connect(InetSocketAddress address, Protocol protocol) {
    // tag::client[]
    int fd = socket(address);
    Connection connection = new Connection(fd, nextGeneration(), this, protocol);
    connection.connecting(sockets.connect(fd, address));
    add(connection);
    return connection;
    // end::client[]
  }

  /**
   * A TCP socket that neither blocks nor is inherited by programs that this one starts.
   *
   * @param address decides between IPv4 and IPv6
   * @throws IllegalStateException if the kernel refuses
   */
  private int socket(InetSocketAddress address) {
    boolean six = address.getAddress() instanceof Inet6Address;
    int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
    int fd = check("socket", sockets.socket(six ? Sockets.AF_INET6 : Sockets.AF_INET, type, 0));
    // Accepted connections inherit it. Requests and answers leave in one piece each, so nothing is
    // gained by holding back.
    sockets.setsockopt(fd, Sockets.IPPROTO_TCP, Sockets.TCP_NODELAY, 1);
    return fd;
  }

  /** Where {@code fd} is bound, with the port that it was given. */
  InetSocketAddress localAddress(int fd) {
    InetSocketAddress address = sockets.getsockname(fd);
    if (address == null) {
      throw new IllegalStateException("getsockname on fd %d fails".formatted(fd));
    }
    return address;
  }

  /**
   * Turns until {@link #stop}, or after {@link #shutdown} until the last connection has gone. What
   * a protocol throws is a bug: it ends the turn and reaches the caller, who closes the loop.
   */
  public void run() {
    while (!stopped && !(shuttingDown && connections == 0)) {
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
    resumeAccepting();
    dispatch(ready);
    goOn();
    if (!timers.isEmpty()) {
      runTimers();
    }
    runTasks();
  }

  /**
   * Hands the first {@code ready} events to their channels: each event's flags to {@link
   * Channel#ready} of the one that {@link #find} knows by the event's token. Events that belong to
   * nobody any more are passed over. What a channel throws is not caught here: {@link #run}.
   */
  private void dispatch(int ready) {
    // tag::echo[]
    for (int i = 0; i < ready; i++) {
      Channel channel = find(events.token(i));
      if (channel != null) {
        channel.ready(events.events(i));
      }
    }
    // end::echo[]
  }

  /**
   * The channel that a token was given to. Null if it has been closed since, by an earlier event of
   * the same turn: another one may have its number by now, but not its generation.
   */
  private @Nullable Channel find(long token) {
    // tag::stale-events[]
    // > return channels[Token.fd(token)];
    Channel channel = channels[Token.fd(token)];
    return channel != null && channel.token == token ? channel : null;
    // end::stale-events[]
  }

  /** Another number than the ones before it, as far as 32 bits go. For the tokens. */
  private int nextGeneration() {
    // tag::stale-events[]
    // > return 0;
    return generation++;
    // end::stale-events[]
  }

  /**
   * Sees to it that {@code channel} goes on in this turn's {@link #goOn} or, called from there, in
   * the next turn's: {@link Channel#goOn} is called once, however often it was put off meanwhile.
   */
  void putOff(Channel channel) {
    // tag::fairness[]
    // > // Nobody is ever put off, so far.
    if (!channel.putOff) {
      channel.putOff = true;
      unfinished.add(channel);
    }
    // end::fairness[]
  }

  /**
   * Has everyone go on who was put off before this call, in that order. Who is put off once more
   * meanwhile goes on in the next turn: between the two lies a wait, so that those are served who
   * have become ready by then.
   */
  private void goOn() {
    // tag::fairness[]
    // > // Nobody is ever put off, so far.
    for (int left = unfinished.size(); left > 0; left--) {
      Channel channel = unfinished.remove();
      channel.putOff = false;
      channel.goOn();
    }
    // end::fairness[]
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
    // tag::timers[]
    for (int i = 0; i < TIMERS; i++) {
      Timer due = timers.poll(time);
      if (due == null) {
        return;
      }
      due.run();
    }
    // end::timers[]
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
    void place(EventLoop acceptor, int fd, Protocol protocol);
  }

  /** Leaves what it accepts to {@code placement} from now on. */
  void handOutBy(Placement placement) {
    this.placement = placement;
  }

  /** A listener of this loop has accepted a connection: serves it, or has it served. */
  void adopt(int fd, Protocol protocol) {
    if (placement == null) {
      serve(fd, protocol);
    } else {
      placement.place(this, fd, protocol);
    }
  }

  /** Serves a new connection from now on. */
  void serve(int fd, Protocol protocol) {
    add(new Connection(fd, nextGeneration(), this, protocol));
  }

  /** Watches a new connection from now on. */
  private void add(Connection connection) {
    connections++;
    watch(connection, connection.watched());
    if (idleLimit > 0) {
      connection.closeIdleAfter(idleLimit);
    }
    if (shuttingDown) {
      connection.shutDown();
    }
  }

  private void watch(Channel channel, int events) {
    if (channel.fd >= channels.length) {
      channels = Arrays.copyOf(channels, Math.max(channel.fd + 1, 2 * channels.length));
    }
    channels[channel.fd] = channel;
    registry.want(channel.fd, events, channel.token);
  }

  /** Closes a channel's descriptor and forgets the channel. */
  void closed(Channel channel) {
    channels[channel.fd] = null;
    connections -= channel instanceof Connection ? 1 : 0;
    registry.close(channel.fd);
    acceptAgain = acceptPaused ? nanoTime.getAsLong() : acceptAgain;
  }

  /**
   * Leaves the accept queues alone: no listener is watched until a descriptor comes free, or {@link
   * #ACCEPT_PAUSE_NANOS} have passed. {@link #acceptAgain} says when that is; {@link #closed} sets
   * it to now, and {@link #patience} wakes up for it.
   */
  void pauseAccepting() {
    // tag::descriptors[]
    // > // The next turn will show.
    acceptPaused = true;
    acceptAgain = nanoTime.getAsLong() + ACCEPT_PAUSE_NANOS;
    watchListeners(0);
    // end::descriptors[]
  }

  /** Has the listeners watched again, and the reserve held, if it is time for that. */
  private void resumeAccepting() {
    // tag::descriptors[]
    // > // Nothing is ever paused, so far.
    if (acceptPaused && nanoTime.getAsLong() - acceptAgain >= 0) {
      acceptPaused = false;
      reserve.hold();
      watchListeners(EPOLLIN);
    }
    // end::descriptors[]
  }

  private void watchListeners(int events) {
    for (Channel each : channels) {
      if (each instanceof Listener listener) {
        registry.want(listener.fd, events, listener.token);
      }
    }
  }

  /** How long the next wait may last. */
  private long patience() {
    if (!unfinished.isEmpty()) {
      return 0;
    }
    if (timers.isEmpty() && !acceptPaused) {
      return Waiter.FOREVER;
    }
    long now = now();
    long pause = acceptPaused ? Math.max(0, acceptAgain - now) : Long.MAX_VALUE;
    return Math.min(pause, timers.patience(now));
  }

  /**
   * Winds up: accepts who waits to be accepted and nobody after that, lets each connection answer
   * what has arrived by then and close ({@link Protocol#stopping}), and ends {@link #run} with the
   * last of them. From any thread; after {@link #close} it does nothing.
   */
  public void shutdown() {
    mailbox.put(this::beginShutdown);
  }

  private void beginShutdown() {
    shuttingDown = true;
    // By number: whoever is accepted meanwhile comes into the array as well.
    for (int fd = 0; fd < channels.length; fd++) {
      if (channels[fd] instanceof Listener listener) {
        listener.lastCall();
      }
    }
    for (Channel each : channels) {
      if (each instanceof Connection connection) {
        connection.shutDown();
      }
    }
  }

  /** Ends {@link #run} after the turn under way. From any thread, also before it has begun. */
  public void stop() {
    stopped = true;
    wakeUp.wake();
  }

  /**
   * Runs what {@link #execute} has accepted, then closes every connection and listener, and the
   * loop's own descriptors. What a task throws reaches the caller, when all is closed; the tasks
   * behind it are not run.
   */
  @Override
  public void close() {
    try {
      mailbox.close();
    } finally {
      for (Channel each : channels) {
        if (each != null) {
          each.close();
        }
      }
      reserve.release();
      epoll.close(epfd);
    }
  }

  Sockets sockets() {
    return sockets;
  }

  Buffers buffers() {
    return buffers;
  }

  /** What makes it possible to turn somebody away when there is no other descriptor. */
  Reserve reserve() {
    return reserve;
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

  private static int check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("%s: %s".formatted(call, Errno.name(result)));
    }
    return result;
  }
}
