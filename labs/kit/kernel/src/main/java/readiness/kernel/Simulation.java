package readiness.kernel;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kernel in plain memory: {@link Sockets} and {@link Epoll}, seeded, with a virtual clock. */
public final class Simulation implements Sockets, Epoll {
  private Simulation() {}

  /**
   * A new simulation.
   *
   * @param seed decides everything that is left open; the same seed, the same run
   * @param menu the faults that may strike; none for a kind kernel
   */
  public static Simulation seeded(long seed, Fault... menu) {
    throw new UnsupportedOperationException();
  }

  /** Writes events in this layout instead of the machine's own. Returns this. */
  public Simulation withLayout(EventLayout layout) {
    throw new UnsupportedOperationException();
  }

  /** Lets at most {@code limit} descriptors be open, as RLIMIT_NOFILE does. Returns this. */
  public Simulation withDescriptors(int limit) {
    throw new UnsupportedOperationException();
  }

  /** A scripted end of a connection; {@code name} is what traces call it. */
  public Peer peer(String name) {
    throw new UnsupportedOperationException();
  }

  /** The virtual clock, in nanoseconds. A call takes a microsecond, a wait its time. */
  public long nanoTime() {
    throw new UnsupportedOperationException();
  }

  /** Lets {@code time} pass. */
  public void advance(java.time.Duration time) {
    throw new UnsupportedOperationException();
  }

  /**
   * Turns a loop until every script is done, nothing is under way, and the loop waits for events
   * that will not come.
   *
   * @param turn one wait and its dispatch
   * @throws Finding if the loop sleeps for ever while work waits, if it spins, if it blocks
   */
  public void drive(Runnable turn) {
    throw new UnsupportedOperationException();
  }

  /** How many turns {@link #drive} has made in all. */
  public long turns() {
    throw new UnsupportedOperationException();
  }

  /** How many descriptors are open. */
  public int openDescriptors() {
    throw new UnsupportedOperationException();
  }

  /** The last {@code n} calls and peers' actions, oldest first. */
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
