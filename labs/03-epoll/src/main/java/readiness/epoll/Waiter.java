package readiness.epoll;

import java.util.function.LongSupplier;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.NotYet;

/**
 * Waits for events, for the time that the caller means.
 *
 * <p>epoll_wait(2) counts in milliseconds and gives up with EINTR when a signal arrives. A loop
 * thinks in nanoseconds and has no use for signals. The difference is small and easy to get wrong
 * in both directions: round down, and a loop with a deadline in 300 µs spins until it has come;
 * start over after a signal, and a wait may never end.
 *
 * <p>Belongs to one thread.
 */
final class Waiter {
  /** Wait until something happens. */
  static final long FOREVER = -1;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Epoll epoll;
  private final int epfd;
  private final LongSupplier nanoTime;

  /**
   * @param epoll makes the calls
   * @param epfd the epoll to wait for, which stays the caller's
   * @param nanoTime a clock like {@link System#nanoTime}: it may begin anywhere and pass {@link
   *     Long#MAX_VALUE}. It is read only where a wait has a limit, and not for a look, which has no
   *     time to measure
   */
  Waiter(Epoll epoll, int epfd, LongSupplier nanoTime) {
    this.epoll = epoll;
    this.epfd = epfd;
    this.nanoTime = nanoTime;
  }

  /**
   * Waits until there are events or the time has passed, however many signals arrive meanwhile. A
   * signal that comes when the time is over is answered by one more look: events may have come with
   * it.
   *
   * @param events receives what is ready
   * @param nanos how long to wait at most, in nanoseconds: 0 only looks, {@link #FOREVER} has no
   *     limit
   * @return how many events there are; 0 after the time, or after the 24 days of {@link #millis}
   * @throws IllegalStateException if epoll_wait fails otherwise, which is a bug in this program: to
   *     go on would be to spin
   */
  int await(EventArray events, long nanos) {
    throw new NotYet("waiting");
  }

  /**
   * The timeout for epoll_wait(2) that is not shorter than {@code nanos}.
   *
   * @param nanos how long to wait, in nanoseconds; negative: without limit
   * @return milliseconds, rounded up; at most {@link Integer#MAX_VALUE}, which is 24 days; -1:
   *     without limit
   */
  static int millis(long nanos) {
    throw new NotYet("waiting");
  }

  private int check(int ready) {
    if (ready < 0) {
      throw new IllegalStateException("epoll_wait on fd %d: %s".formatted(epfd, Errno.name(ready)));
    }
    return ready;
  }
}
