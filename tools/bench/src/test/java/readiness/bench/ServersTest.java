package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared must do the same work, and the client must see it done. */
class ServersTest {
  @ParameterizedTest
  @EnumSource
  void everyServerGivesTheSameAnswer(Server server) throws IOException {
    try (Child child = server.start()) {
      String answer = Load.fetch(Integer.parseInt(child.line()));
      assertThat(parts(answer)).isEqualTo(parts(Served.answer()));
    }
  }

  /** The answer's lines in order, names in lower case, and of the date its length. */
  private static List<String> parts(String answer) {
    return answer
        .lines()
        .map(line -> line.contains(": ") ? line.toLowerCase(Locale.ROOT) : line)
        .map(line -> line.startsWith("date: ") ? "date: " + line.length() : line)
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void everyServerKeepsItsConnectionsBusyOneByOneAndPipelined(Server server) throws IOException {
    try (Child child = server.start()) {
      int port = Integer.parseInt(child.line());
      for (int depth : new int[] {1, 16}) {
        // Every answer is looked at on the way: a wrong or a lost one ends the run.
        Load.Result result = Load.run(port, 8, depth, 200);
        assertThat(result.requests()).as("requests %d deep", depth).isGreaterThan(100);
        assertThat(Load.Result.parse(result.toString()).requests()).isEqualTo(result.requests());
      }
      assertThat(child.cpuSeconds()).isPositive();
      assertThat(Long.parseLong(child.ask("allocated"))).isPositive();
    }
  }

  @Test
  void aRequestCostsOneRecvAndOneSendAndNoEpollCtl() throws IOException {
    try (Child child = Server.READINESS.start("--count")) {
      int port = Integer.parseInt(child.line());
      long requests = Load.run(port, 8, 1, 200).requests();
      // Beyond the requests, as few as eight connections need to come and go.
      assertThat(Long.parseLong(child.ask("recv"))).isBetween(requests, requests + 100);
      assertThat(Long.parseLong(child.ask("send"))).isBetween(requests, requests + 100);
      assertThat(Long.parseLong(child.ask("epoll_ctl"))).isLessThan(100);
    }
  }
}
