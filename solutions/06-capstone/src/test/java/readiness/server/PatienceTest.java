package readiness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.epoll.EventLoop;
import readiness.epoll.MemoryLimit;
import readiness.epoll.SpareBuffers;
import readiness.kernel.Peer;
import readiness.kernel.Simulation;

/** How long a client may take, and how much it may have kept: on the simulated clock. */
final class PatienceTest {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 8080);
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);

  private final Simulation kernel = Simulation.seeded(0);

  private EventLoop loop(long memory) {
    EventLoop loop =
        new EventLoop(kernel, kernel, kernel::nanoTime, new SpareBuffers(new MemoryLimit(memory)));
    loop.closeIdleAfter(PATIENCE.idle());
    Handler hello =
        (_, response) ->
            response.status(200).header(CONTENT_TYPE, Status.PAGE_TYPE).body(Wire.memory("hello"));
    loop.listen(ADDRESS, 64, new HttpProtocol(hello, Limits.USUAL, PATIENCE, () -> 0));
    return loop;
  }

  private Peer client(String name) {
    return kernel.peer(name).connect(ADDRESS);
  }

  /** The seconds that it takes until all clients have what they wait for. */
  private long secondsToServe(EventLoop loop) {
    long before = kernel.nanoTime();
    kernel.drive(loop::turn);
    return (kernel.nanoTime() - before) / 1_000_000_000;
  }

  @Test
  @DisplayName("a head that comes byte by byte is given up after its time, and answered 408")
  void lateHead() {
    try (EventLoop loop = loop(1 << 20)) {
      Peer drip = client("drip");
      for (char c : "GET / HTTP/1.1\r\nHost: abcdefghijklmnopqrstuvwxyz".toCharArray()) {
        drip.send(String.valueOf(c)).pause(Duration.ofSeconds(1));
      }
      drip.expectEnd().halfClose();
      kernel.drive(loop::turn);
      assertThat(Answer.all(drip.received())).extracting(Answer::status).containsExactly(408);
    }
  }

  @Test
  @DisplayName("the time begins anew with each head, and a slow client of many requests is served")
  void eachHeadAnew() {
    try (EventLoop loop = loop(1 << 20)) {
      Peer slow = client("slow");
      for (int i = 0; i < 5; i++) {
        slow.send(GET.substring(0, 10)).pause(Duration.ofSeconds(3)).send(GET.substring(10));
        slow.pause(Duration.ofSeconds(3));
      }
      slow.halfClose().expectEnd();
      kernel.drive(loop::turn);
      assertThat(Answer.all(slow.received()))
          .extracting(Answer::status)
          .containsExactly(200, 200, 200, 200, 200);
    }
  }

  @Test
  @DisplayName("who says nothing is closed after the idle time, before a request and after one")
  void idle() {
    try (EventLoop loop = loop(1 << 20)) {
      client("silent").expectEnd().halfClose();
      client("satisfied").send(GET).expectEnd().halfClose();
      assertThat(secondsToServe(loop)).isBetween(19L, 22L);
    }
  }

  @Test
  @DisplayName("who was answered 400 and goes on sending does not hold its place for ever")
  void afterARefusal() {
    try (EventLoop loop = loop(1 << 20)) {
      int open = kernel.openDescriptors();
      Peer rude = client("rude").send("nonsense\r\n\r\n");
      for (int i = 0; i < 200; i++) {
        rude.pause(Duration.ofSeconds(1)).send("x");
      }
      client("witness").pause(Duration.ofSeconds(60)).send(GET).halfClose().expectEnd();
      long before = kernel.nanoTime();
      while (kernel.openDescriptors() > open
          || kernel.nanoTime() - before < Duration.ofSeconds(70).toNanos()) {
        assertThat((kernel.nanoTime() - before) / 1_000_000_000).as("seconds").isLessThan(100);
        kernel.advance(Duration.ofSeconds(1));
        loop.execute(() -> {});
        loop.turn();
      }
      assertThat(Answer.all(rude.received())).extracting(Answer::status).containsExactly(400);
    }
  }

  @Test
  @DisplayName("who would need more than all may keep together is answered 503; the others are not")
  void exhausted() {
    try (EventLoop loop = loop(2 * 4096)) {
      Peer[] half = new Peer[3];
      for (int i = 0; i < half.length; i++) {
        half[i] = client("half " + i).pause(Duration.ofMillis(i)).send(GET.substring(0, 10));
      }
      half[0].pause(Duration.ofSeconds(1)).send(GET.substring(10)).halfClose().expectEnd();
      half[1].pause(Duration.ofSeconds(1)).send(GET.substring(10)).halfClose().expectEnd();
      half[2].expectEnd().halfClose();
      Peer whole = client("whole").pause(Duration.ofMillis(500)).send(GET).halfClose().expectEnd();
      kernel.drive(loop::turn);
      assertThat(Answer.all(half[0].received())).extracting(Answer::status).containsExactly(200);
      assertThat(Answer.all(half[1].received())).extracting(Answer::status).containsExactly(200);
      assertThat(Answer.all(half[2].received())).extracting(Answer::status).containsExactly(503);
      assertThat(Answer.all(whole.received())).extracting(Answer::status).containsExactly(200);
    }
  }
}
