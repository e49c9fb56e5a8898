package readiness.ready;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees: lines no wider than the terminal, with colours where there is one.
 *
 * @param out where it goes
 * @param colour whether escape sequences are understood and wanted
 * @param width in columns
 */
public record Screen(PrintWriter out, boolean colour, int width) {
  private static final int USUAL_WIDTH = 96;
  private static final int LEAST_WIDTH = 40;

  /** As the launcher found it; a pipe gets no colours and a usual width. */
  public static Screen of(PrintWriter out) {
    boolean terminal = System.getenv("READY_TERMINAL") != null;
    String refused = System.getenv("NO_COLOR");
    boolean colour = terminal && (refused == null || refused.isEmpty());
    return new Screen(out, colour, Math.max(LEAST_WIDTH, width(System.getenv("READY_COLUMNS"))));
  }

  private static int width(@Nullable String columns) {
    return columns != null && columns.matches("[1-9][0-9]{0,3}")
        ? Math.min(Integer.parseInt(columns), 120)
        : USUAL_WIDTH;
  }

  /** The text as good news. */
  public String good(String text) {
    return escape("32", text);
  }

  /** The text as bad news. */
  public String bad(String text) {
    return escape("31", text);
  }

  /** The text as something that may be passed over. */
  public String dim(String text) {
    return escape("2", text);
  }

  /** The text as something to find again. */
  public String bold(String text) {
    return escape("1", text);
  }

  private String escape(String code, String text) {
    return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
  }

  /** An empty line. */
  public void line() {
    out.println();
  }

  /** A line as it stands, however long. */
  public void line(String text) {
    out.println(text);
  }

  /**
   * A line that says what is going on, in place of the last such one; nothing where it could not be
   * taken back.
   */
  public void passing(String text) {
    if (colour) {
      out.print("\r\u001B[K " + text.substring(0, Math.min(text.length(), width - 2)));
      out.flush();
    }
  }

  /** Takes back what {@link #passing} has put there. */
  public void wipe() {
    if (colour) {
      out.print("\r\u001B[K");
      out.flush();
    }
  }

  /** A label and a text behind it, wrapped under itself. */
  public void labelled(int indent, String label, int column, String text) {
    String begin =
        " ".repeat(indent) + dim(label) + " ".repeat(Math.max(1, column - label.length()));
    for (String line : wrapped(text, width - indent - column)) {
      out.println(begin + line);
      begin = " ".repeat(indent + column);
    }
  }

  /** A paragraph, wrapped and indented. */
  public void paragraph(int indent, String text) {
    wrapped(text, width - indent).forEach(line -> out.println(" ".repeat(indent) + line));
  }

  /** Left at the left, right at the right where there is room, else behind it. */
  public void spread(String left, int leftWidth, String right) {
    int gap = Math.max(3, Math.min(width, USUAL_WIDTH) - leftWidth - right.length());
    out.println(left + " ".repeat(gap) + dim(right));
  }

  /** The lines of a text, broken at spaces where they are wider than the room. */
  public static List<String> wrapped(String text, int room) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\\R", -1)) {
      String rest = line.replace("\t", "    ");
      while (rest.length() > room) {
        int cut = rest.lastIndexOf(' ', room);
        // A break inside the indentation would lose it and gain nothing.
        if (cut <= rest.length() - rest.stripLeading().length()) {
          cut = rest.indexOf(' ', room);
        }
        if (cut < 0) {
          break;
        }
        lines.add(rest.substring(0, cut).stripTrailing());
        rest = rest.substring(cut).strip();
      }
      lines.add(rest);
    }
    return lines;
  }
}
