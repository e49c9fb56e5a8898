package readiness.timeline;

import static readiness.timeline.Markup.escaped;

import java.util.Locale;

/** SVG as text: shapes with a class each, which the style sheet knows. */
final class Svg {
  /** About how wide a letter of a text is. */
  static final double LETTER = 5.7;

  private final StringBuilder text = new StringBuilder();

  Svg raw(String markup) {
    text.append(markup);
    return this;
  }

  Svg rect(String style, double x, double y, double width, double height) {
    return raw(
        "<rect%s x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
            .formatted(classed(style), at(x), at(y), at(width), at(height)));
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    return path(style, "M%s %sL%s %s".formatted(at(x1), at(y1), at(x2), at(y2)));
  }

  Svg path(String style, String d) {
    return raw("<path%s d=\"%s\"/>\n".formatted(classed(style), d));
  }

  /** A path that begins at a place; {@code rest} goes on from there. */
  Svg path(String style, double x, double y, String rest) {
    return path(style, "M%s %s%s".formatted(at(x), at(y), rest));
  }

  Svg circle(String style, double x, double y, double radius) {
    return raw(
        "<circle%s cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
            .formatted(classed(style), at(x), at(y), at(radius)));
  }

  Svg text(String style, double x, double y, String words) {
    return raw(
        "<text%s x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(classed(style), at(x), at(y), escaped(words)));
  }

  private static String classed(String style) {
    return style.isEmpty() ? "" : " class=\"" + style + "\"";
  }

  /** A coordinate, to a tenth. */
  static String at(double coordinate) {
    String number = String.format(Locale.ROOT, "%.1f", coordinate);
    return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
