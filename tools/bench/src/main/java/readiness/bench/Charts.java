package readiness.bench;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Colour;
import readiness.chart.Group;
import readiness.chart.Value;
import readiness.chart.Words;

/** The pictures of what was measured. */
final class Charts {
  private static final double EQUAL = 1;

  private Charts() {}

  /** Processor time for a request as a part of the peer's, by load. */
  static String ratios(String ours, String peer, Map<String, Comparison> ratios) {
    List<Bar> bars =
        ratios.entrySet().stream().map(each -> bar(each.getKey(), each.getValue())).toList();
    Words words =
        new Words(
            "bench-epoll",
            "Processor time for a request: %s beside %s".formatted(ours, peer),
            "A bar for each load: what %s takes where %s takes 1, with the interval of the rounds."
                    .formatted(ours, peer)
                + " Grey where the rounds allow no conclusion.");
    Axis axis = Axis.linear("processor time for a request, %s = 1".formatted(peer));
    return new BarChart(words, axis, List.of(new Group("", bars)), List.of(EQUAL)).svg();
  }

  private static Bar bar(String load, Comparison ratio) {
    Value value = new Value(ratio.middle(), ratio.low(), ratio.high());
    return new Bar(load, value, colour(ratio));
  }

  private static Colour colour(Comparison ratio) {
    if (!ratio.conclusive()) {
      return Colour.MUTED;
    }
    return ratio.middle() < EQUAL ? Colour.GOOD : Colour.WARN;
  }

  /** Memory of an idle connection, by contender: the bytes that each round has shown. */
  static String memory(Map<String, double[]> bytes, int idle) {
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
    return new Value(Numbers.middle(rounds), range.getMin(), range.getMax());
  }
}
