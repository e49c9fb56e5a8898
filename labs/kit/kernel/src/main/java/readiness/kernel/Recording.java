package readiness.kernel;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what crosses the system-call boundary, and changes nothing of it. Counts are exact;
 * of the calls themselves the last thousand are kept. It allocates nothing while it records, so
 * that a test can hold budgets of calls and of memory at once.
 */
public final class Recording implements Sockets, Epoll {
  private static final int KEPT = 1024;

  /** Stands for the result of a call that would not return. */
  static final long BLOCKS = Long.MIN_VALUE;

  /** Stands for the result of a wait that would not return. */
  static final long NEVER_RETURNS = Long.MIN_VALUE + 1;

  /** Stands for the result of a call that had not returned when somebody looked. */
  static final long UNDER_WAY = Long.MIN_VALUE + 2;

  /**
   * A call that was made, or something that a peer of a simulation did.
   *
   * @param begun when the call was made, on the clock of what is recorded
   * @param nanoTime when it came back, or when it happened
   * @param call which; {@link Call#NOTE} for what a peer did
   * @param fd the descriptor that it was about: of epoll_ctl the one that is watched; 0 if none
   * @param argument the one that matters: the length of recv and send, the flags that epoll_ctl
   *     asks for, the milliseconds of epoll_wait, the backlog of listen, how of shutdown
   * @param result the call's result, or the negated errno; means nothing unless {@link #returned}
   * @param events what a wait reported, but no more than 8 of them; {@code result} says how many
   *     there were
   * @param peer who did it; of accept4, who was accepted; null if nobody knows
   * @param text such as {@code recv(7, ≤ 65,536) → 65,536}
   */
  public record Entry(
      long begun,
      long nanoTime,
      Call call,
      int fd,
      long argument,
      long result,
      List<Event> events,
      @Nullable String peer,
      String text) {

    /** False for a call that blocks, or waits for ever. */
    public boolean returned() {
      return result > UNDER_WAY;
    }
  }

  /**
   * One event of a wait.
   *
   * @param fd the descriptor for which its token was given; -1 if the token is not known
   * @param flags constants of {@link Epoll}
   */
  public record Event(int fd, int flags) {}

  private final Sockets sockets;
  private final Epoll epoll;
  private final EventLayout layout;
  private final LongSupplier clock;
  private final Trace trace;
  private final Names names = new Names();
  private final long[] counts = new long[Call.values().length];

  private Call call = Call.NOTE;
  private int fd;
  private long argument;
  private long begun;
  private boolean underWay;

  private Recording(
      Sockets sockets, Epoll epoll, EventLayout layout, LongSupplier clock, int kept) {
    trace = new Trace(kept);
    this.sockets = sockets;
    this.epoll = epoll;
    this.layout = layout;
    this.clock = clock;
  }

  /** Records {@code sockets} and {@code epoll}, which may be one object. */
  public static Recording of(Sockets sockets, Epoll epoll) {
    return of(sockets, epoll, KEPT);
  }

  /** As {@link #of(Sockets, Epoll)}, keeping the last {@code kept} calls instead of a thousand. */
  public static Recording of(Sockets sockets, Epoll epoll, int kept) {
    return epoll instanceof Simulation simulation
        ? new Recording(sockets, epoll, simulation.layout(), simulation::nanoTime, kept)
        : new Recording(sockets, epoll, EventLayout.platform(), System::nanoTime, kept);
  }

  /**
   * How often a call was made.
   *
   * @param call its name in the manual, such as {@code "epoll_wait"}; the three operations of
   *     {@code "epoll_ctl"} also by their own: {@code "EPOLL_CTL_MOD"}
   */
  public long count(String call) {
    long count = 0;
    boolean known = false;
    for (Call each : Call.values()) {
      if (each != Call.NOTE && (each.manual().equals(call) || each.name().equals(call))) {
        known = true;
        count += counts[each.ordinal()];
      }
    }
    if (!known) {
      throw new IllegalArgumentException("no system call is recorded as '%s'".formatted(call));
    }
    return count;
  }

  /** How many calls were made in all. */
  public long calls() {
    long calls = 0;
    for (long each : counts) {
      calls += each;
    }
    return calls;
  }

  /** Sets all counts to 0 and forgets the calls. */
  public void clear() {
    Arrays.fill(counts, 0);
    trace.clear();
  }

  /** The last {@code n} calls, oldest first, such as {@code send(7, 65,536) → 4,096}. */
  public List<String> tail(int n) {
    return trace.tail(n).stream().map(Entry::text).toList();
  }

  /**
   * All calls that are kept, oldest first, and last the one that has not returned, if there is one:
   * it blocks, or what it stands on has thrown. From the thread that makes the calls, or after it.
   */
  public List<Entry> entries() {
    List<Entry> entries = trace.tail(Integer.MAX_VALUE);
    if (underWay) {
      Trace last = new Trace(1);
      last.add(call, begun, clock.getAsLong(), fd, argument, UNDER_WAY, null);
      entries.addAll(last.tail(1));
    }
    return entries;
  }

  private void begin(Call call, int fd, long argument) {
    this.call = call;
    this.fd = fd;
    this.argument = argument;
    begun = clock.getAsLong();
    underWay = true;
  }

  private int end(int result) {
    return end(result, null);
  }

  private int end(int result, @Nullable Object detail) {
    underWay = false;
    counts[call.ordinal()]++;
    trace.add(call, begun, clock.getAsLong(), fd, argument, result, detail);
    return result;
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    begin(Call.SOCKET, 0, 0);
    return end(sockets.socket(domain, type, protocol));
  }

  @Override
  public int bind(int fd, InetSocketAddress address) {
    begin(Call.BIND, fd, 0);
    return end(sockets.bind(fd, address), address);
  }

  @Override
  public int listen(int fd, int backlog) {
    begin(Call.LISTEN, fd, backlog);
    return end(sockets.listen(fd, backlog));
  }

  @Override
  public int accept4(int fd, int flags) {
    begin(Call.ACCEPT4, fd, flags);
    return end(sockets.accept4(fd, flags));
  }

  @Override
  public int connect(int fd, InetSocketAddress address) {
    begin(Call.CONNECT, fd, 0);
    return end(sockets.connect(fd, address), address);
  }

  @Override
  public @Nullable InetSocketAddress getsockname(int fd) {
    begin(Call.GETSOCKNAME, fd, 0);
    InetSocketAddress address = sockets.getsockname(fd);
    end(address == null ? -1 : 0, address);
    return address;
  }

  @Override
  public @Nullable InetSocketAddress getpeername(int fd) {
    begin(Call.GETPEERNAME, fd, 0);
    InetSocketAddress address = sockets.getpeername(fd);
    end(address == null ? -1 : 0, address);
    return address;
  }

  @Override
  public int recv(int fd, MemorySegment buffer, long offset, long length, int flags) {
    begin(Call.RECV, fd, length);
    return end(sockets.recv(fd, buffer, offset, length, flags));
  }

  @Override
  public int send(int fd, MemorySegment buffer, long offset, long length, int flags) {
    begin(Call.SEND, fd, length);
    return end(sockets.send(fd, buffer, offset, length, flags));
  }

  @Override
  public int read(int fd, MemorySegment buffer, long offset, long length) {
    begin(Call.READ, fd, length);
    return end(sockets.read(fd, buffer, offset, length));
  }

  @Override
  public int write(int fd, MemorySegment buffer, long offset, long length) {
    begin(Call.WRITE, fd, length);
    return end(sockets.write(fd, buffer, offset, length));
  }

  @Override
  public int shutdown(int fd, int how) {
    begin(Call.SHUTDOWN, fd, how);
    return end(sockets.shutdown(fd, how));
  }

  @Override
  public int close(int fd) {
    begin(Call.CLOSE, fd, 0);
    return end(sockets.close(fd));
  }

  @Override
  public int setsockopt(int fd, int level, int name, int value) {
    begin(Call.SETSOCKOPT, fd, (long) level << 32 | name);
    return end(sockets.setsockopt(fd, level, name, value));
  }

  @Override
  public int setsockopt(int fd, int level, int name, MemorySegment value) {
    begin(Call.SETSOCKOPT, fd, (long) level << 32 | name);
    return end(sockets.setsockopt(fd, level, name, value));
  }

  @Override
  public int getsockopt(int fd, int level, int name, MemorySegment value) {
    begin(Call.GETSOCKOPT, fd, (long) level << 32 | name);
    int result = sockets.getsockopt(fd, level, name, value);
    return end(result, Trace.error(level, name, value, result));
  }

  @Override
  public int eventfd(int initial, int flags) {
    begin(Call.EVENTFD, 0, flags);
    return end(sockets.eventfd(initial, flags));
  }

  @Override
  public int pipe2(MemorySegment ends, int flags) {
    begin(Call.PIPE2, 0, flags);
    return end(sockets.pipe2(ends, flags));
  }

  @Override
  public int dup(int fd) {
    begin(Call.DUP, fd, 0);
    return end(sockets.dup(fd));
  }

  /** Another thread's calls are not recorded: the arrays belong to one thread. */
  @Override
  public Sockets forAnotherThread() {
    return sockets.forAnotherThread();
  }

  @Override
  public int create(int flags) {
    begin(Call.EPOLL_CREATE1, 0, flags);
    return end(epoll.create(flags));
  }

  @Override
  public int add(int epfd, int fd, int events, long token) {
    begin(Call.EPOLL_CTL_ADD, fd, events);
    int result = epoll.add(epfd, fd, events, token);
    if (result == 0) {
      names.put(epfd, fd, token);
    }
    return end(result);
  }

  @Override
  public int modify(int epfd, int fd, int events, long token) {
    begin(Call.EPOLL_CTL_MOD, fd, events);
    int result = epoll.modify(epfd, fd, events, token);
    if (result == 0) {
      names.put(epfd, fd, token);
    }
    return end(result);
  }

  @Override
  public int remove(int epfd, int fd) {
    begin(Call.EPOLL_CTL_DEL, fd, 0);
    return end(epoll.remove(epfd, fd));
  }

  @Override
  public int await(int epfd, MemorySegment events, int max, int millis) {
    begin(Call.EPOLL_WAIT, epfd, millis);
    int result = epoll.await(epfd, events, max, millis);
    for (int i = 0; i < result; i++) {
      trace.event(i, names.get(epfd, layout.token(events, i)), layout.events(events, i));
    }
    return end(result);
  }
}
