package readiness.kernel;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what crosses the system-call boundary, and changes nothing of it. Counts are exact;
 * of the calls themselves the last few hundred are kept. Allocates nothing while it records, so
 * that budgets of calls and of memory can be held in one test.
 */
public final class Recording implements Sockets, Epoll {
  private final Sockets sockets;
  private final Epoll epoll;

  private Recording(Sockets sockets, Epoll epoll) {
    this.sockets = sockets;
    this.epoll = epoll;
  }

  /** Records {@code sockets} and {@code epoll}, which may be one object. */
  public static Recording of(Sockets sockets, Epoll epoll) {
    return new Recording(sockets, epoll);
  }

  /** How often the call of this name was made: as in the manual, {@code "epoll_wait"}. */
  public long count(String call) {
    throw new UnsupportedOperationException();
  }

  /** How many calls were made in all. */
  public long calls() {
    throw new UnsupportedOperationException();
  }

  /** Sets all counts to 0 and forgets the trace; descriptors keep their names. */
  public void clear() {
    throw new UnsupportedOperationException();
  }

  /** The last {@code n} calls, oldest first, such as {@code send(7, 65,536) → 4,096}. */
  public List<String> tail(int n) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int bind(int fd, InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int listen(int fd, int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int accept4(int fd, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int connect(int fd, InetSocketAddress address) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable InetSocketAddress getsockname(int fd) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable InetSocketAddress getpeername(int fd) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int recv(int fd, MemorySegment buffer, long offset, long length, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int send(int fd, MemorySegment buffer, long offset, long length, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(int fd, MemorySegment buffer, long offset, long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(int fd, MemorySegment buffer, long offset, long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int shutdown(int fd, int how) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int close(int fd) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int setsockopt(int fd, int level, int name, int value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int setsockopt(int fd, int level, int name, MemorySegment value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getsockopt(int fd, int level, int name, MemorySegment value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int eventfd(int initial, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int pipe2(MemorySegment ends, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int dup(int fd) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int create(int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int add(int epfd, int fd, int events, long token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int modify(int epfd, int fd, int events, long token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int remove(int epfd, int fd) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int await(int epfd, MemorySegment events, int max, int millis) {
    throw new UnsupportedOperationException();
  }
}
