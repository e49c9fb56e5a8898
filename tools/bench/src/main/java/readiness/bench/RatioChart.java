package readiness.bench;

import java.util.List;
import java.util.Map;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Colour;
import readiness.chart.Group;
import readiness.chart.Value;
import readiness.chart.Words;

/** The picture of ratios. */
public final class RatioChart {
  private static final double EQUAL = 1;

  private RatioChart() {}

  /**
   * Processor time for a request as a part of the peer's, by load.
   *
   * @param id of the picture, unlike that of any other
   */
  public static String svg(String id, String ours, String peer, Map<String, Comparison> ratios) {
    List<Bar> bars =
        ratios.entrySet().stream().map(each -> bar(each.getKey(), each.getValue())).toList();
    Words words =
        new Words(
            id,
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
}
