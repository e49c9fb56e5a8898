package readiness.experiment.serialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Group;
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
import readiness.measure.Respondent;

/**
 * Bytes that are read where they lie, and bytes that are copied first, in JVMs that have met one
 * kind of segment, two and four.
 */
final class SegmentKinds implements Experiment {
  private static final String DIRECT = "where-they-lie-nanos";
  private static final String COPIED = "copied-first-nanos";

  private static final int[] KINDS = {1, 2, 4};

  private static final Description DESCRIPTION =
      new Description(
          "segment-kinds",
          "What it costs to read the bytes of a MemorySegment",
          List.of(
              new Trial(
                  "05-serialization", "reading bytes where they lie is cheaper than copying them")),
          "A message of a hundred varints lies in native memory. One program reads it byte by byte"
              + " with MemorySegment.get, another copies it into an array and reads it there. Both"
              + " have met four kinds of segments before. Which is faster?",
          List.of(
              "The first: it does not copy.",
              "They are about equal, within a quarter.",
              "The second, by more than a quarter."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) {
    List<Row> rows = new ArrayList<>();
    for (int kinds : KINDS) {
      setting.at(label(kinds));
      // In JVMs of their own: what one has met, it cannot forget.
      try (Respondent jvm =
          Jvm.own()
              .with("-XX:+UseSerialGC")
              .start(
                  label(kinds),
                  KindsMet.class,
                  String.valueOf(kinds),
                  String.valueOf(setting.size().of(2_000, 20_000, 20_000)),
                  String.valueOf(setting.size().of(5, 21, 61)))) {
        Value direct = value(jvm.line());
        rows.add(new Row(label(kinds), Map.of(DIRECT, direct, COPIED, value(jvm.line()))));
      }
    }
    return new Table(
        "the JVM has met",
        List.of(new Column(DIRECT, "where they lie, ns"), new Column(COPIED, "copied first, ns")),
        rows,
        List.of("For a message of 100 varints in native memory."));
  }

  private static String label(int kinds) {
    return switch (kinds) {
      case 1 -> "one kind";
      case 2 -> "two kinds";
      default -> "four kinds";
    };
  }

  private static Value value(String line) {
    String[] words = line.split(" ");
    return new Value(
        Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }

  private static double ratio(Row row) {
    return row.at(DIRECT) / row.at(COPIED);
  }

  @Override
  public Conclusion conclude(Table table) {
    Row one = table.row(label(1));
    Row four = table.row(label(4));
    double ratio = ratio(four);
    String right = ratio > 1.25 ? "c" : ratio < 0.8 ? "a" : "b";
    String because =
        ("Reading where they lie takes %.1f times as long as copying and reading in a JVM that has"
                + " met one kind of segment, %.1f with two and %.1f with four.")
            .formatted(ratio(one), ratio(table.row(label(2))), ratio);
    Verdict verdict = ratio <= 1 ? Verdict.TRUE : ratio(one) < 1 ? Verdict.HALF : Verdict.WRONG;
    return new Conclusion(right, verdict, because);
  }

  @Override
  public Chart chart(Table table) {
    return new BarChart(
        new Words(
            DESCRIPTION.id(),
            "What it costs to read the bytes of a segment",
            "Bars in two groups: reading where the bytes lie, and copying them into an array and"
                + " reading there, in JVMs that have met one, two and four kinds of segments."),
        Axis.linear("nanoseconds of processor time for 100 varints"),
        List.of(
            group(table, "read where they lie", DIRECT, Colour.WARN),
            group(table, "copied first", COPIED, Colour.GOOD)),
        List.of());
  }

  private static Group group(Table table, String heading, String column, Colour colour) {
    return new Group(
        heading,
        table.rows().stream()
            .map(row -> new Bar(row.label(), row.values().get(column), colour))
            .toList());
  }
}
