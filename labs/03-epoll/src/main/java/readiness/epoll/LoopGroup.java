package readiness.epoll;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import readiness.kernel.NotYet;

/**
 * Several loops that serve one address, each on a thread of its own. A connection belongs to one of
 * them from beginning to end, so nothing that it owns needs a lock.
 *
 * <pre>
 *   HAND_OUT                               REUSE_PORT
 *
 *   listener ──▶ acceptor ──▶ worker 1     listener 1 ──▶ worker 1
 *                         ──▶ worker 2     listener 2 ──▶ worker 2
 *                in turn, by mailbox       the kernel picks one, by a hash
 * </pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class LoopGroup implements AutoCloseable {
  /** Who decides which loop gets a connection. */
  public enum Accepting {
    /** A loop that does nothing else accepts all of them and hands them out in turn. */
    HAND_OUT,

    /** The kernel: each loop has a listener of its own on the address, socket(7), SO_REUSEPORT. */
    REUSE_PORT
  }

  /** A loop and the thread that turns it. */
  private record Running(EventLoop loop, Thread thread) {
    /** Waits until {@code end}, by nanoTime, then stops the loop; says whether it came to that. */
    boolean endsBy(long end) throws InterruptedException {
      boolean inTime = thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      if (!inTime) {
        loop.stop();
        thread.join();
      }
      return inTime;
    }
  }

  private final List<EventLoop> workers = new ArrayList<>();
  private final List<EventLoop> acceptors = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private final InetSocketAddress address;

  /** Who is next to be given a connection. The acceptor's. */
  private int next;

  private LoopGroup(
      int size,
      Accepting accepting,
      Supplier<EventLoop> loops,
      InetSocketAddress address,
      int backlog,
      Supplier<Protocol> protocol) {
    try {
      for (int i = 0; i < size; i++) {
        workers.add(loops.get());
      }
      if (accepting == Accepting.HAND_OUT) {
        acceptors.add(loops.get());
      }
      this.address = listen(address, backlog, protocol);
    } catch (RuntimeException e) {
      workers.forEach(EventLoop::close);
      acceptors.forEach(EventLoop::close);
      throw e;
    }
  }

  /**
   * Listens and serves from now on.
   *
   * @param size how many loops serve connections, at least 1; as many as there are processors is a
   *     good number
   * @param loops makes a loop with a kernel interface of its own, each time that it is asked
   * @param address of this machine; port 0 takes a free one, which {@link #address()} tells
   * @param backlog how many connections may wait at each listener; the kernel clamps it
   * @param protocol makes what is spoken on each connection; with {@link Accepting#REUSE_PORT} it
   *     is called by several threads at once
   * @throws IllegalStateException if the kernel refuses, with the call, the address and the reason;
   *     nothing is left open then
   */
  public static LoopGroup start(
      int size,
      Accepting accepting,
      Supplier<EventLoop> loops,
      InetSocketAddress address,
      int backlog,
      Supplier<Protocol> protocol) {
    if (size < 1) {
      throw new IllegalArgumentException("a group of %d loops serves nobody".formatted(size));
    }
    LoopGroup group = new LoopGroup(size, accepting, loops, address, backlog, protocol);
    group.workers.forEach(loop -> group.start(loop, "worker"));
    group.acceptors.forEach(loop -> group.start(loop, "acceptor"));
    return group;
  }

  private void start(EventLoop loop, String role) {
    Thread thread =
        Thread.ofPlatform().name(role + "-" + running.size()).unstarted(() -> run(loop));
    running.add(new Running(loop, thread));
    thread.start();
  }

  private static void run(EventLoop loop) {
    try (loop) {
      loop.run();
    }
  }

  /** Where the group listens, with the port that it was given. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Has the acceptor listen and {@link #handOut} what it accepts, or without one each worker listen
   * on the same address with SO_REUSEPORT. Before any of them runs.
   *
   * @param wanted where; its port may be 0, and then all listen on the one that the first is given
   * @return where they listen
   */
  private InetSocketAddress listen(
      InetSocketAddress wanted, int backlog, Supplier<Protocol> protocol) {
    throw new NotYet("many-loops");
  }

  /**
   * Gives a connection to the next worker, which is to {@link EventLoop#serve serve} it on its own
   * thread. If that one is closed already, so is the connection. On the acceptor's thread.
   *
   * @param acceptor whose {@link EventLoop#sockets} this thread may use
   * @param fd the connection's descriptor, the group's until a worker has it
   */
  private void handOut(EventLoop acceptor, int fd, Protocol protocol) {
    throw new NotYet("many-loops");
  }

  /**
   * Stops in order. Whoever waits to be accepted is accepted still, what has arrived on a
   * connection is answered, then it is closed; the loops end with their last connection, and their
   * threads with them. What is not done by the deadline is cut off.
   *
   * <p>Acceptors go first: as long as one runs, it hands connections out, and a worker that has
   * ended would refuse them.
   *
   * @param patience how long all of that may take together
   * @return whether it was done in time
   */
  public boolean stop(Duration patience) throws InterruptedException {
    throw new NotYet("many-loops");
  }

  /**
   * {@link EventLoop#shutdown Shuts} {@code loops} down, all at the same time, and waits until the
   * threads of all of them have ended: by {@code end}, or cut off then ({@link Running#endsBy}).
   *
   * @return whether nothing had to be cut off
   */
  private boolean shutDown(List<EventLoop> loops, long end) throws InterruptedException {
    throw new NotYet("many-loops");
  }

  /** Stops at once: every connection is closed, and the threads have ended when this returns. */
  @Override
  public void close() {
    running.forEach(each -> each.loop.stop());
    boolean interrupted = false;
    for (Running each : running) {
      while (each.thread.isAlive()) {
        try {
          each.thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
