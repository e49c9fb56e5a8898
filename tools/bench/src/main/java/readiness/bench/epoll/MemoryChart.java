package readiness.bench.epoll;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import readiness.bench.Comparison;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Colour;
import readiness.chart.Value;
import readiness.chart.Words;

/** The picture of what idle connections take. */
final class MemoryChart {
  private MemoryChart() {}

  /** Memory of an idle connection, by contender: the bytes that each round has shown. */
  static String svg(Map<String, double[]> bytes, int idle) {
    List<Bar> bars =
        bytes.entrySet().stream()
            .map(each -> new Bar(each.getKey(), value(each.getValue()), Colour.ACCENT))
            .toList();
    Words words =
        new Words(
            "bench-epoll-idle",
            "Memory of one of %,d idle connections".formatted(idle),
            "A bar for each server: bytes of its process for one idle connection, on the heap and"
                + " beside it, from the least to the most that a round has shown.");
    return BarChart.of(words, Axis.linear("bytes for an idle connection"), bars).svg();
  }

  private static Value value(double[] rounds) {
    DoubleSummaryStatistics range = Arrays.stream(rounds).summaryStatistics();
    return new Value(Comparison.middle(rounds), range.getMin(), range.getMax());
  }
}
