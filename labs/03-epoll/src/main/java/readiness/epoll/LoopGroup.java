package readiness.epoll;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 *                in turn, by mailbox       the kernel picks one
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

  /** A loop that serves connections, and what it speaks on them: made and used on its thread. */
  private static final class Worker {
    final EventLoop loop;
    private final Supplier<Supplier<Protocol>> protocols;
    private @Nullable Supplier<Protocol> own;

    Worker(EventLoop loop, Supplier<Supplier<Protocol>> protocols) {
      this.loop = loop;
      this.protocols = protocols;
    }

    /** A protocol for one connection. */
    Protocol protocol() {
      if (own == null) {
        own = protocols.get();
      }
      return own.get();
    }

    /** Serves a connection from now on. */
    void serve(int fd) {
      loop.serve(fd, this::protocol);
    }
  }

  /** A loop and the thread that turns it. */
  private record Running(EventLoop loop, Thread thread) {
    /**
     * Waits until {@code end} on {@code clock}, then stops the loop; says whether it came to that.
     */
    boolean endsBy(long end, LongSupplier clock) throws InterruptedException {
      boolean inTime = thread.join(Duration.ofNanos(Math.max(0, end - clock.getAsLong())));
      if (!inTime) {
        loop.stop();
        thread.join();
      }
      return inTime;
    }
  }

  /** What an acceptor speaks itself: nothing, since it serves nobody. */
  private static final Supplier<Protocol> HANDED_OUT =
      () -> {
        throw new IllegalStateException("an acceptor serves nobody");
      };

  private final LongSupplier nanoTime;
  private final List<Worker> workers = new ArrayList<>();
  private final List<EventLoop> acceptors = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private final InetSocketAddress address;

  /** What has ended a loop that should have gone on: the first of it. */
  private final AtomicReference<@Nullable Throwable> defect = new AtomicReference<>();

  /** How many connections were handed out; goes on below 0 when it is full. The acceptor's. */
  private int handedOut;

  private LoopGroup(
      int size,
      Accepting accepting,
      Supplier<EventLoop> loops,
      InetSocketAddress address,
      int backlog,
      Supplier<Supplier<Protocol>> protocols,
      LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    try {
      for (int i = 0; i < size; i++) {
        workers.add(new Worker(loops.get(), protocols));
      }
      if (accepting == Accepting.HAND_OUT) {
        acceptors.add(loops.get());
      }
      this.address = listen(address, backlog);
    } catch (RuntimeException e) {
      loops().forEach(EventLoop::close);
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
   * @param protocols asked once by each loop that serves, on its thread: what it answers makes what
   *     is spoken on each of that loop's connections, so these may share what they like
   * @throws IllegalStateException if the kernel refuses, with the call, the address and the reason;
   *     nothing is left open then
   */
  public static LoopGroup start(
      int size,
      Accepting accepting,
      Supplier<EventLoop> loops,
      InetSocketAddress address,
      int backlog,
      Supplier<Supplier<Protocol>> protocols) {
    return start(size, accepting, loops, address, backlog, protocols, System::nanoTime);
  }

  /** As above, with a clock of one's own for {@link #stop}. */
  static LoopGroup start(
      int size,
      Accepting accepting,
      Supplier<EventLoop> loops,
      InetSocketAddress address,
      int backlog,
      Supplier<Supplier<Protocol>> protocols,
      LongSupplier nanoTime) {
    if (size < 1) {
      throw new IllegalArgumentException("a group of %d loops serves nobody".formatted(size));
    }
    LoopGroup group = new LoopGroup(size, accepting, loops, address, backlog, protocols, nanoTime);
    group.workers.forEach(worker -> group.prepare(worker.loop, "worker"));
    group.acceptors.forEach(acceptor -> group.prepare(acceptor, "acceptor"));
    group.running.forEach(each -> each.thread.start());
    return group;
  }

  private void prepare(EventLoop loop, String role) {
    String name = role + "-" + running.size();
    running.add(new Running(loop, Thread.ofPlatform().name(name).unstarted(() -> run(loop))));
  }

  /** A loop that ends by a defect takes the others with it: its share would be lost in silence. */
  private void run(EventLoop loop) {
    try (loop) {
      loop.run();
    } catch (Throwable e) {
      if (defect.compareAndSet(null, e)) {
        running.forEach(each -> each.loop.stop());
      }
      throw e;
    }
  }

  private List<EventLoop> loops() {
    return Stream.concat(workers.stream().map(each -> each.loop), acceptors.stream()).toList();
  }

  /** Where the group listens, with the port that it was given. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Has the acceptor listen and {@link #handOut} what it accepts, or without one each worker listen
   * on the same address with SO_REUSEPORT, and speak its own {@link Worker#protocol}. Before any of
   * them runs.
   *
   * @param wanted where; its port may be 0, and then all listen on the one that the first is given
   * @return where they listen
   */
  private InetSocketAddress listen(InetSocketAddress wanted, int backlog) {
    throw new NotYet("many-loops");
  }

  /**
   * Gives a connection to the worker whose {@link #turn} it is, which is to {@link Worker#serve
   * serve} it on its own thread. If that one is closed already, so is the connection. On the
   * acceptor's thread.
   *
   * @param acceptor whose {@link EventLoop#sockets} this thread may use
   * @param fd the connection's descriptor, the group's until a worker has it
   */
  private void handOut(EventLoop acceptor, int fd) {
    throw new NotYet("many-loops");
  }

  /**
   * Whose turn it is when {@code handedOut} connections have been handed out: each of the workers
   * after the other, over and over.
   *
   * @param handedOut any int: a counter that is full goes on below 0
   * @return from 0 to {@code workers - 1}
   */
  static int turn(int handedOut, int workers) {
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

  private List<EventLoop> workerLoops() {
    return workers.stream().map(each -> each.loop).toList();
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

  /**
   * Waits until all loops have ended.
   *
   * @throws ExecutionException if one of them has ended by a defect of its own, which is the cause;
   *     the others were stopped for it
   */
  public void join() throws InterruptedException, ExecutionException {
    for (Running each : running) {
      each.thread.join();
    }
    Throwable cause = defect.get();
    if (cause != null) {
      throw new ExecutionException("a loop has ended by a defect", cause);
    }
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
