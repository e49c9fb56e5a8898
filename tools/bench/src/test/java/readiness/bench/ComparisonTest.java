package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Comparison of(double... ratios) {
    return new Comparison(ratios);
  }

  @Test
  void theMiddleRoundCountsWhateverTheWorstOneSays() {
    assertThat(of(0.81, 0.80, 0.79, 0.95, 0.80).middle()).isEqualTo(0.80);
    assertThat(of(0.8, 0.9).middle()).isEqualTo(0.85, within(1e-9));
  }

  @Test
  void roundsThatAgreeAllowAConclusion() {
    Comparison comparison = of(0.80, 0.82, 0.81, 0.81, 0.83);

    assertThat(comparison.conclusive()).isTrue();
    assertThat(comparison.found()).isEqualTo("0.810 (0.800 to 0.830)");
    assertThat(comparison.doubt()).isEmpty();
  }

  @Test
  void noiseLargerThanTheDifferenceAllowsNone() {
    Comparison comparison = of(0.85, 0.90, 0.97, 0.91, 0.88);

    assertThat(comparison.conclusive()).isFalse();
    assertThat(comparison.doubt())
        .isEqualTo("no conclusion: the interval, 0.120, is wider than the difference, 0.100");
  }

  @Test
  void roundsOnBothSidesOfEqualAllowNone() {
    assertThat(of(0.97, 1.01, 1.02, 1.00, 0.99).conclusive()).isFalse();
    assertThat(of(1.0, 1.0, 1.0, 1.0, 1.0).conclusive()).isFalse();
    assertThat(of(0.5, 0.5, 0.5, 0.5, 1.6).conclusive()).isFalse();
  }

  @Test
  void fewerThanFiveRoundsAreTooFewToKnowTheNoise() {
    assertThat(of(0.5, 0.5, 0.5, 0.5).doubt()).isEqualTo("no conclusion: 4 of at least 5 rounds");
    assertThat(of(0.5, 0.5, 0.5, 0.5, 0.5).doubt()).isEmpty();
  }

  @Test
  void manyRoundsNarrowTheInterval() {
    assertThat(ends(5)).containsExactly(1, 5);
    assertThat(ends(7)).containsExactly(1, 7);
    assertThat(ends(8)).containsExactly(2, 7);
    assertThat(ends(11)).containsExactly(3, 9);
    assertThat(ends(25)).containsExactly(8, 18);
  }

  /** Of the rounds 1, 2, 3, …: which are the interval's ends. */
  private static int[] ends(int rounds) {
    Comparison comparison =
        new Comparison(IntStream.rangeClosed(1, rounds).asDoubleStream().toArray());
    return new int[] {(int) comparison.low(), (int) comparison.high()};
  }

  @Test
  void theIntervalMissesTheMiddleInOneOfTenRunsAtMost() {
    Random random = new Random(3);
    for (int rounds : new int[] {5, 8, 9, 11}) {
      int missed = 0;
      int runs = 20_000;
      for (int i = 0; i < runs; i++) {
        // Skewed as such noise is: seldom much, and upwards only. Its middle is e to the 0.
        double[] ratios = new double[rounds];
        for (int k = 0; k < rounds; k++) {
          ratios[k] = Math.exp(random.nextGaussian());
        }
        Comparison comparison = new Comparison(ratios);
        missed += comparison.low() > 1 || comparison.high() < 1 ? 1 : 0;
      }
      assertThat((double) missed / runs).as("of %d rounds", rounds).isBetween(0.02, 0.105);
    }
  }

  @Test
  void withoutRoundsThereIsNothingToSay() {
    assertThatThrownBy(() -> of()).hasMessage("no round, no ratio");
  }
}
