package readiness.chart;

import java.util.List;

/**
 * Bars that belong together, under a heading.
 *
 * @param heading empty for none
 * @param bars from top to bottom
 */
public record Group(String heading, List<Bar> bars) {
  public Group {
    bars = List.copyOf(bars);
  }
}
