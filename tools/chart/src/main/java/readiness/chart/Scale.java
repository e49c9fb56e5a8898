package readiness.chart;

/** How values become lengths. */
public enum Scale {
  /** Twice as much is twice as long; begins at 0. */
  LINEAR,

  /**
   * Ten times as much is one decade further. What is not above 0 has no place on it and is drawn at
   * its very beginning.
   */
  LOGARITHMIC
}
