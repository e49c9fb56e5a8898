package readiness.epoll;

import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Buffers;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.NotYet;
import readiness.kernel.Sockets;

/**
 * One thread, many connections: waits until some of them are ready, serves these, waits again.
 *
 * <pre>
 *        ┌──────────────── turn ────────────────┐
 *        │                                      │
 *   apply what is          wait            dispatch: each
 *   to be watched  ──▶  epoll_wait(2)  ──▶  ready channel   ──▶ again
 *     Registry            Waiter            Listener, Connection
 * </pre>
 *
 * <p>Level-triggered: what was not finished is reported again. A request in steady state costs one
 * recv, one send and its share of a wait; no epoll_ctl and no allocation.
 *
 * <p>All methods belong to one thread at a time, but for {@link #stop}.
 */
public final class EventLoop implements AutoCloseable {
  /** So many events one wait may bring; the rest comes with the next. */
  private static final int EVENTS = 256;

  private static final long INPUT = 64 * 1024;

  /** How long to leave the accept queue alone when there are no descriptors for it. */
  private static final long ACCEPT_PAUSE_NANOS = 100_000_000;

  private final Sockets sockets;
  private final Epoll epoll;
  private final LongSupplier nanoTime;
  private final Buffers buffers;
  private final int epfd;
  private final Registry registry;
  private final Waiter waiter;
  private final WakeUp wakeUp;
  private final EventArray events = new EventArray(EVENTS);

  /** Where connections receive, one after the other. */
  private final MemorySegment input = Arena.ofAuto().allocate(INPUT, 64);

  /** By descriptor: the kernel hands out the lowest free number, so an array does for a map. */
  private @Nullable Channel[] channels = new Channel[64];

  private int generation;
  private boolean acceptPaused;
  private long acceptAgain;
  private volatile boolean stopped;

  /**
   * An idle loop.
   *
   * @param sockets the system calls on sockets
   * @param epoll the system calls on epolls, of the same kernel
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param buffers lends memory for bytes that have to wait
   * @throws IllegalStateException if the kernel refuses an epoll or an eventfd
   */
  public EventLoop(Sockets sockets, Epoll epoll, LongSupplier nanoTime, Buffers buffers) {
    this.sockets = sockets;
    this.epoll = epoll;
    this.nanoTime = nanoTime;
    this.buffers = buffers;
    this.epfd = check("epoll_create1", epoll.create(Epoll.EPOLL_CLOEXEC));
    this.registry = new Registry(sockets, epoll, epfd);
    this.waiter = new Waiter(epoll, epfd, nanoTime);
    this.wakeUp = new WakeUp(eventfd(), generation++, registry, sockets.forAnotherThread());
    watch(wakeUp, EPOLLIN | EPOLLET);
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
    boolean six = address.getAddress() instanceof Inet6Address;
    int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
    int fd = check("socket", sockets.socket(six ? Sockets.AF_INET6 : Sockets.AF_INET, type, 0));
    try {
      check("SO_REUSEADDR", sockets.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1));
      // Connections inherit it. Answers leave in one piece, so nothing is gained by holding back.
      check("TCP_NODELAY", sockets.setsockopt(fd, Sockets.IPPROTO_TCP, Sockets.TCP_NODELAY, 1));
      check("bind to " + address, sockets.bind(fd, address));
      check("listen on " + address, sockets.listen(fd, backlog));
    } catch (IllegalStateException e) {
      sockets.close(fd);
      throw e;
    }
    watch(new Listener(fd, generation++, this, protocol), EPOLLIN);
    return fd;
  }

  /** Turns until {@link #stop}. */
  public void run() {
    while (!stopped) {
      turn();
    }
  }

  /** Waits once and serves whatever is ready. */
  public void turn() {
    registry.apply();
    int ready = waiter.await(events, patience());
    resumeAccepting();
    dispatch(ready);
  }

  /**
   * Hands the first {@code ready} events to their channels: each event's flags to {@link
   * Channel#ready} of the one that {@link #find} knows by the event's token. Events that belong to
   * nobody any more are passed over.
   */
  private void dispatch(int ready) {
    throw new NotYet("echo");
  }

  /**
   * The channel that a token was given to. Null if it has been closed since, by an earlier event of
   * the same turn: another one may have its number by now, but not its generation.
   */
  private @Nullable Channel find(long token) {
    Channel channel = channels[Token.fd(token)];
    return channel != null && channel.token == token ? channel : null;
  }

  /** Serves a new connection from now on. */
  void adopt(int fd, Protocol protocol) {
    watch(new Connection(fd, generation++, this, protocol), EPOLLIN);
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
    registry.close(channel.fd);
    acceptAgain = acceptPaused ? nanoTime.getAsLong() : acceptAgain;
  }

  /** Leaves the accept queues alone until a descriptor comes free, or for a while. */
  void pauseAccepting() {
    acceptPaused = true;
    acceptAgain = nanoTime.getAsLong() + ACCEPT_PAUSE_NANOS;
    watchListeners(0);
  }

  private void resumeAccepting() {
    if (acceptPaused && nanoTime.getAsLong() - acceptAgain >= 0) {
      acceptPaused = false;
      watchListeners(EPOLLIN);
    }
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
    return acceptPaused ? Math.max(0, acceptAgain - nanoTime.getAsLong()) : Waiter.FOREVER;
  }

  /** Ends {@link #run} after the turn under way. From any thread, also before it has begun. */
  public void stop() {
    stopped = true;
    wakeUp.wake();
  }

  /** Closes every connection and listener, and the loop's own descriptors. */
  @Override
  public void close() {
    for (Channel each : channels) {
      if (each != null) {
        each.close();
      }
    }
    epoll.close(epfd);
  }

  Sockets sockets() {
    return sockets;
  }

  Buffers buffers() {
    return buffers;
  }

  Registry registry() {
    return registry;
  }

  /** Memory that lasts until the next event. */
  MemorySegment input() {
    return input;
  }

  private static int check(String call, int result) {
    if (result < 0) {
      throw new IllegalStateException("%s: %s".formatted(call, Errno.name(result)));
    }
    return result;
  }
}
