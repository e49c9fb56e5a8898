package readiness.experiment.serialization;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What work takes of the heap. */
final class Heap {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Heap() {}

  /** Bytes that this thread allocates meanwhile. */
  static long allocated(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
