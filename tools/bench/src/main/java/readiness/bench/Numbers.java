package readiness.bench;

import java.util.Arrays;

/** What the measurements do with numbers. */
final class Numbers {
  private Numbers() {}

  /** The middle one; of an even number of them, the mean of the two in the middle. */
  static double middle(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Without a fraction where there is none. */
  static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
