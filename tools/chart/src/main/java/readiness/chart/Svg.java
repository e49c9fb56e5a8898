package readiness.chart;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes the file: the frame that every figure of the book has, and the few shapes of a chart.
 * Colours are classes, so that the style sheet names each one once.
 */
final class Svg {
  static final int WIDTH = 760;

  /** How wide a letter is, roughly: the font is the reader's, so nobody can tell exactly. */
  static final double LETTER = 7.3;

  private final StringBuilder text = new StringBuilder();

  /**
   * @param values what there is to be seen, in words
   * @param styles those that only this chart has: {@code .code { font-family: monospace; }}
   */
  Svg(Words words, int height, List<String> values, String... styles) {
    String name = words.name();
    line(
        """
        <svg xmlns="http://www.w3.org/2000/svg" id="figure-%1$s" viewBox="0 0 %2$d %3$d" role="img"
             aria-labelledby="%1$s-title %1$s-desc" font-family="system-ui, sans-serif" font-size="14">
          <title id="%1$s-title">%4$s</title>
          <desc id="%1$s-desc">%5$s
            %6$s</desc>
          <style>\
        """
            .formatted(
                name,
                WIDTH,
                height,
                escaped(words.title()),
                escaped(words.description()),
                values.stream().map(Svg::escaped).collect(Collectors.joining("\n    "))));
    for (Colour colour : Colour.values()) {
      line("    #figure-%s .%s { fill: %s; }".formatted(name, fill(colour), colour.css()));
      line("    #figure-%s .%s { stroke: %s; }".formatted(name, stroke(colour), colour.css()));
    }
    line("    #figure-%s path { fill: none; }".formatted(name));
    line("    #figure-%s .small { font-size: 12.5px; }".formatted(name));
    line("    #figure-%s .middle { text-anchor: middle; }".formatted(name));
    line("    #figure-%s .end { text-anchor: end; }".formatted(name));
    line("    #figure-%s .grid { stroke-width: 0.5; stroke-opacity: 0.5; }".formatted(name));
    line("    #figure-%s .line { stroke-width: 2.2; }".formatted(name));
    for (String style : styles) {
      line("    #figure-%s %s".formatted(name, style));
    }
    line("  </style>");
  }

  private static String fill(Colour colour) {
    return "in-" + colour.name().toLowerCase(Locale.ROOT);
  }

  private static String stroke(Colour colour) {
    return "of-" + colour.name().toLowerCase(Locale.ROOT);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  static double width(String label) {
    return label.length() * LETTER;
  }

  private static String escaped(String label) {
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A text; {@code style} is of {@code small}, {@code middle}, {@code end} and the chart's own. */
  void text(double x, double y, String style, Colour colour, String label) {
    line(
        "  <text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(
                (style + " " + fill(colour)).strip(),
                Numbers.coordinate(x),
                Numbers.coordinate(y),
                escaped(label)));
  }

  void rectangle(double x, double y, double width, double height, Colour colour) {
    rectangle("", x, y, width, height, colour);
  }

  /** A rectangle; {@code style} is of the chart's own, or empty. */
  void rectangle(String style, double x, double y, double width, double height, Colour colour) {
    line(
        "  <rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(
                (style + " " + fill(colour)).strip(),
                Numbers.coordinate(x),
                Numbers.coordinate(y),
                Numbers.coordinate(width),
                Numbers.coordinate(height)));
  }

  void dot(double x, double y, Colour colour) {
    line(
        "  <circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3.2\"/>"
            .formatted(fill(colour), Numbers.coordinate(x), Numbers.coordinate(y)));
  }

  /**
   * A path through points, x and y in turn; {@code style} is {@code grid}, {@code line} or empty.
   */
  void path(String style, Colour colour, double... points) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      path.append(i == 0 ? "M" : " L")
          .append(Numbers.coordinate(points[i]))
          .append(' ')
          .append(Numbers.coordinate(points[i + 1]));
    }
    line("  <path class=\"%s\" d=\"%s\"/>".formatted((style + " " + stroke(colour)).strip(), path));
  }

  /** The whole file. */
  String end() {
    return text + "</svg>\n";
  }
}
