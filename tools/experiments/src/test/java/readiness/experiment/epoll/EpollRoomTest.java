package readiness.experiment.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Result;
import readiness.experiment.SmallRun;
import readiness.experiment.Table;
import readiness.experiment.Table.Row;
import readiness.testing.DescriptorLeaks;

/**
 * Chapter 3's experiments: counts, and orders of magnitude that no busy machine can turn round.
 * Nothing that they opened is left.
 */
@ExtendWith(DescriptorLeaks.class)
class EpollRoomTest {
  @BeforeAll
  static void warmUp() throws Exception {
    SmallRun.warmUp();
  }

  @Test
  void pollLooksAtEveryDescriptorAndEpollAtTheReadyOne() throws Exception {
    Table table = SmallRun.of("select-poll-epoll").table();

    Row many = table.row("200");
    assertThat(many.at("poll-one-ready-micros"))
        .isGreaterThan(4 * many.at("epoll-one-ready-micros"));
    assertThat(many.at("select-one-ready-micros"))
        .isGreaterThan(2 * table.row("10").at("select-one-ready-micros"));
  }

  @Test
  void closingForgetsARegistrationUnlessADuplicateLives() throws Exception {
    Result result = SmallRun.of("dup-keeps-registration");

    Table table = result.table();
    assertThat(table.row("nothing is done after an event").at("reported-in-ten-waits"))
        .isEqualTo(10);
    assertThat(table.row("closed").at("reported-in-ten-waits")).isZero();
    assertThat(table.row("closed, a duplicate lives").at("reported-in-ten-waits")).isEqualTo(10);
    assertThat(table.row("the same, then removed").at("result-of-removing")).isEqualTo(-9);
    assertThat(result.conclusion().right()).isEqualTo("b");
    assertThat(result.conclusion().verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void onlyAnEpolloutThatIsLeftArmedSpins() throws Exception {
    Table table = SmallRun.of("busy-loop").table();

    assertThat(table.row("level-triggered, EPOLLOUT left armed").at("wake-ups-a-second"))
        .isGreaterThan(5_000);
    // Once in a fifth of a second.
    assertThat(table.row("level-triggered, EPOLLOUT only while needed").at("wake-ups-a-second"))
        .isLessThan(10);
    assertThat(table.row("edge-triggered, both from the start").at("wake-ups-a-second"))
        .isLessThan(10);
  }

  @Test
  void aSharedListenerWakesTheHerd() throws Exception {
    Table table = SmallRun.of("thundering-herd").table();

    double shared = table.row("one listener").at("threads-woken");
    double exclusive = table.row("one listener, EPOLLEXCLUSIVE").at("threads-woken");
    assertThat(shared).isGreaterThan(1.5 * exclusive).isLessThan(20);
    assertThat(table.row("eight listeners, SO_REUSEPORT").at("accepts-in-vain")).isZero();
    assertThat(table.row("eight listeners, SO_REUSEPORT").at("most-on-one-thread")).isLessThan(100);
  }

  @Test
  void aThreadHoldsMoreMemoryThanAConnectionOfALoop() throws Exception {
    Table table = SmallRun.of("threads-or-loop").table();

    Row threads = table.row("virtual threads");
    Row loop = table.row("the loop");
    assertThat(threads.at("heap-bytes-a-connection"))
        .as("with a buffer of 1,024 bytes")
        .isGreaterThan(1_024)
        .isGreaterThan(2 * loop.at("heap-bytes-a-connection"));
    assertThat(threads.at("epolls")).isPositive();
    assertThat(loop.at("epolls")).isEqualTo(1);
    assertThat(threads.at("lines")).isBetween(10.0, 40.0);
    assertThat(loop.at("lines")).isGreaterThan(500);
    assertThat(loop.at("messages-a-second")).isGreaterThan(500);
  }
}
