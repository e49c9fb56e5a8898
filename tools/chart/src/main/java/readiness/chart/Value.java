package readiness.chart;

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

  boolean isRange() {
    return low < high;
  }

  String text() {
    String text = Numbers.text(middle);
    return isRange()
        ? "%s (%s to %s)".formatted(text, Numbers.text(low), Numbers.text(high))
        : text;
  }
}
