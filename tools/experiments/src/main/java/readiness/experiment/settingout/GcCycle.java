package readiness.experiment.settingout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Setting;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.measure.Jvm;
import readiness.measure.NoAnswer;
import readiness.measure.Respondent;

/** Cycles of objects that nothing else refers to, under each collector and under a counter. */
final class GcCycle implements Experiment {
  private static final String COUNTING = "counting references, a model";

  private static final Map<String, String> COLLECTORS = new LinkedHashMap<>();

  static {
    COLLECTORS.put("serial", "-XX:+UseSerialGC");
    COLLECTORS.put("parallel", "-XX:+UseParallelGC");
    COLLECTORS.put("G1", "-XX:+UseG1GC");
    COLLECTORS.put("ZGC", "-XX:+UseZGC");
  }

  private static final String MADE = "made";
  private static final String FIRST = "left-after-first";
  private static final String LEFT = "left";

  private static final Description DESCRIPTION =
      new Description(
          "gc-cycle",
          "Whether objects that refer to each other are collected",
          List.of(new Trial("00-setting-out", "Go collects garbage by reference counting")),
          "Two objects refer to each other, and nothing else refers to either. When does HotSpot"
              + " collect them?",
          List.of(
              "Never: each is still referred to.",
              "At the first collection.",
              "After several collections, when a search for cycles is due."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    int many = setting.size().of(100, 1_000, 100_000);
    List<Row> rows = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Map.Entry<String, String> collector : COLLECTORS.entrySet()) {
      setting.at(collector.getKey());
      try {
        rows.add(collected(collector.getKey(), collector.getValue(), many));
      } catch (NoAnswer e) {
        notes.add("%s does not run here: %s".formatted(collector.getKey(), reason(e)));
      }
    }
    rows.add(counted(many));
    return new Table(
        "collector",
        List.of(
            new Column(MADE, "cycles made"),
            new Column(FIRST, "left after the first collection"),
            new Column(LEFT, "left after ten")),
        rows,
        notes);
  }

  private static Row collected(String name, String flag, int many) {
    Jvm small = Jvm.own().with(flag, "-Xmx128m", "-XX:TieredStopAtLevel=1");
    try (Respondent jvm = small.start(name, Cycle.class, String.valueOf(many))) {
      long first = jvm.number();
      long left = first;
      for (int collection = 2; collection <= 10 && left > 0; collection++) {
        left = jvm.number();
      }
      return row(name, many, first, left);
    }
  }

  private static String reason(NoAnswer e) {
    return String.join(" ", String.valueOf(e.getMessage()).lines().toList());
  }

  private static Row counted(int many) {
    Counting heap = new Counting();
    for (int i = 0; i < many; i++) {
      Counting.Counted one = heap.new Counted().held();
      Counting.Counted two = heap.new Counted().held();
      one.refer(two);
      two.refer(one);
      one.dropped();
      two.dropped();
    }
    return row(COUNTING, many, heap.alive() / 2, heap.alive() / 2);
  }

  private static Row row(String name, long made, long first, long left) {
    return new Row(
        name,
        Map.of(MADE, Value.exactly(made), FIRST, Value.exactly(first), LEFT, Value.exactly(left)));
  }

  private static List<Row> collectors(Table table) {
    return table.rows().stream().filter(row -> !row.label().equals(COUNTING)).toList();
  }

  @Override
  public Conclusion conclude(Table table) {
    List<Row> collectors = collectors(table);
    if (collectors.isEmpty()) {
      return Conclusion.open("No collector could be started.");
    }
    boolean atFirst = collectors.stream().allMatch(row -> row.at(FIRST) == 0);
    boolean atLast = collectors.stream().allMatch(row -> row.at(LEFT) == 0);
    String names = collectors.stream().map(Row::label).collect(Collectors.joining(", "));
    String because =
        ("Of %,.0f cycles, %s left %,.0f after the first collection; a counter of references keeps"
                + " all %,.0f for ever. HotSpot traces, and so does Go (mgc.go in its runtime).")
            .formatted(
                collectors.getFirst().at(MADE),
                names,
                collectors.stream().mapToDouble(row -> row.at(FIRST)).max().orElse(0),
                table.row(COUNTING).at(LEFT));
    return new Conclusion(
        atFirst ? "b" : atLast ? "c" : "a", atLast ? Verdict.WRONG : Verdict.OPEN, because);
  }

  @Override
  public Chart chart(Table table) {
    return BarChart.of(
        new Words(
            DESCRIPTION.id(),
            "Cycles that are left after the first collection",
            "One bar for each collector. Those that trace leave nothing; counting leaves"
                + " everything."),
        Axis.linear("cycles left"),
        table.rows().stream()
            .map(row ->
                new Bar(
                    row.label(),
                    row.values().get(FIRST),
                    row.label().equals(COUNTING) ? Colour.WARN : Colour.ACCENT))
            .toList());
  }
}
