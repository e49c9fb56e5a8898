package readiness.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The part of a scale that a chart shows.
 *
 * @param scale how values become lengths
 * @param least where it begins
 * @param greatest where it ends, above the least
 * @param ticks what is marked on it
 */
record Range(Scale scale, double least, double greatest, List<Double> ticks) {
  /** How many marks a linear scale has at most, its beginning aside. */
  private static final int MOST_TICKS = 6;

  /** The range that has room for all values, and ends at a mark. */
  static Range around(Scale scale, DoubleStream values) {
    double[] all = values.toArray();
    return switch (scale) {
      case LINEAR -> linear(all);
      case LOGARITHMIC -> logarithmic(all);
    };
  }

  private static Range linear(double[] values) {
    double least = Math.min(0, DoubleStream.of(values).min().orElse(0));
    double greatest = Math.max(0, DoubleStream.of(values).max().orElse(0));
    double step = step(greatest > least ? greatest - least : 1);
    long first = (long) Math.floor(least / step);
    long last = Math.max(first + 1, (long) Math.ceil(greatest / step));
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Range(Scale.LINEAR, first * step, last * step, ticks);
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double span) {
    double power = Math.pow(10, Math.floor(Math.log10(span / MOST_TICKS)));
    for (int factor : new int[] {1, 2, 5}) {
      if (span / (factor * power) <= MOST_TICKS) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static Range logarithmic(double[] values) {
    double[] above = DoubleStream.of(values).filter(value -> value > 0).toArray();
    int first = (int) Math.floor(Math.log10(DoubleStream.of(above).min().orElse(1)));
    int last = (int) Math.ceil(Math.log10(DoubleStream.of(above).max().orElse(1)));
    last = Math.max(first + 1, last);
    // Over a wide range not each power has room for its number.
    int step = Math.ceilDiv(last - first, MOST_TICKS);
    List<Double> ticks = new ArrayList<>();
    for (int i = first; i < last + step; i += step) {
      ticks.add(Math.pow(10, i));
    }
    return new Range(Scale.LOGARITHMIC, ticks.getFirst(), ticks.getLast(), ticks);
  }

  /** Where a value lies, 0 being the range's beginning and 1 its end. */
  double position(double value) {
    return switch (scale) {
      case LINEAR -> (value - least) / (greatest - least);
      case LOGARITHMIC ->
          value <= least ? 0 : Math.log10(value / least) / Math.log10(greatest / least);
    };
  }
}
