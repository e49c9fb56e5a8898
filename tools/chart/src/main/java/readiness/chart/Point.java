package readiness.chart;

/**
 * A point of a line.
 *
 * @param x where along the horizontal axis
 * @param y what was measured there
 */
public record Point(double x, Value y) {}
