package readiness.ready.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import readiness.chart.Value;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.ready.Screen;

/** A table of numbers on the screen: medians, and below them how far the rounds lay apart. */
public final class TableText {
  private static final String INDENT = "   ";
  private static final String GAP = "  ";

  /** Headings are wrapped to this, where no number is wider. */
  private static final int HEADING = 12;

  private final Screen screen;

  /** Tables for this screen. */
  public TableText(Screen screen) {
    this.screen = screen;
  }

  /** Prints one. */
  public void print(Table table) {
    int label =
        Math.max(
            table.over().length(),
            table.rows().stream().mapToInt(row -> row.label().length()).max().orElse(0));
    List<Integer> widths = table.columns().stream().map(column -> width(table, column)).toList();
    int whole =
        INDENT.length() + label + widths.stream().mapToInt(width -> GAP.length() + width).sum();
    if (whole <= screen.width()) {
      grid(table, label, widths);
    } else {
      lists(table);
    }
    for (String note : table.notes()) {
      screen.line();
      screen.paragraph(INDENT.length(), note);
    }
  }

  private static int width(Table table, Column column) {
    int cells =
        table.rows().stream()
            .flatMap(row -> cell(row, column).stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return Math.max(
        cells,
        Screen.wrapped(column.heading(), HEADING).stream()
            .mapToInt(String::length)
            .max()
            .orElse(0));
  }

  /** The lines of one value. */
  private static List<String> cell(Row row, Column column) {
    Value value = row.values().get(column.key());
    if (value == null) {
      return List.of("–");
    }
    String middle = text(value.middle());
    return value.low() == value.high()
        ? List.of(middle)
        : List.of(middle, text(value.low()) + "–" + text(value.high()));
  }

  private static String text(double value) {
    return Value.exactly(value).text().replace('-', '−');
  }

  private void grid(Table table, int label, List<Integer> widths) {
    List<List<String>> headings =
        table.columns().stream().map(column -> Screen.wrapped(column.heading(), HEADING)).toList();
    int deepest = headings.stream().mapToInt(List::size).max().orElse(0);
    for (int line = 0; line < deepest; line++) {
      int from = line;
      // Headings stand on the same bottom line.
      line(
          line == deepest - 1 ? table.over() : "",
          label,
          widths,
          headings.stream().map(lines -> at(lines, from - (deepest - lines.size()))).toList(),
          true);
    }
    for (Row row : table.rows()) {
      List<List<String>> cells = table.columns().stream().map(column -> cell(row, column)).toList();
      int lines = cells.stream().mapToInt(List::size).max().orElse(1);
      for (int line = 0; line < lines; line++) {
        int at = line;
        line(
            line == 0 ? row.label() : "",
            label,
            widths,
            cells.stream().map(cell -> at(cell, at)).toList(),
            line > 0);
      }
    }
  }

  private static String at(List<String> lines, int index) {
    return index < 0 || index >= lines.size() ? "" : lines.get(index);
  }

  private void line(
      String label, int room, List<Integer> widths, List<String> cells, boolean aside) {
    String text =
        label
            + " ".repeat(room - label.length())
            + IntStream.range(0, cells.size())
                .mapToObj(
                    i -> GAP + " ".repeat(widths.get(i) - cells.get(i).length()) + cells.get(i))
                .collect(Collectors.joining());
    String shown = text.stripTrailing();
    screen.line(INDENT + (aside ? screen.dim(shown) : shown));
  }

  /** For a narrow terminal: each row's values below its label. */
  private void lists(Table table) {
    for (Row row : table.rows()) {
      screen.line(INDENT + screen.bold(row.label()));
      Map<String, Value> values = row.values();
      List<String> lines = new ArrayList<>();
      for (Column column : table.columns()) {
        if (values.containsKey(column.key())) {
          lines.add(column.heading() + ": " + String.join("  ", cell(row, column)));
        }
      }
      lines.forEach(line -> screen.paragraph(2 * INDENT.length(), line));
    }
  }
}
