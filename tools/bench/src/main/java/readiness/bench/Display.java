package readiness.bench;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * What the reader sees: lines, and on a terminal one more that says how far the measurement is and
 * goes away again. The launcher says whether there is a terminal, and how wide.
 *
 * <p>For one thread at a time.
 */
public final class Display {
  private static final String CLEAR = "\r\u001B[K";
  private static final double FIRST_GUESS = 0.02;

  private final PrintStream out;
  private final boolean terminal;
  private final int width;
  private final long start = System.nanoTime();

  public Display(PrintStream out, boolean terminal, int width) {
    this.out = out;
    this.terminal = terminal;
    this.width = width;
  }

  /** Standard output, as the launcher found it. */
  static Display standard() {
    return new Display(
        System.out, System.getenv("READY_TERMINAL") != null, width(System.getenv("READY_COLUMNS")));
  }

  private static int width(@Nullable String columns) {
    return columns != null && columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : 80;
  }

  /** An empty line. */
  public void line() {
    line("");
  }

  /** A line of text. */
  public void line(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** A row of a table: what it is about, and the columns. */
  public void row(String label, String columns) {
    line(" %-28s%s".formatted(label, columns));
  }

  /** The row below two others that are compared. */
  public void compared(String label, Comparison comparison) {
    row("  " + label, "     " + comparison.found());
    if (!comparison.doubt().isEmpty()) {
      row("", "     " + comparison.doubt());
    }
  }

  /**
   * Says what happens now.
   *
   * @param done how much of the whole lies behind, from 0 to 1
   */
  public void progress(String what, double done) {
    if (!terminal) {
      return;
    }
    String line = " " + what;
    if (done > FIRST_GUESS) {
      double elapsed = (System.nanoTime() - start) / 1e9;
      line += " · " + duration(elapsed / done * (1 - done)) + " left";
    }
    out.print(CLEAR + line.substring(0, Math.min(line.length(), width - 1)));
    out.flush();
  }

  /** Takes the line of progress away. */
  void clear() {
    if (terminal) {
      out.print(CLEAR);
    }
  }

  /** A number without a fraction where there is none. */
  public static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  /** A time in words, no finer than it makes sense. */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 100 ? whole + " s" : Math.round(seconds / 60) + " min";
  }
}
