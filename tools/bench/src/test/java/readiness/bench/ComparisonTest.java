package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static Comparison of(double... ratios) {
    return new Comparison(ratios);
  }

  @Test
  void theMiddleRoundCountsWhateverTheWorstOneSays() {
    assertThat(of(0.81, 0.80, 0.79, 0.95, 0.80).median()).isEqualTo(0.80);
    assertThat(of(0.8, 0.9).median()).isEqualTo(0.8500000000000001);
  }

  @Test
  void roundsThatAgreeAllowAConclusion() {
    assertThat(of(0.80, 0.82, 0.81).verdict("Cost"))
        .isEqualTo("Cost: 0.810 of the peer's (rounds from 0.800 to 0.820)");
  }

  @Test
  void noiseLargerThanTheDifferenceAllowsNone() {
    assertThat(of(0.85, 0.90, 0.97).verdict("Cost"))
        .isEqualTo(
            "Cost: no conclusion. The rounds lie 0.120 apart, which hides a difference of 0.100.");
  }

  @Test
  void roundsOnBothSidesOfEqualAllowNone() {
    assertThat(of(0.97, 1.01, 1.02).conclusive()).isFalse();
    assertThat(of(1.0, 1.0, 1.0).conclusive()).isFalse();
  }

  @Test
  void twoRoundsAreTooFewToKnowTheNoise() {
    assertThat(of(0.5, 0.5).verdict("Cost"))
        .isEqualTo("Cost: no conclusion from 2 of at least 3 rounds (median 0.500)");
  }

  @Test
  void withoutRoundsThereIsNothingToSay() {
    assertThatThrownBy(() -> of()).hasMessage("no round, no ratio");
  }
}
