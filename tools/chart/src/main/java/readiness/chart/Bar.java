package readiness.chart;

/**
 * One bar.
 *
 * @param label what it stands for
 * @param value how long it is
 * @param colour what it is filled with
 */
public record Bar(String label, Value value, Colour colour) {}
