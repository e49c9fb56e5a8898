package readiness.kernel;

import static readiness.kernel.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * An open file description: what one or several descriptor numbers stand for (open(2)). It goes
 * when the last of its numbers is closed, and with it its registrations with epolls. That these
 * belong to the description and not to the number is the reason of the "dup trap" (epoll(7), Q6).
 */
abstract class OpenFile {
  private final List<Watcher> watchers = new ArrayList<>(1);
  private int numbers;
  private boolean nonblocking;

  /** What is so now, of EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP and EPOLLRDHUP. */
  abstract int poll();

  /** The last number has been closed. */
  abstract void released();

  /** read(2): bytes read, or a negated errno; {@code -EAGAIN} where the call would wait. */
  int read(MemorySegment buffer, long offset, int length) {
    return -EINVAL;
  }

  /** write(2), with results as {@link #read}. */
  int write(MemorySegment buffer, long offset, int length) {
    return -EINVAL;
  }

  final boolean nonblocking() {
    return nonblocking;
  }

  final void nonblocking(boolean is) {
    nonblocking = is;
  }

  final List<Watcher> watchers() {
    return watchers;
  }

  /** Who came last is told first; those who share with EPOLLEXCLUSIVE stand behind all others. */
  final void watch(Watcher watcher, boolean exclusive) {
    watchers.add(exclusive ? watchers.size() : 0, watcher);
  }

  /** Tells everyone who watches. */
  final void wake(int key) {
    for (int i = 0; i < watchers.size(); i++) {
      watchers.get(i).wake(key);
    }
  }

  final void named() {
    numbers++;
  }

  final void unnamed() {
    if (--numbers > 0) {
      return;
    }
    for (Watcher each : List.copyOf(watchers)) {
      if (each instanceof Registration registration) {
        registration.end();
      }
    }
    released();
  }
}
