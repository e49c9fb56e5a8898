package readiness.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Numbers() {}

  /** Three digits at least where there are as many: 0.0123, 4.57, 141, 12,345. */
  static String text(double value) {
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** A coordinate: a tenth of a pixel is fine enough. */
  static String coordinate(double value) {
    return new BigDecimal(Math.round(value * 10))
        .movePointLeft(1)
        .stripTrailingZeros()
        .toPlainString();
  }
}
