package readiness.bench.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import readiness.measure.Jvm;
import readiness.measure.NoAnswer;
import readiness.measure.Respondent;

/** What is compared must do the same work, and the client must see it done. */
class ServersTest {
  static Stream<Contender> contenders() {
    return Stream.of(Contender.reference(), Contender.peer());
  }

  static Stream<Arguments> servers() {
    return contenders()
        .flatMap(each -> Stream.of(Work.values()).map(work -> Arguments.of(each, work)));
  }

  @ParameterizedTest
  @MethodSource("contenders")
  void everyHttpServerGivesTheSameAnswer(Contender contender) throws IOException {
    try (Respondent child = contender.start(Work.HTTP)) {
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
  @MethodSource("servers")
  void everyServerKeepsItsConnectionsBusyOneByOneAndPipelined(Contender contender, Work work)
      throws IOException {
    try (Respondent child = contender.start(work)) {
      int port = Integer.parseInt(child.line());
      for (int depth : new int[] {1, 16}) {
        // Every answer is looked at on the way: a wrong or a lost one ends the run.
        Load.Result result = Load.run(port, work, 8, depth, 200);
        assertThat(result.requests())
            .as("requests, %d at a time on each of 8 connections", depth)
            .isGreaterThanOrEqualTo(8L * depth);
        assertThat(Load.Result.parse(result.toString()).requests()).isEqualTo(result.requests());
      }
      assertThat(child.proc().cpuSeconds()).isPositive();
      assertThat(child.proc().residentBytes()).isGreaterThan(10 << 20);
      assertThat(child.number("allocated")).isPositive();
      assertThat(child.number("live")).isBetween(1L << 16, child.number("allocated"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRequestCostsOneRecvAndOneSendAndNoEpollCtl(Work work) throws IOException {
    try (Respondent child = Contender.reference().start(work, LoopServer.COUNT)) {
      int port = Integer.parseInt(child.line());
      long requests = Load.run(port, work, 8, 1, 200).requests();
      // Beyond the requests, as few as eight connections need to come and go.
      assertThat(child.number("recv")).isBetween(requests, requests + 100);
      assertThat(child.number("send")).isBetween(requests, requests + 100);
      assertThat(child.number("epoll_ctl")).isLessThan(100);
    }
  }

  @Test
  void aWrongByteEndsTheRun() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      Thread.startVirtualThread(() -> echoWrongly(server));

      assertThatThrownBy(() -> Load.run(server.getLocalPort(), Work.ECHO, 1, 16, 200))
          .hasMessage("an answer is wrong, or is not where it should begin");
    }
  }

  private static void echoWrongly(ServerSocket server) {
    byte[] input = new byte[16 * Work.ECHO.request().length];
    try (Socket socket = server.accept()) {
      socket.getInputStream().readNBytes(input, 0, input.length);
      input[input.length - 1]++;
      socket.getOutputStream().write(input);
    } catch (IOException e) {
      // The test has ended.
    }
  }

  @Test
  void aServerThatEndsSaysWhy() {
    try (Respondent child = Jvm.own().start("a server", Broken.class)) {
      assertThatThrownBy(child::line)
          .isInstanceOf(NoAnswer.class)
          .hasMessageContaining("a server has ended.")
          .hasMessageContaining("not written yet: step waiting");
    }
  }
}
