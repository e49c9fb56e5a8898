package readiness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.kernel.Fault;
import readiness.kernel.Peer;
import readiness.testing.Seeds;

/** Answers that come later, beside those that are there at once and those that are streamed. */
final class LaterTest {
  private static final byte[] TYPE = Wire.bytes("Content-Type");

  private final List<Later> laters = new ArrayList<>();
  private @Nullable Served served;

  /**
   * {@code /at-once}, {@code /stream}, {@code /never}, {@code /fails}, or {@code /30} for 30 ms
   * later.
   */
  private void handle(Request request, ResponseWriter response) {
    String path = request.pathText();
    Answering answering = new Answering(path);
    switch (path) {
      case "/at-once" ->
          response.status(200).header(TYPE, Status.PAGE_TYPE).body(Wire.memory(path));
      case "/stream" ->
          response.status(200).header(TYPE, Status.PAGE_TYPE).stream(200_000, answering);
      case "/never" -> laters.add(response.later());
      case "/fails" -> {
        laters.add(response.later());
        throw new IllegalStateException("a try");
      }
      case "/bad-field" -> response.later().answer(Response.of(200).with("A", "b\r\nC: d"));
      default -> {
        Later later = response.later();
        laters.add(later);
        served.loop.schedule(
            Duration.ofMillis(Integer.parseInt(path.substring(1))),
            () -> later.answer(Response.of(200).body(Wire.bytes(path))));
      }
    }
  }

  /** A body of 200,000 times the letter x. */
  private record Answering(String path) implements Body {
    private static long left;

    Answering {
      left = 200_000;
    }

    @Override
    public long read(java.lang.foreign.MemorySegment target, long most) {
      long some = Math.min(most, left);
      target.asSlice(0, some).fill((byte) 'x');
      left -= some;
      return some;
    }

    @Override
    public void close() {}
  }

  private static String get(String... paths) {
    StringBuilder requests = new StringBuilder();
    for (String path : paths) {
      requests.append("GET %s HTTP/1.1\r\nHost: a\r\n\r\n".formatted(path));
    }
    return requests.toString();
  }

  private Served serve(long seed, Fault... menu) {
    served = new Served(seed, this::handle, menu);
    return served;
  }

  @Test
  @DisplayName("the last finishes first, and the answers leave in the order of the requests")
  void inOrder() {
    Seeds.each(
        50,
        seed -> {
          try (Served served = serve(seed)) {
            Peer client =
                served
                    .client("client")
                    .send(get("/30", "/at-once", "/20", "/10", "/at-once", "/stream", "/5"))
                    .halfClose()
                    .expectEnd();
            served.drive();
            served.expect(
                client,
                List.of(
                    "200 /30",
                    "200 /at-once",
                    "200 /20",
                    "200 /10",
                    "200 /at-once",
                    "200 " + "x".repeat(200_000),
                    "200 /5"));
          }
        });
  }

  @Test
  @DisplayName("a client that sends hundreds of requests ahead is served all of them, and bounded")
  void manyAhead() {
    try (Served served = serve(0)) {
      List<String> wanted = new ArrayList<>();
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 400; i++) {
        requests.append(get("/" + (400 - i) % 7));
        wanted.add("200 /" + (400 - i) % 7);
      }
      Peer client = served.client("client").send(requests.toString()).halfClose().expectEnd();
      served.drive();
      served.expect(client, wanted);
    }
  }

  @Test
  @DisplayName("the last request of a connection is answered, then it is closed")
  void last() {
    try (Served served = serve(0)) {
      Peer client =
          served
              .client("client")
              .send("GET /20 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get("/at-once"))
              .expectEnd()
              .halfClose();
      Peer old = served.client("old").send("HEAD /10 HTTP/1.0\r\n\r\n").expectEnd().halfClose();
      served.drive();
      served.expect(client, List.of("200 /20"));
      assertThat(old.text()).contains("Content-Length: 3\r\n").endsWith("\r\n\r\n");
    }
  }

  @Test
  @DisplayName("a client that is gone cancels what it waits for, and the answer harms nobody")
  void gone() {
    try (Served served = serve(0)) {
      served.client("client").send(get("/never", "/at-once")).pause(Duration.ofMillis(5)).reset();
      Peer other = served.client("other").send(get("/50")).halfClose().expectEnd();
      served.drive();
      served.expect(other, List.of("200 /50"));
      assertThat(laters.getFirst().isCancelled()).isTrue();
      assertThat(laters.getLast().isCancelled()).isFalse();
      laters.getFirst().answer(Response.of(200));
    }
  }

  @Test
  @DisplayName("a handler that throws after all: 500 in its place, the others get theirs")
  void fails() {
    try (Served served = serve(0)) {
      Peer client =
          served
              .client("client")
              .send(get("/20", "/fails", "/bad-field", "/10"))
              .halfClose()
              .expectEnd();
      served.drive();
      assertThat(Answer.all(client.received()))
          .extracting(Answer::status)
          .containsExactly(200, 500, 500, 200);
      assertThat(served.http.failures()).isEqualTo(2);
    }
  }
}
