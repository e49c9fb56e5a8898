package readiness.chart;

import java.util.Arrays;

/**
 * A measured value and how far the measurements lay apart.
 *
 * @param middle what is drawn
 * @param low the least, not above the middle
 * @param high the greatest, not below the middle
 */
public record Value(double middle, double low, double high) {
  public Value {
    if (!(low <= middle && middle <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "expected low <= middle <= high, all finite: %s, %s, %s".formatted(low, middle, high));
    }
  }

  /** A value without a range: a count, say. */
  public static Value exactly(double value) {
    return new Value(value, value, value);
  }

  /**
   * What several measurements of one thing say: their median, and the least and the greatest.
   *
   * @param measured one at least, in any order
   */
  public static Value of(double... measured) {
    double[] sorted = measured.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    double middle = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Value(middle, sorted[0], sorted[sorted.length - 1]);
  }

  boolean isRange() {
    return low < high;
  }

  /** As people read it: {@code 141 (139 to 145)}, or {@code 141} for a value without a range. */
  public String text() {
    String text = Numbers.text(middle);
    return isRange()
        ? "%s (%s to %s)".formatted(text, Numbers.text(low), Numbers.text(high))
        : text;
  }
}
