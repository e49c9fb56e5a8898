package readiness.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * As many lines of a run as a page can show. A loop that spins makes a hundred thousand calls in a
 * blink, most of them one wait after the other: of these the first and the last few are enough. If
 * there is still too much, the beginning and the end of it have to do.
 */
final class Excerpt {
  /** So many waits in a row are shown at each end of a row that is longer. */
  private static final int WAITS = 5;

  /** So many lines of the beginning, and as many of the end. */
  static final int PART = 1_500;

  /**
   * Something that is left out.
   *
   * @param after the line before it
   * @param before the line behind it
   */
  record Gap(Line after, Line before) {
    /** How much it is, in words. */
    String words() {
      return Markup.count(before.number() - after.number() - 1, "line", "lines") + " left out";
    }
  }

  private final List<Line> lines;
  private final List<Lane> lanes;

  Excerpt(List<Line> all) {
    lines = bothEnds(withoutSpinning(all));
    lanes = Lanes.of(lines);
  }

  private static List<Line> withoutSpinning(List<Line> all) {
    List<Line> kept = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size() || !all.get(i).isWait() || !all.get(first).isWait()) {
        add(all.subList(first, i), WAITS, kept);
        first = i;
      }
    }
    return kept;
  }

  private static List<Line> bothEnds(List<Line> all) {
    List<Line> kept = new ArrayList<>();
    add(all, PART, kept);
    return kept;
  }

  /**
   * Adds all lines, or where there are more than two parts of them, the first and the last part.
   */
  private static void add(List<Line> lines, int part, List<Line> to) {
    if (lines.size() <= 2 * part) {
      to.addAll(lines);
    } else {
      to.addAll(lines.subList(0, part));
      to.addAll(lines.subList(lines.size() - part, lines.size()));
    }
  }

  List<Line> lines() {
    return lines;
  }

  /** Where something is left out, in order. */
  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).number() != lines.get(i - 1).number() + 1) {
        gaps.add(new Gap(lines.get(i - 1), lines.get(i)));
      }
    }
    return gaps;
  }

  /** The lanes that these lines are on. */
  List<Lane> lanes() {
    return lanes;
  }
}
