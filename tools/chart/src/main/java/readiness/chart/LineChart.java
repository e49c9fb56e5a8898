package readiness.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Lines over an axis, each with its label at its end and the range of each point across it.
 *
 * @param words what it says of itself
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines one at least
 */
public record LineChart(Words words, Axis x, Axis y, List<Line> lines) implements Chart {
  private static final int HEIGHT = 340;
  private static final double TOP = 34;
  private static final double BOTTOM = 284;

  /** How close two labels may come. */
  private static final double LINE_OF_TEXT = 18;

  public LineChart {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(words.name() + ": a chart without lines");
    }
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(line -> line.points().stream());
  }

  @Override
  public String svg() {
    Svg svg = new Svg(words, HEIGHT, values());
    Range across = Range.around(x.scale(), points().mapToDouble(Point::x));
    Range up =
        Range.around(
            y.scale(),
            points().flatMapToDouble(each -> DoubleStream.of(each.y().low(), each.y().high())));
    double left =
        20 + up.ticks().stream().mapToDouble(tick -> Svg.width(Numbers.text(tick))).max().orElse(0);
    double right =
        Svg.WIDTH
            - 20
            - lines.stream().mapToDouble(each -> Svg.width(each.label())).max().orElse(0);

    for (double tick : up.ticks()) {
      double at = BOTTOM - (BOTTOM - TOP) * up.position(tick);
      svg.path("grid", Colour.MUTED, left, at, right, at);
      svg.text(left - 8, at + 4, "small end", Colour.MUTED, Numbers.text(tick));
    }
    for (double tick : across.ticks()) {
      double at = left + (right - left) * across.position(tick);
      svg.path("grid", Colour.MUTED, at, TOP, at, BOTTOM);
      svg.text(at, BOTTOM + 18, "small middle", Colour.MUTED, Numbers.text(tick));
    }
    svg.text(10, 18, "small", Colour.MUTED, y.label() + scales());
    svg.text((left + right) / 2, BOTTOM + 40, "small middle", Colour.MUTED, x.label());

    Map<Line, Double> labels = labels(up);
    for (Line line : lines) {
      draw(svg, line, across, up, left, right);
      double end = left + (right - left) * across.position(line.last().x());
      svg.text(end + 10, labels.get(line) + 5, "", line.colour(), line.label());
    }
    return svg.end();
  }

  private String scales() {
    boolean across = x.scale() == Scale.LOGARITHMIC;
    boolean up = y.scale() == Scale.LOGARITHMIC;
    if (across && up) {
      return " (both axes logarithmic)";
    }
    return up ? " (logarithmic)" : "";
  }

  private static void draw(Svg svg, Line line, Range across, Range up, double left, double right) {
    List<Point> points = line.points();
    double[] path = new double[2 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      double at = left + (right - left) * across.position(point.x());
      path[2 * i] = at;
      path[2 * i + 1] = height(up, point.y().middle());
      svg.dot(at, path[2 * i + 1], line.colour());
      if (point.y().isRange()) {
        double low = height(up, point.y().low());
        double high = height(up, point.y().high());
        svg.path("", line.colour(), at, low, at, high);
        svg.path("", line.colour(), at - 4, low, at + 4, low);
        svg.path("", line.colour(), at - 4, high, at + 4, high);
      }
    }
    svg.path("line", line.colour(), path);
  }

  private static double height(Range up, double value) {
    return BOTTOM - (BOTTOM - TOP) * up.position(value);
  }

  /** Where the labels stand: beside their lines' ends, or below another one that is in the way. */
  private Map<Line, Double> labels(Range up) {
    List<Line> downwards = new ArrayList<>(lines);
    downwards.sort(Comparator.comparingDouble(line -> height(up, line.last().y().middle())));
    Map<Line, Double> labels = new HashMap<>();
    Map<Double, Double> lowest = new HashMap<>();
    for (Line line : downwards) {
      double end = line.last().x();
      double at =
          Math.max(
              height(up, line.last().y().middle()),
              lowest.getOrDefault(end, Double.NEGATIVE_INFINITY) + LINE_OF_TEXT);
      labels.put(line, at);
      lowest.put(end, at);
    }
    return labels;
  }

  private List<String> values() {
    return lines.stream()
        .map(line ->
            line.label()
                + ": "
                + line.points().stream()
                    .map(point -> Numbers.text(point.x()) + " → " + point.y().text())
                    .collect(Collectors.joining("; "))
                + ".")
        .toList();
  }
}
