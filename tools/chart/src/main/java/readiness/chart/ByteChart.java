package readiness.chart;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of a message, one box for each, and beside them what they are. Under bytes that are
 * text stand their letters.
 */
public final class ByteChart implements Chart {
  /** How many bytes stand beside each other; it is what the labels leave room for. */
  private static final int ACROSS = 15;

  private static final double BOX = 25;
  private static final double HEIGHT = 22;
  private static final double GAP = 5;
  private static final double LETTER = 15;
  private static final double LEFT = 52;
  private static final double LABELS = LEFT + ACROSS * BOX + 14;
  private static final double INDENTATION = 16;
  private static final double TOP = 8;
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Words words;
  private final byte[] bytes;
  private final List<Row> rows;
  private final List<Key> keys;

  /**
   * Some of the bytes.
   *
   * @param from the first of them
   * @param to behind the last; none if it is the first
   * @param level how far the label is indented
   * @param colour of the boxes
   * @param letters whether the bytes are text
   * @param label what they are
   */
  public record Row(int from, int to, int level, Colour colour, boolean letters, String label) {}

  /** What a colour stands for. */
  public record Key(Colour colour, String label) {}

  /**
   * @param words what it says of itself
   * @param bytes the message
   * @param rows from top to bottom
   * @param keys what the colours stand for
   */
  public ByteChart(Words words, byte[] bytes, List<Row> rows, List<Key> keys) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(words.name() + ": a chart without bytes");
    }
    this.words = words;
    this.bytes = bytes.clone();
    this.rows = List.copyOf(rows);
    this.keys = List.copyOf(keys);
  }

  @Override
  public String svg() {
    double rowsEnd = TOP + rows.stream().mapToDouble(ByteChart::height).sum();
    Svg svg =
        new Svg(
            words,
            (int) Math.ceil(rowsEnd + 34),
            values(),
            ".code { font-family: ui-monospace, monospace; font-size: 12.5px; }",
            "rect { fill-opacity: 0.18; }");
    double y = TOP;
    for (Row row : rows) {
      draw(svg, row, y);
      y += height(row);
    }
    double x = LEFT;
    for (Key key : keys) {
      svg.rectangle(x, rowsEnd + 10, 14, 14, key.colour());
      outline(svg, x, rowsEnd + 10, 14, 14, key.colour());
      svg.text(x + 20, rowsEnd + 22, "small", Colour.MUTED, key.label());
      x += 20 + Svg.width(key.label()) + 12;
    }
    return svg.end();
  }

  private static int lines(Row row) {
    return Math.max(1, Math.ceilDiv(row.to() - row.from(), ACROSS));
  }

  private static double line(Row row) {
    return HEIGHT + (row.letters() ? LETTER : 0);
  }

  private static double height(Row row) {
    return lines(row) * line(row) + GAP;
  }

  private void draw(Svg svg, Row row, double top) {
    if (row.from() < row.to()) {
      svg.text(LEFT - 10, top + 15.5, "code end", Colour.MUTED, "%04x".formatted(row.from()));
    }
    for (int i = 0; i < row.to() - row.from(); i++) {
      double x = LEFT + i % ACROSS * BOX;
      double y = top + i / ACROSS * line(row);
      byte each = bytes[row.from() + i];
      svg.rectangle(x, y, BOX, HEIGHT, row.colour());
      outline(svg, x, y, BOX, HEIGHT, row.colour());
      svg.text(x + BOX / 2, y + 15.5, "code middle", Colour.INK, HexFormat.of().toHexDigits(each));
      if (row.letters()) {
        svg.text(x + BOX / 2, y + HEIGHT + 11, "code middle", Colour.MUTED, letter(each));
      }
    }
    double end = LEFT + Math.min(ACROSS, row.to() - row.from()) * BOX;
    if (end > LEFT) {
      svg.path("grid", Colour.MUTED, end + 8, top + HEIGHT / 2, LABELS - 8, top + HEIGHT / 2);
    }
    Colour colour = row.from() < row.to() ? Colour.INK : Colour.MUTED;
    svg.text(LABELS + row.level() * INDENTATION, top + 15.5, "", colour, row.label());
  }

  private static String letter(byte each) {
    return each > ' ' && each < 0x7f ? String.valueOf((char) each) : "·";
  }

  private static void outline(
      Svg svg, double x, double y, double width, double height, Colour colour) {
    svg.path("", colour, x, y, x + width, y, x + width, y + height, x, y + height, x, y);
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    for (Row row : rows) {
      String hex = HEX.formatHex(bytes, row.from(), row.to());
      values.add(
          hex.isEmpty() ? row.label() : "Byte %d: %s, %s.".formatted(row.from(), hex, row.label()));
    }
    return values;
  }
}
