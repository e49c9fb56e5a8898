package readiness.timeline;

import java.util.ArrayList;
import java.util.List;

/** Where lanes lie, from top to bottom, in pixels. */
final class Geometry {
  /** The line of the axis; its times stand above it. */
  static final double AXIS = 24;

  /** How high the largest of what is kept is drawn. */
  static final double KEPT = 34;

  /** The base of the first row of notes, below the lane's top, and how far the next is below it. */
  static final double FIRST_NOTE = 15;

  static final double NEXT_NOTE = 13;

  private static final double FIRST = 32;

  /**
   * One lane's place.
   *
   * @param lane the lane
   * @param notes what its client did
   * @param top where it begins
   * @param middle the line along which its marks stand
   * @param ribbon where it is drawn what the lane is watched for; negative if nowhere
   * @param ground below the bytes that are kept; negative if none ever are
   * @param bottom where the next one begins
   */
  record Row(
      Lane lane,
      Notes notes,
      double top,
      double middle,
      double ribbon,
      double ground,
      double bottom) {}

  private final List<Row> rows = new ArrayList<>();

  Geometry(List<Lane> lanes, Axis axis) {
    double top = FIRST;
    for (Lane each : lanes) {
      Row row = row(each, new Notes(each, axis), top);
      rows.add(row);
      top = row.bottom;
    }
  }

  private static Row row(Lane lane, Notes notes, double top) {
    return switch (lane.kind()) {
      case WAITS -> new Row(lane, notes, top, top + 24, -1, -1, top + 50);
      case LISTENER, WAKE_UP -> new Row(lane, notes, top, top + 20, top + 36, -1, top + 49);
      case OTHER -> new Row(lane, notes, top, top + 30, -1, -1, top + 48);
      case CONNECTION -> {
        double middle = top + 54 + (notes.rows() - 1) * NEXT_NOTE;
        double ribbon = middle + 43;
        boolean keeps = lane.mostKept() > 0;
        double ground = keeps ? ribbon + 14 + KEPT : -1;
        yield new Row(lane, notes, top, middle, ribbon, ground, keeps ? ground + 10 : ribbon + 16);
      }
    };
  }

  List<Row> rows() {
    return rows;
  }

  double height() {
    return (rows.isEmpty() ? FIRST : rows.getLast().bottom) + 4;
  }

  /** Where the words of the notes end. */
  double right() {
    return rows.stream().mapToDouble(row -> row.notes.right()).max().orElse(0);
  }
}
