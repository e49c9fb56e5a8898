package readiness.chart;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Horizontal bars in groups, each with its value at its end and its range across it. On a
 * logarithmic axis, which has no 0, bars begin at the first mark, if there is one.
 *
 * @param words what it says of itself
 * @param axis what the bars' lengths are
 * @param groups from top to bottom
 * @param marks values at which a line goes through all bars: what "as much as the peer" is, say
 */
public record BarChart(Words words, Axis axis, List<Group> groups, List<Double> marks)
    implements Chart {
  private static final double BAR = 24;
  private static final double STEP = 36;
  private static final double HEADING = 30;
  private static final double TOP = 10;

  public BarChart {
    groups = List.copyOf(groups);
    marks = List.copyOf(marks);
    if (groups.stream().allMatch(group -> group.bars().isEmpty())) {
      throw new IllegalArgumentException(words.name() + ": a chart without bars");
    }
  }

  /** One group without a heading. */
  public static BarChart of(Words words, Axis axis, List<Bar> bars) {
    return new BarChart(words, axis, List.of(new Group("", bars)), List.of());
  }

  private Stream<Bar> bars() {
    return groups.stream().flatMap(group -> group.bars().stream());
  }

  private Range range() {
    DoubleStream values =
        bars().flatMapToDouble(bar -> DoubleStream.of(bar.value().middle(), bar.value().high()));
    return Range.around(
        axis.scale(), DoubleStream.concat(values, marks.stream().mapToDouble(Double::doubleValue)));
  }

  @Override
  public String svg() {
    Range range = range();
    double headings = HEADING * groups.stream().filter(each -> !each.heading().isEmpty()).count();
    double bottom = TOP + bars().count() * STEP + headings + 4;
    Svg svg = new Svg(words, (int) Math.ceil(bottom + 46), values());

    double left = 16 + bars().mapToDouble(bar -> Svg.width(bar.label())).max().orElse(0);
    double widest = bars().mapToDouble(bar -> Svg.width(end(bar))).max().orElse(0);
    double right = Svg.WIDTH - widest - 16;
    for (double tick : range.ticks()) {
      double x = left + (right - left) * range.position(tick);
      svg.path("grid", Colour.MUTED, x, TOP, x, bottom);
      svg.text(x, bottom + 17, "small middle", Colour.MUTED, Numbers.text(tick));
    }
    for (double mark : marks) {
      double x = left + (right - left) * range.position(mark);
      svg.path("line", Colour.MUTED, x, TOP, x, bottom);
    }
    String label = axis.scale() == Scale.LINEAR ? axis.label() : axis.label() + ", logarithmic";
    svg.text((left + right) / 2, bottom + 37, "small middle", Colour.MUTED, label);

    double y = TOP;
    for (Group group : groups) {
      if (!group.heading().isEmpty()) {
        svg.text(left + 8, y + 20, "", Colour.MUTED, group.heading());
        y += HEADING;
      }
      for (Bar bar : group.bars()) {
        draw(svg, bar, range, left, right, y + (STEP - BAR) / 2);
        y += STEP;
      }
    }
    svg.path("", Colour.MUTED, left, TOP, left, bottom);
    return svg.end();
  }

  private static String end(Bar bar) {
    return Numbers.text(bar.value().middle());
  }

  private void draw(Svg svg, Bar bar, Range range, double left, double right, double top) {
    double room = right - left;
    Value value = bar.value();
    boolean fromMark = axis.scale() == Scale.LOGARITHMIC && !marks.isEmpty();
    double begin = fromMark ? left + room * range.position(marks.getFirst()) : left;
    double end = left + room * range.position(value.middle());
    double centre = top + BAR / 2;
    svg.text(left - 10, centre + 5, "end", Colour.INK, bar.label());
    svg.rectangle(Math.min(begin, end), top, Math.abs(end - begin), BAR, bar.colour());
    double behind = Math.max(begin, end);
    if (value.isRange()) {
      double low = left + room * range.position(value.low());
      double high = left + room * range.position(value.high());
      svg.path("", Colour.INK, low, centre, high, centre);
      svg.path("", Colour.INK, low, centre - 5, low, centre + 5);
      svg.path("", Colour.INK, high, centre - 5, high, centre + 5);
      behind = Math.max(behind, high);
    }
    svg.text(behind + 8, centre + 5, "", Colour.INK, end(bar));
  }

  private List<String> values() {
    return groups.stream()
        .flatMap(group -> {
          String where = group.heading().isEmpty() ? "" : group.heading() + ", ";
          return group.bars().stream()
              .map(bar -> where + bar.label() + ": " + bar.value().text() + ".");
        })
        .toList();
  }
}
