package readiness.bench.epoll;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import readiness.bench.Display;
import readiness.bench.Settings;
import readiness.measure.Respondent;

/** Several loops answer as one does, and nothing is said of a rate that they did not limit. */
class LoopsTest {
  private static Loops.Round round(double busy, double clientsBusy) {
    return new Loops.Round(1, busy, clientsBusy, 1e6);
  }

  @Test
  void loopsThatWereBusyAreTheLimit() {
    assertThat(Loops.limit(Map.of(1, List.of(round(0.98, 1.2)), 4, List.of(round(3.8, 3.1)))))
        .isEmpty();
  }

  @Test
  void loopsThatWaitedAreNot() {
    assertThat(Loops.limit(Map.of(1, List.of(round(0.98, 0.9)), 2, List.of(round(1.2, 0.8)))))
        .startsWith("2 loops kept 1.20 processors busy, and the clients 0.80 of the machine's ");
    assertThat(Loops.limit(Map.of(1, List.of(round(0.6, 1.4)), 2, List.of(round(1.9, 1.8)))))
        .startsWith("1 loop kept 0.60 processors busy");
  }

  @Test
  void twoLoopsGiveTheSameAnswer() throws Exception {
    try (Respondent server = Contender.reference().start(Work.HTTP, LoopHttp.LOOPS, "2")) {
      int port = (int) server.number();
      assertThat(Load.fetch(port)).startsWith("HTTP/1.1 200 OK").endsWith("Hello, World!");
      assertThat(Load.run(port, Work.HTTP, 8, 16, 200).requests()).isGreaterThanOrEqualTo(8 * 16);
    }
  }

  @Test
  void bothAreMeasuredInEachRound() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Display display = new Display(new PrintStream(out, true, StandardCharsets.UTF_8), false, 80);

    Loops.run(
        Settings.parse("loops=2", "rounds=2", "seconds=0.05", "connections=8", "depth=4"), display);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("reference's HTTP server, 2 loops beside 1 loop · 2 × 0.05 s")
        .contains("http, 4 pipelined", "clients busy")
        .contains("2 / 1, processor time", "2 / 1, requests/s")
        .contains("no conclusion: ");
  }
}
