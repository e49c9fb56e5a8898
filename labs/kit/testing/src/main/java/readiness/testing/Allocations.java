package readiness.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how many bytes of heap a piece of code allocates on this thread. {@code
 * ThreadMXBean.getCurrentThreadAllocatedBytes} counts exactly; what has to be kept out are the
 * one-off allocations of a first run, so the code runs warm first.
 */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int BATCHES = 5;

  /** So long code that allocates is given to be compiled into code that does not. */
  private static final long PATIENCE_NANOS = 2_000_000_000;

  private static final long PAUSE_NANOS = 20_000_000;

  private Allocations() {}

  /**
   * Bytes allocated by one run, the least of several batches: what a batch allocates by accident (a
   * class loaded, a profile recorded) does not repeat in all of them. The first batch that
   * allocates nothing is the last. As long as something is allocated, more batches follow after
   * pauses in which the compiler can work: on a busy machine its threads may not have had a
   * processor yet, and what is interpreted allocates where compiled code does not.
   *
   * @param warmUp how many runs come first, uncounted
   * @param runs how many runs make a batch
   * @return bytes of one run, rounded down
   */
  public static long perRun(int warmUp, int runs, Runnable code) {
    return perRun(warmUp, runs, 0, code);
  }

  /**
   * As above, for code that may allocate a little: the first batch with no more than {@code
   * allowed} bytes for each run is the last.
   */
  public static long perRun(int warmUp, int runs, long allowed, Runnable code) {
    for (int i = 0; i < warmUp; i++) {
      code.run();
    }
    long least = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (int batch = 0;
        least > allowed * runs && (batch < BATCHES || System.nanoTime() - start < PATIENCE_NANOS);
        batch++) {
      if (batch >= BATCHES) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < runs; i++) {
        code.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / runs;
  }
}
