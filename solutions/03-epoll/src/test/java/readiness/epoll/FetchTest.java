package readiness.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.kernel.Linux;

/** The client round the parser of answers, and the parser's limits, which are given. */
final class FetchTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final List<String> told = new ArrayList<>();
  private final Story story = new Story(5);

  /** Writes down what it is told. */
  private final Answer diary =
      new Answer() {
        @Override
        public void status(int status) {
          told.add("status " + status);
        }

        @Override
        public void body(MemorySegment memory, long from, long to) {
          told.add("%d bytes".formatted(to - from));
        }

        @Override
        public void complete() {
          told.add("complete");
        }

        @Override
        public void failed(String reason) {
          told.add("failed: " + reason);
        }
      };

  @Test
  @DisplayName("an answer that is none fails once, and its connection is closed")
  void nonsense() {
    MemorySegment answer = Arena.ofAuto().allocateFrom("nonsense\r\n\r\nmore of it\r\n");
    Protocol server =
        (connection, _, from, to) -> {
          connection.send(answer, 0, answer.byteSize() - 1);
          return to - from;
        };
    Linux linux = new Linux();
    try (EventLoop loop = Loops.of(linux, new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      int port = linux.getsockname(loop.listen(ANY, 128, () -> server)).getPort();
      URI uri = URI.create("http://127.0.0.1:%d/".formatted(port));
      for (Connection each : List.of(Fetch.get(loop, uri, diary), Fetch.head(loop, uri, diary))) {
        for (int turns = 0; !each.isClosed() && turns < 100; turns++) {
          loop.turn();
        }
        story.expect(each.isClosed(), "the connection closed", "it is open");
      }
      String reason = "failed: no status line: \"nonsense\", from byte 0 of the answer on";
      story.expect(told.equals(List.of(reason, reason)), "each told " + reason, "" + told);
    }
  }

  @Test
  @DisplayName("a second word on the length is one, also behind a length of 0")
  void secondWord() {
    String zero = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    expect(zero + "Content-Length: 0\r\n\r\n", "a second word on where the body ends");
    expect(zero + "Transfer-Encoding: chunked\r\n\r\n", "a second word on where the body ends");
  }

  @Test
  @DisplayName("a line is as long as it may be, and a byte longer")
  void longLine() {
    String name = "HTTP/1.1 200 OK\r\nX: ";
    int rest = ResponseParser.LINE - "X: \r".length();
    expect(name + "x".repeat(rest) + "\r\n", "");
    expect(name + "x".repeat(rest + 1) + "\r\n", "a line of more than 8,192 bytes");
  }

  @Test
  @DisplayName("the fields are as long together as they may be, and a byte longer")
  void longFields() {
    StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
    String field = "X: %s\r\n".formatted("x".repeat(4_091));
    while (head.length() + field.length() <= ResponseParser.LINES - 4_096) {
      head.append(field);
    }
    int rest = ResponseParser.LINES - head.length() - "X: \r\n\r\n".length();
    expect(head + "X: %s\r\n\r\n".formatted("x".repeat(rest)), "");
    expect(head + "X: %s\r\n\r\n".formatted("x".repeat(rest + 1)), "more than 65,536 bytes");
  }

  @Test
  @DisplayName("a line that is wrong is shown, but no more of it than 60 characters")
  void shown() {
    expect("x".repeat(60) + "\r\n", "no status line: \"%s\"".formatted("x".repeat(60)));
    expect("x".repeat(61) + "\r\n", "no status line: \"%s…\"".formatted("x".repeat(60)));
  }

  /** Reads an answer as it came in one piece; {@code error} is empty where nothing is wrong. */
  private void expect(String answer, String error) {
    MemorySegment memory = Arena.ofAuto().allocateFrom(answer);
    ResponseParser parser = new ResponseParser(false, diary);
    long consumed = parser.parse(memory, 0, answer.length());
    story.expect(
        (consumed == ResponseParser.BAD) == !error.isEmpty() && parser.error().startsWith(error),
        error.isEmpty() ? "an answer of which nothing is wrong" : error,
        parser.error().isEmpty() ? "nothing is wrong" : parser.error());
  }
}
