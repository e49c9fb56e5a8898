package readiness.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Recording;

/**
 * Where a time is in the picture. Calls take microseconds and waits anything up to minutes, so
 * widths are to scale only up to a limit: what is longer is cut, and the picture says where and by
 * how much. And a call is never so narrow that it cannot be seen.
 */
final class Axis {
  /**
   * A place where time is left out.
   *
   * @param x where to say so
   * @param from when it begins
   * @param to when it ends
   */
  record Cut(double x, long from, long to) {}

  /**
   * How wide things are.
   *
   * @param call a usual call
   * @param least the shortest call
   * @param most a call or a wait, before it is cut
   * @param between what lies between two calls, before it is cut
   */
  record Widths(double call, double least, double most, double between) {
    Widths times(double factor) {
      return new Widths(call * factor, least * factor, most * factor, between * factor);
    }
  }

  /** By definition, in nanoseconds. */
  private static final double CALL_OF_A_SIMULATION = 1_000;

  /** Where a stretch is torn: near its beginning, so that there is room for a text. */
  private static final double TEAR = 0.18;

  private final Widths widths;
  private final double perNano;
  private final long[] times;
  private final double[] places;
  private final List<Cut> cuts = new ArrayList<>();

  Axis(List<Line> lines, boolean virtual, Widths widths) {
    this.widths = widths;
    List<Recording.Entry> calls =
        lines.stream().filter(line -> !line.isNote()).map(Line::entry).toList();
    perNano = widths.call / (virtual ? CALL_OF_A_SIMULATION : usual(lines));
    TreeSet<Long> instants = new TreeSet<>();
    for (Line each : lines) {
      instants.add(each.entry().begun());
      instants.add(each.entry().nanoTime());
    }
    times = instants.stream().mapToLong(Long::longValue).toArray();
    places = new double[times.length];
    place(calls);
  }

  /** The median of the calls that do not wait, in nanoseconds. */
  private static double usual(List<Line> lines) {
    long[] took =
        lines.stream()
            .filter(line -> !line.isNote() && !line.isWait())
            .mapToLong(line -> line.entry().nanoTime() - line.entry().begun())
            .sorted()
            .toArray();
    return took.length == 0 ? CALL_OF_A_SIMULATION : Math.max(1, took[took.length / 2]);
  }

  private void place(List<Recording.Entry> calls) {
    int next = 0;
    for (int i = 1; i < times.length; i++) {
      long from = times[i - 1];
      while (next < calls.size() && calls.get(next).nanoTime() <= from) {
        next++;
      }
      boolean within = next < calls.size() && calls.get(next).begun() <= from;
      double width = width(from, times[i], within ? calls.get(next) : null);
      double most = within ? widths.most : widths.between;
      if (width > most) {
        width = most;
        cuts.add(new Cut(places[i - 1] + width * TEAR, from, times[i]));
      }
      places[i] = places[i - 1] + width;
    }
  }

  /** How wide a stretch of time would be: a part of a call, or of the time between two. */
  private double width(long from, long to, Recording.@Nullable Entry call) {
    double toScale = (to - from) * perNano;
    if (call == null) {
      return toScale;
    }
    double share = (double) (to - from) / (call.nanoTime() - call.begun());
    return Math.max(toScale, widths.least * share);
  }

  /** How wide the whole is. */
  double width() {
    return places.length == 0 ? 0 : places[places.length - 1];
  }

  /** Where {@code time} is; what lies outside of the recording is at its ends. */
  double x(long time) {
    int at = Arrays.binarySearch(times, time);
    if (at >= 0) {
      return places[at];
    }
    int after = -at - 1;
    if (after == 0) {
      return 0;
    }
    if (after == times.length) {
      return width();
    }
    double part = (double) (time - times[after - 1]) / (times[after] - times[after - 1]);
    return places[after - 1] + part * (places[after] - places[after - 1]);
  }

  /** How wide that is which stands for the time that is left out. */
  double width(Cut cut) {
    return x(cut.to) - x(cut.from);
  }

  /** Where time is left out, from left to right. */
  List<Cut> cuts() {
    return cuts;
  }

  /** The times at which something begins or ends, in order. */
  long[] times() {
    return times.clone();
  }
}
