package readiness.epoll;

import java.lang.foreign.MemorySegment;
import readiness.kernel.Buffers;
import readiness.kernel.OutOfBuffers;

/** Counts what is lent, and lends nothing when it is told so. */
final class CountedBuffers implements Buffers {
  private final Buffers spare = new SpareBuffers();
  private int lent;
  private int taken;

  /** No more buffers are lent. */
  boolean exhausted;

  @Override
  public MemorySegment take(long bytes) {
    if (exhausted) {
      throw new OutOfBuffers(bytes, lent, lent);
    }
    lent++;
    taken++;
    return spare.take(bytes);
  }

  @Override
  public void give(MemorySegment buffer) {
    lent--;
    spare.give(buffer);
  }

  /** How many buffers are lent. */
  int lent() {
    return lent;
  }

  /** How many were ever lent. */
  int taken() {
    return taken;
  }
}
