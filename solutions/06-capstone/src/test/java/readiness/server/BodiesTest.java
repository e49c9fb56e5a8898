package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.epoll.EventLoop;
import readiness.epoll.MemoryLimit;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Fault;
import readiness.kernel.Peer;
import readiness.kernel.Simulation;
import readiness.testing.Seeds;

/** Bodies that a handler wants: collected to their end, within a limit and a time. */
final class BodiesTest {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 8080);
  private static final int LIMIT = 100;
  private static final byte[] TYPE = Wire.bytes("Content-Type");
  private static final String NEXT = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String CHUNKS = "4\r\nabcd\r\n2;x=y\r\nef\r\n0\r\nT: u\r\n\r\n";

  /** Says what it was sent. */
  private static final Handler ECHO =
      new Handler() {
        @Override
        public void handle(Request request, ResponseWriter response) {
          MemorySegment body = request.body();
          String text = request.pathText() + " " + Wire.text(body.toArray(JAVA_BYTE));
          response.status(200).header(TYPE, Status.PAGE_TYPE).body(Wire.memory(text));
        }

        @Override
        public long bodyLimit(Request request) {
          return LIMIT;
        }
      };

  private static String post(String path, String fields, String body) {
    return "POST %s HTTP/1.1\r\nHost: a\r\n%s\r\n%s".formatted(path, fields, body);
  }

  @Test
  @DisplayName("by length and in chunks, split at every byte: the handler sees the whole body")
  void everySplit() {
    for (String request :
        List.of(
            post("/a", "Content-Length: 6\r\n", "abcdef"),
            post("/a", "Transfer-Encoding: chunked\r\n", CHUNKS))) {
      for (int split = 1; split < request.length(); split++) {
        try (Served served = new Served(0, ECHO)) {
          Peer client =
              served
                  .client("client")
                  .send(request.substring(0, split))
                  .pause(Duration.ofMillis(5))
                  .send(request.substring(split) + NEXT)
                  .halfClose()
                  .expectEnd();
          served.drive();
          served.expect(client, List.of("200 /a abcdef", "200 / "));
          assertThat(served.buffers.bytes()).isZero();
        }
      }
    }
  }

  @Test
  @DisplayName("whatever the kernel makes of the pieces, each body is its own request's")
  void seeds() {
    Seeds.each(
        50,
        seed -> {
          try (Served served = new Served(seed, ECHO, Fault.values())) {
            Peer client =
                served
                    .client("client")
                    .send(
                        post("/1", "Content-Length: 3\r\n", "abc")
                            + post("/2", "Transfer-Encoding: chunked\r\n", CHUNKS)
                            + NEXT
                            + post("/3", "Content-Length: 0\r\n", "")
                            + post("/4", "Content-Length: 100\r\n", "x".repeat(100)))
                    .halfClose()
                    .expectEnd();
            served.drive();
            if (!client.sawReset()) {
              served.expect(
                  client,
                  List.of(
                      "200 /1 abc",
                      "200 /2 abcdef",
                      "200 / ",
                      "200 /3 ",
                      "200 /4 " + "x".repeat(100)));
            }
          }
        });
  }

  @Test
  @DisplayName("more than is wanted: 413, by the length before a byte of it is read")
  void tooLong() {
    try (Served served = new Served(0, ECHO)) {
      Peer declared =
          served
              .client("declared")
              .send(post("/", "Content-Length: 101\r\n", "x".repeat(101)) + NEXT)
              .halfClose()
              .expectEnd();
      Peer chunked =
          served
              .client("chunked")
              .send(
                  post("/", "Transfer-Encoding: chunked\r\n", "65\r\n" + "x".repeat(101) + "\r\n"))
              .expectEnd()
              .halfClose();
      served.drive();
      served.expect(declared, List.of("413", "200 / "));
      served.expect(chunked, List.of("413"));
      assertThat(served.buffers.bytes()).isZero();
    }
  }

  @Test
  @DisplayName("no chunks where chunks should be: 400, and nothing behind is taken for a request")
  void badChunks() {
    try (Served served = new Served(0, ECHO)) {
      Peer client =
          served
              .client("client")
              .send(post("/", "Transfer-Encoding: chunked\r\n", "3\r\nabcX\r\n" + NEXT))
              .expectEnd()
              .halfClose();
      served.drive();
      served.expect(client, List.of("400"));
    }
  }

  @Test
  @DisplayName("who waits for a word before the body gets it, unless the body is not wanted")
  void goAhead() {
    String expects = "Expect: 100-continue\r\nContent-Length: ";
    try (Served served = new Served(0, ECHO)) {
      Peer waits =
          served
              .client("waits")
              .send(post("/", expects + "3\r\n", ""))
              .expect("HTTP/1.1 100 Continue\r\n\r\n".length())
              .send("abc")
              .halfClose()
              .expectEnd();
      Peer waitsNot =
          served
              .client("waits not")
              .send(post("/", expects + "3\r\n", "abc"))
              .halfClose()
              .expectEnd();
      Peer tooLong =
          served
              .client("too long")
              .send(post("/", expects + "101\r\n", ""))
              .expectEnd()
              .halfClose();
      served.drive();
      assertThat(waits.text()).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
      assertThat(waits.text()).endsWith("/ abc");
      assertThat(waitsNot.text()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("/ abc");
      assertThat(tooLong.text()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  @DisplayName("memory grows with what has come and not with what was announced, and is given back")
  void memory() {
    Handler greedy =
        new Handler() {
          @Override
          public void handle(Request request, ResponseWriter response) {
            ECHO.handle(request, response);
          }

          @Override
          public long bodyLimit(Request request) {
            return 1 << 30;
          }
        };
    try (Served served = new Served(0, greedy)) {
      served.client("boaster").send(post("/", "Content-Length: 1073741824\r\n", "abc")).reset();
      served.drive();
      assertThat(served.buffers.most()).isLessThanOrEqualTo(16 * 1024);
      assertThat(served.buffers.bytes()).isZero();
    }
  }

  @Test
  @DisplayName("no memory for a body: 503, and whoever else is served is served on")
  void noMemory() {
    Simulation kernel = Simulation.seeded(0);
    SpareBuffers buffers = new SpareBuffers(new MemoryLimit(4096));
    try (EventLoop loop = new EventLoop(kernel, kernel, kernel::nanoTime, buffers)) {
      Handler wide =
          new Handler() {
            @Override
            public void handle(Request request, ResponseWriter response) {
              ECHO.handle(request, response);
            }

            @Override
            public long bodyLimit(Request request) {
              return 1 << 20;
            }
          };
      Patience patience = Patience.USUAL;
      loop.listen(ADDRESS, 64, new HttpProtocol(wide, Limits.USUAL, patience, () -> 0));
      Peer large =
          kernel
              .peer("large")
              .connect(ADDRESS)
              .send(post("/", "Content-Length: 5000\r\n", "x".repeat(5000)))
              .expectEnd()
              .halfClose();
      Peer small = kernel.peer("small").connect(ADDRESS).send(NEXT).halfClose().expectEnd();
      kernel.drive(loop::turn);
      assertThat(Answer.all(large.received())).extracting(Answer::status).containsExactly(503);
      assertThat(Answer.all(small.received())).extracting(Answer::status).containsExactly(200);
    }
  }

  @Test
  @DisplayName("a body that does not come in its time: 408")
  void late() {
    Simulation kernel = Simulation.seeded(0);
    Patience patience =
        new Patience(Duration.ofSeconds(50), Duration.ofSeconds(5), Duration.ofSeconds(100));
    try (EventLoop loop = new EventLoop(kernel, kernel, kernel::nanoTime, new SpareBuffers())) {
      loop.listen(ADDRESS, 64, new HttpProtocol(ECHO, Limits.USUAL, patience, () -> 0));
      Peer slow =
          kernel.peer("slow").connect(ADDRESS).send(post("/", "Content-Length: 60\r\n", ""));
      for (int i = 0; i < 30; i++) {
        slow.send("x").pause(Duration.ofSeconds(1));
      }
      slow.expectEnd().halfClose();
      kernel.drive(loop::turn);
      assertThat(Answer.all(slow.received())).extracting(Answer::status).containsExactly(408);
    }
  }
}
