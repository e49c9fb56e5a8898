package readiness.bench;

import java.util.Arrays;

/**
 * What several rounds say about one quantity of two servers: in each round, ours divided by the
 * peer's. The middle one counts; how far the rounds lie apart is the noise.
 *
 * @param ratios one for each round, in the order of the rounds
 */
record Comparison(double[] ratios) {
  /** With fewer rounds nobody knows how far they lie apart. */
  private static final int FEWEST = 3;

  Comparison {
    if (ratios.length == 0) {
      throw new IllegalArgumentException("no round, no ratio");
    }
  }

  private double[] sorted() {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** The middle ratio; of an even number of rounds, the mean of the two in the middle. */
  double median() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double least() {
    return sorted()[0];
  }

  double greatest() {
    return sorted()[ratios.length - 1];
  }

  /** How far the rounds lie apart. */
  double spread() {
    return greatest() - least();
  }

  /**
   * Whether the rounds allow a conclusion: there are enough of them, they lie closer to each other
   * than their middle lies to 1, and all on the same side of it.
   */
  boolean conclusive() {
    return ratios.length >= FEWEST
        && spread() < Math.abs(median() - 1)
        && (greatest() < 1 || least() > 1);
  }

  /** One sentence; {@code quantity} begins it: "processor time per request". */
  String verdict(String quantity) {
    if (ratios.length < FEWEST) {
      return "%s: no conclusion from %d of at least %d rounds (median %.3f)"
          .formatted(quantity, ratios.length, FEWEST, median());
    }
    if (!conclusive()) {
      return "%s: no conclusion. The rounds lie %.3f apart, which hides a difference of %.3f."
          .formatted(quantity, spread(), Math.abs(median() - 1));
    }
    return "%s: %.3f of the peer's (rounds from %.3f to %.3f)"
        .formatted(quantity, median(), least(), greatest());
  }
}
