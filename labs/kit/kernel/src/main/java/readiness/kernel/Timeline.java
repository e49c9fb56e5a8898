package readiness.kernel;

import java.util.PriorityQueue;

/**
 * The virtual clock and what is still to happen. Time passes only when somebody lets it pass, and
 * what is due then happens in order: by time, and at one time in the order in which it was planned.
 */
final class Timeline {
  /** A time that never comes. */
  static final long NEVER = Long.MAX_VALUE;

  private record Happening(long time, long order, Runnable what) implements Comparable<Happening> {
    @Override
    public int compareTo(Happening other) {
      return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Happening> planned = new PriorityQueue<>();
  private long now;
  private long plans;

  /** Nanoseconds since the simulation began. */
  long now() {
    return now;
  }

  /** Plans {@code what} for {@code delay} nanoseconds from now. */
  void after(long delay, Runnable what) {
    planned.add(new Happening(now + delay, plans++, what));
  }

  /** When the next thing happens, or {@link #NEVER}. */
  long next() {
    Happening first = planned.peek();
    return first == null ? NEVER : first.time;
  }

  /** Lets time pass until {@code time}, and with it all that is due. */
  void passUntil(long time) {
    while (next() <= time) {
      Happening each = planned.remove();
      now = Math.max(now, each.time);
      each.what.run();
    }
    now = Math.max(now, time);
  }
}
