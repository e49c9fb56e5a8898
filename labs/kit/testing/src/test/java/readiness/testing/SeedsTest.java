package readiness.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;

/** A failure names its seed, and that seed can be run alone. */
class SeedsTest {
  private final Properties before = (Properties) System.getProperties().clone();

  @BeforeEach
  void forget() {
    System.clearProperty(Seeds.PROPERTY);
    System.clearProperty(Seeds.COUNT);
  }

  @AfterEach
  void putBack() {
    System.setProperties(before);
  }

  @Test
  void runsEachSeedOnce() {
    List<Long> seen = new ArrayList<>();
    Seeds.each(5, seen::add);
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void runsMoreIfAskedTo() {
    List<Long> seen = new ArrayList<>();
    System.setProperty(Seeds.COUNT, "7");
    Seeds.each(5, seen::add);
    assertThat(seen).hasSize(7);
  }

  @Test
  void runsTheOneThatIsAskedFor() {
    List<Long> seen = new ArrayList<>();
    System.setProperty(Seeds.PROPERTY, "5d1c");
    Seeds.each(5, seen::add);
    System.setProperty(Seeds.PROPERTY, "ffffffffffffffff");
    Seeds.each(5, seen::add);
    assertThat(seen).containsExactly(0x5d1cL, -1L);
  }

  @Test
  void aSeedThatIsNoneIsRefusedByName() {
    System.setProperty(Seeds.PROPERTY, "5d1x");
    assertThatThrownBy(() -> Seeds.each(5, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'5d1x'");
  }

  @Test
  void aFindingGetsTheSeedThatReplaysIt() {
    Finding finding =
        catchThrowableOfType(
            Finding.class,
            () ->
                Seeds.each(
                    100,
                    seed -> {
                      if (seed == 42) {
                        throw new Finding(List.of("a step"), "this", "that");
                      }
                    }));
    assertThat(finding.seed()).isEqualTo("2a");
    assertThat(finding.trace()).containsExactly("a step");
    assertThat(finding).hasMessageContaining("seed      2a").hasMessageContaining("1  a step");
    assertThat(finding.getStackTrace()[0].getClassName()).startsWith(getClass().getName());
  }

  @Test
  void anythingElseThatIsThrownIsAFindingToo() {
    IOException cause = new IOException("disk on fire");
    Finding finding =
        catchThrowableOfType(
            Finding.class,
            () ->
                Seeds.each(
                    3,
                    _ -> {
                      throw cause;
                    }));
    assertThat(finding.seed()).isEqualTo("0");
    assertThat(finding.observed()).contains("disk on fire");
    assertThat(finding).hasCause(cause);
  }

  @Test
  void whatIsNotWrittenYetIsNoFinding() {
    assertThatThrownBy(() ->
            Seeds.each(
                3,
                _ -> {
                  throw new NotYet("echo");
                }))
        .isInstanceOf(NotYet.class);
  }
}
