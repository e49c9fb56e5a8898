package readiness.chart;

/**
 * What is laid off along one side.
 *
 * @param label what it is, with its unit: {@code nanoseconds for a call}
 * @param scale how values become lengths
 */
public record Axis(String label, Scale scale) {
  public static Axis linear(String label) {
    return new Axis(label, Scale.LINEAR);
  }

  public static Axis logarithmic(String label) {
    return new Axis(label, Scale.LOGARITHMIC);
  }
}
