package readiness.epoll;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * Timers, in slots by when they are due: to put one in and to take one out costs the same few steps
 * however many there are, and no memory: what links a timer to its neighbours lies in the timer.
 *
 * <p>Time is counted in ticks of a millisecond since the wheel was made, and a tick is read like
 * the figures of a mileage counter, six bits to a figure. A timer lies on the level of the highest
 * figure in which its time differs from now, in the slot with that figure's value. So its time
 * shares all the higher figures with now, and everything on a level is due before everything on the
 * levels above it.
 *
 * <pre>
 *   now = 5·64² + 17·64 + 30
 *
 *   level 0   ticks 31 … 63 of this turn       5·64² + 17·64 + 40  ──▶ slot 40
 *   level 1   64 ticks to a slot: 18 … 63      5·64² + 20·64 +  9  ──▶ slot 20
 *   level 2   64² ticks to a slot: 6 … 63      7·64² +  2·64 + 33  ──▶ slot  7
 *   …
 * </pre>
 *
 * <p>When a slot of a higher level is reached, its timers are dealt: the figure is now's as well,
 * so each of them belongs further down. A timer is dealt at most once for each level, and most are
 * cancelled before.
 *
 * <p>Ticks begin with the wheel, so they are small and positive whatever {@link System#nanoTime}
 * says. G. Varghese and T. Lauck, <i>Hashed and Hierarchical Timing Wheels</i>, SOSP 1987.
 *
 * <p>Belongs to one thread.
 */
final class TimerWheel {
  /** The slot of a timer that is in none. */
  static final int NOWHERE = -1;

  private static final long NANOS_PER_TICK = 1_000_000;

  /** Bits to a figure. */
  private static final int BITS = 6;

  private static final int SLOTS = 1 << BITS;

  /** 48 bits of ticks, where nanoseconds in a long make 44. */
  private static final int LEVELS = 8;

  private static final int NONE = -1;

  private final long beginning;

  /** Level by level, {@link #SLOTS} of them each. */
  private final TimerList[] slots = new TimerList[LEVELS * SLOTS];

  /** For each level, which of its slots hold timers. */
  private final long[] occupied = new long[LEVELS];

  /** In ticks. Whatever was due before is no longer in the wheel. */
  private long now;

  private int size;

  /**
   * An empty wheel.
   *
   * @param nanoTime what time it is, on the clock that all other times are of; like that of {@link
   *     System#nanoTime} it may begin anywhere and go round
   */
  TimerWheel(long nanoTime) {
    beginning = nanoTime;
    Arrays.setAll(slots, _ -> new TimerList());
  }

  /** How many timers there are. */
  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Has {@link #poll} hand out {@code timer} when {@code delay} nanoseconds have passed since
   * {@code from}, and not before. If it was due at another time, it is no longer.
   *
   * @param from a time not after now
   * @param delay in nanoseconds, 0 or more
   */
  void schedule(Timer timer, long from, long delay) {
    cancel(timer);
    long passed = from - beginning;
    if (isEmpty()) {
      now = Math.max(now, passed / NANOS_PER_TICK);
    }
    // A sum of more than a long is for 292 years and more.
    long until = passed + delay < 0 ? Long.MAX_VALUE - NANOS_PER_TICK : passed + delay;
    timer.when = Math.max(now, tick(until));
    put(timer);
  }

  /** The first tick that does not begin before {@code nanos}, counted from the beginning. */
  private static long tick(long nanos) {
    throw new NotYet("timers");
  }

  /**
   * {@link #link Links} a timer into the slot where its time belongs: on the level of the highest
   * figure in which it differs from {@link #now} (level 0 if it is now), at the index that is this
   * figure's value. Notes in {@link #occupied} that the slot holds something.
   */
  private void put(Timer timer) {
    throw new NotYet("timers");
  }

  /**
   * {@link #unlink Unlinks} a timer, and takes the note out of {@link #occupied} if its slot is
   * empty now. A timer that is {@link #NOWHERE} stays there. Of one that is cancelled nothing is
   * left in the wheel, however far away its time was.
   */
  void cancel(Timer timer) {
    throw new NotYet("timers");
  }

  private void link(Timer timer, int slot) {
    slots[slot].add(timer);
    timer.slot = slot;
    size++;
  }

  private void unlink(Timer timer) {
    slots[timer.slot].remove(timer);
    timer.slot = NOWHERE;
    size--;
  }

  /** The level of what is due first, or {@link #NONE}. */
  private int lowestLevel() {
    for (int level = 0; level < LEVELS; level++) {
      if (occupied[level] != 0) {
        return level;
      }
    }
    return NONE;
  }

  /**
   * The tick with which the first slot on a level begins that holds timers: now's figures above the
   * level, the slot's index on it, zeros below.
   */
  private long begin(int level) {
    throw new NotYet("timers");
  }

  /** The timers of the slot with which {@link #begin} is concerned. */
  private TimerList firstSlot(int level) {
    return slots[level * SLOTS + Long.numberOfTrailingZeros(occupied[level])];
  }

  /**
   * Takes a timer out that is due, in the order of time; among those of one tick, in any order.
   * Goes from slot to slot as far as time has come, and {@link #now} goes along, to each slot's
   * {@link #begin beginning} before anything is done with it: one on level 0 holds what is due, one
   * on a higher level is {@link #deal dealt}.
   *
   * @param nanoTime what time it is, not before that of the last call
   * @return null if there is none; all that was due has been handed out then, and now is the tick
   *     of {@code nanoTime}
   */
  @Nullable Timer poll(long nanoTime) {
    throw new NotYet("timers");
  }

  /** Time has come to a slot of a higher level: each of its timers is put where it belongs now. */
  private void deal(TimerList slot) {
    throw new NotYet("timers");
  }

  /**
   * How long nothing is to be done here: until the first timer is due, or a slot is to be dealt.
   *
   * @param nanoTime what time it is
   * @return nanoseconds, 0 if something is due; {@link Long#MAX_VALUE} if there are no timers
   */
  long patience(long nanoTime) {
    int level = lowestLevel();
    return level == NONE
        ? Long.MAX_VALUE
        : Math.max(0, begin(level) * NANOS_PER_TICK - (nanoTime - beginning));
  }
}
