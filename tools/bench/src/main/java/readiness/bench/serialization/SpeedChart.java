package readiness.bench.serialization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import readiness.bench.Comparison;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Colour;
import readiness.chart.Group;
import readiness.chart.Value;
import readiness.chart.Words;

/** The picture of how many times as long the peers take. */
final class SpeedChart {
  private static final double EQUAL = 1;

  private final Map<String, List<Bar>> groups = new LinkedHashMap<>();

  /** Adds a bar under a heading. */
  void add(String heading, String label, Comparison ratio) {
    Value value = new Value(ratio.middle(), ratio.low(), ratio.high());
    groups
        .computeIfAbsent(heading, _ -> new ArrayList<>())
        .add(new Bar(label, value, colour(ratio)));
  }

  private static Colour colour(Comparison ratio) {
    if (!ratio.conclusive()) {
      return Colour.MUTED;
    }
    return ratio.middle() > EQUAL ? Colour.GOOD : Colour.WARN;
  }

  String svg(String ours) {
    return new BarChart(
            new Words(
                "bench-serialization",
                "Time for a message: others beside " + ours,
                "A bar for each peer: what it takes where %s takes 1, with the interval of the"
                        .formatted(ours)
                    + " rounds. Grey where the rounds allow no conclusion."),
            Axis.logarithmic("time for a message, %s = 1".formatted(ours)),
            groups.entrySet().stream().map(e -> new Group(e.getKey(), e.getValue())).toList(),
            List.of(EQUAL))
        .svg();
  }
}
