package readiness.chart;

import java.util.List;

/**
 * One line, with its label at its end.
 *
 * @param label what it stands for
 * @param colour of the line and the label
 * @param points from left to right, one at least
 */
public record Line(String label, Colour colour, List<Point> points) {
  public Line {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("the line '" + label + "' has no points");
    }
  }

  Point last() {
    return points.getLast();
  }
}
