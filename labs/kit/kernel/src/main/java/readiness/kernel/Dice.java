package readiness.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What the seed decides: how often each fault of the menu strikes, when, and how hard. */
final class Dice {
  private final SplittableRandom random;

  /** Of 8 occasions, how many a fault strikes. A fault that is not on the menu is not in here. */
  private final Map<Fault, Integer> strikes = new EnumMap<>(Fault.class);

  Dice(long seed, Fault... menu) {
    random = new SplittableRandom(seed);
    for (Fault each : menu) {
      // Rare faults find what goes wrong after a long good run, frequent ones what piles up.
      strikes.put(each, 1 << random.nextInt(3));
    }
  }

  /** Whether {@code fault} strikes this time. */
  boolean strikes(Fault fault) {
    if (strikes.isEmpty()) {
      return false;
    }
    Integer often = strikes.get(fault);
    return often != null && random.nextInt(8) < often;
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from {@code least} to {@code most}, both included. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** A delay from 1 to {@code microseconds}, in nanoseconds. */
  long delay(int microseconds) {
    return 1_000L * between(1, microseconds);
  }
}
