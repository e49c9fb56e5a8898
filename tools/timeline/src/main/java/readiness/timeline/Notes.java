package readiness.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the words stand that say what a client did: in as many rows as they need, up to two. */
final class Notes {
  private static final int MOST_ROWS = 2;
  private static final double BESIDE = 6;
  private static final double APART = 10;

  /**
   * One of them.
   *
   * @param line what it says
   * @param x when it happened
   * @param row where its words stand, from 0
   * @param words what is shown; empty where there is no room
   */
  record Placed(Line line, double x, int row, String words) {
    double right() {
      return x + BESIDE + words.length() * Svg.LETTER;
    }
  }

  private final List<Placed> placed = new ArrayList<>();
  private final double[] free = new double[MOST_ROWS];

  Notes(Lane lane, Axis axis) {
    Arrays.fill(free, Double.NEGATIVE_INFINITY);
    for (Line each : lane.notes()) {
      place(each, axis.x(each.entry().nanoTime()));
    }
  }

  private void place(Line line, double x) {
    for (int row = 0; row < MOST_ROWS; row++) {
      if (x >= free[row]) {
        Placed note = new Placed(line, x, row, words(line));
        free[row] = note.right() + APART;
        placed.add(note);
        return;
      }
    }
    placed.add(new Placed(line, x, MOST_ROWS - 1, ""));
  }

  /** The lane's name stands beside it, so the client's need not be repeated. */
  private static String words(Line note) {
    String text = note.entry().text();
    String name = note.entry().peer() + " ";
    return text.startsWith(name) ? text.substring(name.length()) : text;
  }

  List<Placed> placed() {
    return placed;
  }

  int rows() {
    return 1 + placed.stream().mapToInt(Placed::row).max().orElse(0);
  }

  /** Where the last words end. */
  double right() {
    return placed.stream().mapToDouble(Placed::right).max().orElse(0);
  }
}
