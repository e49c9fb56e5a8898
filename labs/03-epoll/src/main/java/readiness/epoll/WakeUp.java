package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import readiness.kernel.Sockets;

/**
 * Ends a wait from another thread: an eventfd(2) that the loop watches and another thread writes
 * to.
 *
 * <p>Watched edge-triggered, since each write is news then, though nobody ever reads the counter:
 * one system call less for each wake-up.
 */
final class WakeUp extends Channel {
  private final Registry registry;

  /** System calls of the waking threads: a loop's own {@link Sockets} belongs to its thread. */
  private final Sockets sockets;

  private final MemorySegment one = Arena.ofAuto().allocate(JAVA_LONG);
  private boolean closed;

  /** Somebody has woken the loop since {@link #isDue} was asked. The loop's thread's. */
  private boolean due;

  WakeUp(int fd, int generation, Registry registry, Sockets sockets) {
    super(fd, generation);
    this.registry = registry;
    this.sockets = sockets;
    one.set(JAVA_LONG, 0, 1);
  }

  /** Ends the wait under way, or else the next one. From any thread. */
  synchronized void wake() {
    if (!closed) {
      sockets.write(fd, one, 0, one.byteSize());
    }
  }

  @Override
  void ready(int events) {
    due = true;
  }

  @Override
  void goOn() {
    due = true;
  }

  /** Whether there is something to look after, for which the loop was woken. Asks once. */
  boolean isDue() {
    boolean was = due;
    due = false;
    return was;
  }

  @Override
  synchronized void close() {
    closed = true;
    registry.close(fd);
  }
}
