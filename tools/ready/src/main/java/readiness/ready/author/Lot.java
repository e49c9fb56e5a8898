package readiness.ready.author;

import java.util.SplittableRandom;

/**
 * Chooses a tenth of the trials: these are made although nothing has changed, so that a note which
 * is out of date or was made up is found in time.
 *
 * @param seed chooses which, the same ones each time
 */
record Lot(long seed) {
  private static final int ONE_IN = 10;

  static Lot atRandom() {
    return new Lot(new SplittableRandom().nextLong(1_000_000));
  }

  boolean falls(String trial) {
    return new SplittableRandom(seed * 31 + trial.hashCode()).nextInt(ONE_IN) == 0;
  }
}
