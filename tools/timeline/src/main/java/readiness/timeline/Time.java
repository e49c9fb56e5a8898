package readiness.timeline;

import java.util.Locale;

/** Stretches of time as people read them. */
final class Time {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private Time() {}

  /** With about three digits: {@code 1 µs}, {@code 12.3 ms}, {@code 2.50 s}. */
  static String span(long nanos) {
    if (nanos < MICRO) {
      return nanos + " ns";
    }
    if (nanos < MILLI) {
      return digits((double) nanos / MICRO) + " µs";
    }
    if (nanos < SECOND) {
      return digits((double) nanos / MILLI) + " ms";
    }
    return digits((double) nanos / SECOND) + " s";
  }

  private static String digits(double number) {
    int decimals = number < 10 ? 2 : number < 100 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  /** As a place on the axis: in milliseconds, to the microsecond. */
  static String at(long nanos) {
    return String.format(Locale.ROOT, "%,.3f", (double) nanos / MILLI);
  }
}
