package readiness.bench.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.bench.Display;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/** The soak finds nothing wrong with the reference, and finds what is wrong with a bad server. */
class SoakTest {
  private static final Display NO_DISPLAY =
      new Display(new PrintStream(PrintStream.nullOutputStream()), false, 80);

  /**
   * A shorter one is that of {@code ready bench epoll --soak}, which is tried as it is packaged.
   */
  @Test
  @Tag("full")
  void theReferenceServerGivesEverythingBack() throws Exception {
    Contender reference = Contender.reference();
    Jvm jvm = reference.jvm().limitedTo(Soak.DESCRIPTORS);
    try (Respondent server = reference.start(jvm, Work.ECHO)) {
      assertThat(new Soak(server, NO_DISPLAY).run(Duration.ofSeconds(20)))
          .allMatch(Soak.Check::holds);
    }
  }

  @Test
  @Tag("full")
  void aBadServerIsFoundOut() throws Exception {
    Jvm jvm = Jvm.own().limitedTo(Soak.DESCRIPTORS);
    try (Respondent server = jvm.start("a bad server", BadEcho.class)) {
      // It never stops spinning, so there is no need to wait for that.
      assertThat(new Soak(server, NO_DISPLAY, 2).run(Duration.ofSeconds(1)))
          .filteredOn(check -> !check.holds())
          .extracting(Soak.Check::what)
          .contains("wrong bytes", "cut off", "when all have left", "leaked descriptors");
    }
  }

  @Test
  void everyMannerHasItsShare() {
    Map<Manner, Integer> clients = new EnumMap<>(Manner.class);
    for (int client = 1000; client < 1200; client++) {
      clients.merge(Manner.of(client), 1, Integer::sum);
    }
    assertThat(clients).containsOnlyKeys(Manner.values());
    assertThat(clients.get(Manner.CHATS)).isEqualTo(50);
    assertThat(clients.get(Manner.LEAVES)).isEqualTo(10);
  }

  @Test
  void aPatternKnowsItsBytesFromAllOthers() {
    Pattern pattern = new Pattern(17);
    byte[] piece = new byte[5000];
    pattern.fill(piece, 1_048_000, 5000);

    assertThat(pattern.mismatch(piece, 1_048_000, 5000)).isEqualTo(-1);
    assertThat(pattern.mismatch(piece, 1_048_001, 5000)).isBetween(0, 10);
    assertThat(new Pattern(18).mismatch(piece, 1_048_000, 5000)).isBetween(0, 10);
    piece[4321]++;
    assertThat(pattern.mismatch(piece, 1_048_000, 5000)).isEqualTo(4321);
  }
}
