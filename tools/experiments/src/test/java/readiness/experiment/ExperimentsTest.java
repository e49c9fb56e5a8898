package readiness.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.xml.sax.InputSource;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Table.Row;
import readiness.testing.DescriptorLeaks;

/**
 * Each experiment as small as it gets, on the real kernel: counts, and orders of magnitude that no
 * busy machine can turn round. Nothing that it opened is left.
 */
@ExtendWith(DescriptorLeaks.class)
class ExperimentsTest {
  private static final Path ROOT = Path.of(System.getProperty("readiness.root"));

  /** Some descriptors are the JVM's, which it keeps from their first use on. */
  @BeforeAll
  static void warmUp() throws Exception {
    new ChildJvm(Cycle.class, java.util.List.of(), "1").close();
    new EchoClients(0).close();
    java.nio.channels.Selector.open().close();
  }

  private static Report run(String id) throws Exception {
    Experiment experiment = Experiments.named(id).orElseThrow();
    Report report = Main.run(experiment, new Setting(Size.SMALL, ROOT, _ -> {}));
    assertThat(Report.read(report.json())).as("read back").isEqualTo(report);
    String svg = experiment.chart(report.table()).svg();
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("desc")
                .item(0)
                .getTextContent())
        .contains(report.table().rows().getFirst().label());
    return report;
  }

  @Test
  void theKernelIsWhatASystemCallCosts() throws Exception {
    Table table = run("downcall-cost").table();

    double crossing = table.row("into C and back, no kernel (labs)").at("nanos");
    double call = table.row("the call (getppid)").at("nanos");
    assertThat(crossing).isBetween(0.1, call / 2);
    assertThat(call).isBetween(20.0, 100_000.0);
    assertThat(table.rows()).hasSize(5);
  }

  @Test
  void everyCollectorOfHotSpotCollectsCyclesAndACounterKeepsThem() throws Exception {
    Report report = run("gc-cycle");

    assertThat(report.table().rows()).hasSizeGreaterThanOrEqualTo(2);
    for (Row row : report.table().rows()) {
      double left = row.label().startsWith("counting") ? 100 : 0;
      assertThat(row.at("left")).as(row.label()).isEqualTo(left);
    }
    assertThat(report.conclusion().verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void pollLooksAtEveryDescriptorAndEpollAtTheReadyOne() throws Exception {
    Table table = run("select-poll-epoll").table();

    Row many = table.row("200");
    assertThat(many.at("poll-one-ready-micros"))
        .isGreaterThan(4 * many.at("epoll-one-ready-micros"));
    assertThat(many.at("select-one-ready-micros"))
        .isGreaterThan(2 * table.row("10").at("select-one-ready-micros"));
  }

  @Test
  void closingForgetsARegistrationUnlessADuplicateLives() throws Exception {
    Report report = run("dup-keeps-registration");

    Table table = report.table();
    assertThat(table.row("nothing is done after an event").at("reported-in-ten-waits"))
        .isEqualTo(10);
    assertThat(table.row("closed").at("reported-in-ten-waits")).isZero();
    assertThat(table.row("closed, a duplicate lives").at("reported-in-ten-waits")).isEqualTo(10);
    assertThat(table.row("the same, then removed").at("result-of-removing")).isEqualTo(-9);
    assertThat(report.conclusion().right()).isEqualTo("b");
    assertThat(report.conclusion().verdict()).isEqualTo(Verdict.WRONG);
  }

  @Test
  void onlyAnEpolloutThatIsLeftArmedSpins() throws Exception {
    Table table = run("busy-loop").table();

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
    Table table = run("thundering-herd").table();

    double shared = table.row("one listener").at("threads-woken");
    double exclusive = table.row("one listener, EPOLLEXCLUSIVE").at("threads-woken");
    assertThat(shared).isGreaterThan(1.5 * exclusive).isLessThan(20);
    assertThat(table.row("eight listeners, SO_REUSEPORT").at("accepts-in-vain")).isZero();
    assertThat(table.row("eight listeners, SO_REUSEPORT").at("most-on-one-thread")).isLessThan(100);
  }

  @Test
  void aThreadHoldsMoreMemoryThanAConnectionOfALoop() throws Exception {
    Table table = run("threads-or-loop").table();

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
