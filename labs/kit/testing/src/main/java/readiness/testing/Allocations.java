package readiness.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures how many bytes of heap a piece of code allocates on this thread. {@code
 * ThreadMXBean.getCurrentThreadAllocatedBytes} counts exactly; what has to be kept out are the
 * one-off allocations of a first run, so the code runs warm first.
 */
public final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int BATCHES = 5;

  private Allocations() {}

  /**
   * Bytes allocated by one run, the least of several batches: what a batch allocates by accident (a
   * class loaded, a profile recorded) does not repeat in all of them. The first batch that
   * allocates nothing is the last.
   *
   * @param warmUp how many runs come first, uncounted
   * @param runs how many runs make a batch
   * @return bytes of one run, rounded down
   */
  public static long perRun(int warmUp, int runs, Runnable code) {
    for (int i = 0; i < warmUp; i++) {
      code.run();
    }
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES && least > 0; batch++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < runs; i++) {
        code.run();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return least / runs;
  }
}
