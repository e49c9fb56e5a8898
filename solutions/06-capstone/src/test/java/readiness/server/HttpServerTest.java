package readiness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.kernel.NotYet;

/** The server as a whole, on the real kernel. */
final class HttpServerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String GET = "GET / HTTP/1.0\r\n\r\n";
  private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);

  private static Answer ask(HttpServer server) throws IOException {
    InetSocketAddress address = server.address();
    try (Socket client = new Socket(address.getAddress(), address.getPort())) {
      client.setSoTimeout(20_000);
      client.getOutputStream().write(Wire.bytes(GET));
      return Answer.all(client.getInputStream().readAllBytes()).getFirst();
    }
  }

  @Test
  @DisplayName("each loop has a handler of its own, and calls it on its own thread only")
  void handlerOfItsOwn() throws IOException {
    Map<Integer, Thread> calledBy = new ConcurrentHashMap<>();
    AtomicInteger handlers = new AtomicInteger();
    AtomicInteger strangers = new AtomicInteger();
    try (HttpServer server =
        HttpServer.start(
            ANY,
            3,
            () -> {
              int mine = handlers.incrementAndGet();
              Thread maker = Thread.currentThread();
              return (_, response) -> {
                Thread caller = Thread.currentThread();
                Thread known = calledBy.putIfAbsent(mine, caller);
                if (caller != maker || known != null && known != caller) {
                  strangers.incrementAndGet();
                }
                response
                    .status(200)
                    .header(CONTENT_TYPE, Status.PAGE_TYPE)
                    .body(Wire.memory("hello"));
              };
            },
            Limits.USUAL,
            Patience.USUAL)) {
      for (int i = 0; i < 12; i++) {
        assertThat(ask(server).status()).isEqualTo(200);
      }
    }
    assertThat(handlers).hasValue(3);
    assertThat(calledBy.values()).as("threads that answered").doesNotHaveDuplicates().hasSize(3);
    assertThat(strangers).as("calls on a thread that did not make the handler").hasValue(0);
  }

  @Test
  @DisplayName("what a handler throws, an error too, is one client's answer: the others are served")
  void handlerThrows() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Handler moody =
        (_, response) -> {
          switch (asked.getAndIncrement()) {
            case 0 -> throw new IllegalStateException("a try");
            case 1 -> throw new OutOfMemoryError("a try");
            case 2 -> throw new StackOverflowError();
            default ->
                response
                    .status(200)
                    .header(CONTENT_TYPE, Status.PAGE_TYPE)
                    .body(Wire.memory("hello"));
          }
        };
    try (HttpServer server = HttpServer.start(ANY, moody)) {
      assertThat(ask(server).status()).isEqualTo(500);
      assertThat(ask(server).status()).isEqualTo(500);
      assertThat(ask(server).status()).isEqualTo(500);
      assertThat(ask(server).status()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("a server that ends by itself says why to whoever waits for it")
  void saysWhyItEnds() throws Exception {
    // A gap is the one thing that a loop lets through, and stands for a defect of its own here.
    Handler gap =
        (_, _) -> {
          throw new NotYet("routing");
        };
    try (HttpServer server = HttpServer.start(ANY, gap)) {
      InetSocketAddress address = server.address();
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.getOutputStream().write(Wire.bytes(GET));
        assertThatThrownBy(server::join)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(NotYet.class);
      }
    }
  }
}
