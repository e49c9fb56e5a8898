package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Errno.EAGAIN;
import static readiness.kernel.Errno.EINVAL;

import java.lang.foreign.MemorySegment;

/** A counter that can be waited for (eventfd(2)); unsigned, at most 2⁶⁴ − 2. */
final class SimEventfd extends OpenFile {
  private static final long MOST = -2;

  private final boolean semaphore;
  private long count;

  SimEventfd(int initial, boolean semaphore) {
    this.count = Integer.toUnsignedLong(initial);
    this.semaphore = semaphore;
  }

  /** Takes the counter's value and sets it to 0; a semaphore gives 1 at a time. */
  @Override
  int read(MemorySegment buffer, long offset, int length) {
    if (length < Long.BYTES) {
      return -EINVAL;
    }
    if (count == 0) {
      return -EAGAIN;
    }
    long taken = semaphore ? 1 : count;
    count -= taken;
    buffer.set(JAVA_LONG_UNALIGNED, offset, taken);
    wake(EPOLLOUT);
    return Long.BYTES;
  }

  /** Adds to the counter. Wakes who watches, whatever is added and whatever was there before. */
  @Override
  int write(MemorySegment buffer, long offset, int length) {
    if (length < Long.BYTES) {
      return -EINVAL;
    }
    long added = buffer.get(JAVA_LONG_UNALIGNED, offset);
    if (added == -1) {
      return -EINVAL;
    }
    if (Long.compareUnsigned(added, MOST - count) > 0) {
      return -EAGAIN;
    }
    count += added;
    wake(EPOLLIN);
    return Long.BYTES;
  }

  @Override
  int poll() {
    return (count != 0 ? EPOLLIN : 0) | (count != MOST ? EPOLLOUT : 0);
  }

  @Override
  void released() {}
}
