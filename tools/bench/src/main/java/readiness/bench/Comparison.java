package readiness.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What several rounds say about one quantity of two servers: in each round, ours divided by the
 * peer's. The middle one counts, within an interval.
 *
 * <p>The interval is the one that needs to know nothing of how the noise is distributed (the sign
 * test turned round): if a round is as likely to fall below the true middle as above it, then the
 * true middle lies outside the k-th lowest and the k-th highest round with the probability that a
 * coin thrown once for each round shows fewer than k heads, or fewer than k tails. The largest k is
 * taken for which that is at most a tenth. For five rounds it is 1: the interval reaches from the
 * lowest to the highest.
 *
 * @param ratios one for each round, in the order of the rounds
 */
public record Comparison(double[] ratios) {
  /** How likely the interval may be to miss. */
  private static final double MISS = 0.1;

  /** With fewer rounds even the whole range misses more often than that. */
  static final int FEWEST = 5;

  /** In each round, one number divided by the other. */
  public static <T> Comparison of(List<T> ours, List<T> peers, ToDoubleFunction<T> number) {
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = number.applyAsDouble(ours.get(i)) / number.applyAsDouble(peers.get(i));
    }
    return new Comparison(ratios);
  }

  public Comparison {
    if (ratios.length == 0) {
      throw new IllegalArgumentException("no round, no ratio");
    }
  }

  private double[] sorted() {
    double[] sorted = ratios.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  public double middle() {
    return middle(ratios);
  }

  /** The lower end of the interval. */
  public double low() {
    return sorted()[outside()];
  }

  /** The upper end of the interval. */
  public double high() {
    return sorted()[ratios.length - 1 - outside()];
  }

  /** How many rounds lie below the interval, and as many above it. */
  private int outside() {
    int outside = 0;
    while (2 * fewerHeads(outside + 2) <= MISS) {
      outside++;
    }
    return outside;
  }

  /** How likely it is that a coin thrown once for each round shows fewer than {@code k} heads. */
  private double fewerHeads(int k) {
    int n = ratios.length;
    double ways = 1;
    double sum = 0;
    for (int heads = 0; heads < k; heads++) {
      sum += ways;
      ways = ways * (n - heads) / (heads + 1);
    }
    return sum / Math.pow(2, n);
  }

  /**
   * Whether the rounds allow a conclusion: there are enough of them, and the interval is narrower
   * than the difference, so that it does not reach 1 either.
   */
  public boolean conclusive() {
    return ratios.length >= FEWEST && high() - low() < Math.abs(middle() - 1);
  }

  /** The middle one; of an even number of them, the mean of the two in the middle. */
  public static double middle(double... numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The ratio with its interval. */
  public String found() {
    return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", middle(), low(), high());
  }

  /** Why that allows no conclusion; empty if it allows one. */
  String doubt() {
    if (ratios.length < FEWEST) {
      return "no conclusion: %d of at least %d rounds".formatted(ratios.length, FEWEST);
    }
    if (!conclusive()) {
      return String.format(
          Locale.ROOT,
          "no conclusion: the interval, %.3f, is wider than the difference, %.3f",
          high() - low(),
          Math.abs(middle() - 1));
    }
    return "";
  }

  /** All of that, for a report. */
  public Map<String, Object> entries() {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("rounds", ratios);
    entries.put("middle", middle());
    entries.put("low", low());
    entries.put("high", high());
    entries.put("conclusive", conclusive());
    entries.put("doubt", doubt());
    return entries;
  }
}
