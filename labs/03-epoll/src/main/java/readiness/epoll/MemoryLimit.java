package readiness.epoll;

import java.util.concurrent.atomic.AtomicLong;
import readiness.kernel.OutOfBuffers;

/**
 * How much memory may be lent at once to all connections together, of one loop or of several that
 * share this limit. For any thread.
 */
public final class MemoryLimit {
  private final long limit;
  private final AtomicLong lent = new AtomicLong();

  /**
   * @param limit in bytes, 0 or more
   */
  public MemoryLimit(long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit of %d bytes".formatted(limit));
    }
    this.limit = limit;
  }

  /** How many bytes are lent. */
  public long lent() {
    return lent.get();
  }

  /** Lends {@code bytes}, or throws {@link OutOfBuffers} and lends none. */
  void take(long bytes) {
    if (lent.addAndGet(bytes) > limit) {
      long others = lent.addAndGet(-bytes);
      throw new OutOfBuffers(bytes, others, limit);
    }
  }

  void give(long bytes) {
    lent.addAndGet(-bytes);
  }
}
