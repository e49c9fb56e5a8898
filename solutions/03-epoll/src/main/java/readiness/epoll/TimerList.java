package readiness.epoll;

import org.jspecify.annotations.Nullable;

/**
 * Timers in the order in which they came, linked through themselves: to add one and to remove one,
 * also from the middle, takes the same few steps however many there are, and no memory.
 */
final class TimerList {
  private @Nullable Timer first;
  private @Nullable Timer last;

  /** The one that came first; null if there is none. */
  @Nullable Timer first() {
    return first;
  }

  /** Puts in a timer that is in no list. */
  void add(Timer timer) {
    timer.previous = last;
    if (last == null) {
      first = timer;
    } else {
      last.next = timer;
    }
    last = timer;
  }

  /** Takes out a timer that is in this list. */
  void remove(Timer timer) {
    Timer before = timer.previous;
    Timer after = timer.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    timer.previous = null;
    timer.next = null;
  }
}
