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

  /**
   * A call that was made, or something that happened beside the calls.
   *
   * @param nanoTime when, on the clock of what is recorded
   * @param text such as {@code recv(7, ≤ 65,536) → 65,536}
   */
  public record Entry(long nanoTime, String text) {}

  private final Sockets sockets;
  private final Epoll epoll;
  private final EventLayout layout;
  private final LongSupplier clock;
  private final Trace trace = new Trace(KEPT);
  private final Names names = new Names();
  private final long[] counts = new long[Call.values().length];

  private Recording(Sockets sockets, Epoll epoll, EventLayout layout, LongSupplier clock) {
    this.sockets = sockets;
    this.epoll = epoll;
    this.layout = layout;
    this.clock = clock;
  }

  /** Records {@code sockets} and {@code epoll}, which may be one object. */
  public static Recording of(Sockets sockets, Epoll epoll) {
    return epoll instanceof Simulation simulation
        ? new Recording(sockets, epoll, simulation.layout(), simulation::nanoTime)
        : new Recording(sockets, epoll, EventLayout.platform(), System::nanoTime);
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

  /** The last {@code n} calls with their times, oldest first; about a thousand are kept. */
  public List<Entry> entries(int n) {
    return trace.tail(n);
  }

  private int record(Call call, int fd, long argument, int result) {
    return record(call, fd, argument, result, null);
  }

  private int record(Call call, int fd, long argument, int result, @Nullable Object detail) {
    counts[call.ordinal()]++;
    trace.add(call, clock.getAsLong(), fd, argument, result, detail);
    return result;
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    return record(Call.SOCKET, 0, 0, sockets.socket(domain, type, protocol));
  }

  @Override
  public int bind(int fd, InetSocketAddress address) {
    return record(Call.BIND, fd, 0, sockets.bind(fd, address), address);
  }

  @Override
  public int listen(int fd, int backlog) {
    return record(Call.LISTEN, fd, backlog, sockets.listen(fd, backlog));
  }

  @Override
  public int accept4(int fd, int flags) {
    return record(Call.ACCEPT4, fd, flags, sockets.accept4(fd, flags));
  }

  @Override
  public int connect(int fd, InetSocketAddress address) {
    return record(Call.CONNECT, fd, 0, sockets.connect(fd, address), address);
  }

  @Override
  public @Nullable InetSocketAddress getsockname(int fd) {
    InetSocketAddress address = sockets.getsockname(fd);
    record(Call.GETSOCKNAME, fd, 0, address == null ? -1 : 0, address);
    return address;
  }

  @Override
  public @Nullable InetSocketAddress getpeername(int fd) {
    InetSocketAddress address = sockets.getpeername(fd);
    record(Call.GETPEERNAME, fd, 0, address == null ? -1 : 0, address);
    return address;
  }

  @Override
  public int recv(int fd, MemorySegment buffer, long offset, long length, int flags) {
    return record(Call.RECV, fd, length, sockets.recv(fd, buffer, offset, length, flags));
  }

  @Override
  public int send(int fd, MemorySegment buffer, long offset, long length, int flags) {
    return record(Call.SEND, fd, length, sockets.send(fd, buffer, offset, length, flags));
  }

  @Override
  public int read(int fd, MemorySegment buffer, long offset, long length) {
    return record(Call.READ, fd, length, sockets.read(fd, buffer, offset, length));
  }

  @Override
  public int write(int fd, MemorySegment buffer, long offset, long length) {
    return record(Call.WRITE, fd, length, sockets.write(fd, buffer, offset, length));
  }

  @Override
  public int shutdown(int fd, int how) {
    return record(Call.SHUTDOWN, fd, how, sockets.shutdown(fd, how));
  }

  @Override
  public int close(int fd) {
    return record(Call.CLOSE, fd, 0, sockets.close(fd));
  }

  @Override
  public int setsockopt(int fd, int level, int name, int value) {
    int result = sockets.setsockopt(fd, level, name, value);
    return record(Call.SETSOCKOPT, fd, (long) level << 32 | name, result);
  }

  @Override
  public int setsockopt(int fd, int level, int name, MemorySegment value) {
    int result = sockets.setsockopt(fd, level, name, value);
    return record(Call.SETSOCKOPT, fd, (long) level << 32 | name, result);
  }

  @Override
  public int getsockopt(int fd, int level, int name, MemorySegment value) {
    int result = sockets.getsockopt(fd, level, name, value);
    return record(Call.GETSOCKOPT, fd, (long) level << 32 | name, result);
  }

  @Override
  public int eventfd(int initial, int flags) {
    return record(Call.EVENTFD, 0, flags, sockets.eventfd(initial, flags));
  }

  @Override
  public int pipe2(MemorySegment ends, int flags) {
    return record(Call.PIPE2, 0, flags, sockets.pipe2(ends, flags));
  }

  @Override
  public int dup(int fd) {
    return record(Call.DUP, fd, 0, sockets.dup(fd));
  }

  /** Another thread's calls are not recorded: the arrays belong to one thread. */
  @Override
  public Sockets forAnotherThread() {
    return sockets.forAnotherThread();
  }

  @Override
  public int create(int flags) {
    return record(Call.EPOLL_CREATE1, 0, flags, epoll.create(flags));
  }

  @Override
  public int add(int epfd, int fd, int events, long token) {
    int result = epoll.add(epfd, fd, events, token);
    if (result == 0) {
      names.put(epfd, fd, token);
    }
    return record(Call.EPOLL_CTL_ADD, fd, events, result);
  }

  @Override
  public int modify(int epfd, int fd, int events, long token) {
    int result = epoll.modify(epfd, fd, events, token);
    if (result == 0) {
      names.put(epfd, fd, token);
    }
    return record(Call.EPOLL_CTL_MOD, fd, events, result);
  }

  @Override
  public int remove(int epfd, int fd) {
    return record(Call.EPOLL_CTL_DEL, fd, 0, epoll.remove(epfd, fd));
  }

  @Override
  public int await(int epfd, MemorySegment events, int max, int millis) {
    int result = epoll.await(epfd, events, max, millis);
    for (int i = 0; i < result; i++) {
      trace.event(i, names.get(epfd, layout.token(events, i)), layout.events(events, i));
    }
    return record(Call.EPOLL_WAIT, epfd, millis, result);
  }
}
