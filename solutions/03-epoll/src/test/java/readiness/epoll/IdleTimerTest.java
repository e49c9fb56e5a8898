package readiness.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.kernel.Peer;

/** When a connection counts as idle, of which the most is given. */
final class IdleTimerTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Swallows what comes, and knows on which connection. */
  private static final class Silence implements Protocol {
    @Nullable Connection connection;

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      this.connection = connection;
      return to - from;
    }
  }

  private final Silence silence = new Silence();

  @Test
  @DisplayName("what only comes keeps a connection, and what has come last counts")
  void onlyComes() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> silence)) {
      server.loop.closeIdleAfter(LIMIT);
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      for (int second = 0; second < 30; second++) {
        peer.send("x");
        server.turn();
      }
      expectOpen(server, "a byte has come each second, for 30 seconds");
      expectClosedIn(server, LIMIT);
    }
  }

  @Test
  @DisplayName("what only goes keeps a connection as well")
  void onlyGoes() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> silence)) {
      server.loop.closeIdleAfter(LIMIT);
      server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.turn();
      MemorySegment word = Arena.ofAuto().allocateFrom("word");
      int[] said = {0};
      Runnable[] talk = {null};
      talk[0] =
          () -> {
            expectOpen(server, "%d words have gone, one each second".formatted(said[0]));
            connection().send(word, 0, 4);
            said[0]++;
            if (said[0] < 30) {
              server.loop.schedule(Duration.ofSeconds(1), talk[0]);
            }
          };
      server.loop.schedule(Duration.ofSeconds(1), talk[0]);
      for (int turns = 0; said[0] < 30 && turns < 200; turns++) {
        server.loop.turn();
      }
      server.expect(said[0] == 30, "30 words said", said[0] + " said");
      expectClosedIn(server, LIMIT);
    }
  }

  @Test
  @DisplayName("it ends nothing when it was cancelled")
  void cancelled() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> silence)) {
      int[] ended = {0};
      IdleTimer timer = new IdleTimer(server.loop, LIMIT.toNanos(), () -> ended[0]++);
      Timer later = server.loop.schedule(LIMIT.multipliedBy(3), () -> {});
      timer.start();
      timer.cancel();
      for (int turns = 0; later.isPending() && turns < 10; turns++) {
        server.loop.turn();
      }
      server.expect(ended[0] == 0, "nothing ended by a timer that was cancelled", "it is ended");
    }
  }

  private Connection connection() {
    return Objects.requireNonNull(silence.connection, "nothing has come yet");
  }

  private void expectOpen(SimulatedServer server, String why) {
    server.expect(!connection().isClosed(), "the connection open: " + why, "it is closed");
  }

  /** Nothing happens any more: it is closed after {@code limit}, and a second more at most. */
  private void expectClosedIn(SimulatedServer server, Duration limit) {
    long begin = server.simulation.nanoTime();
    for (int turns = 0; !connection().isClosed() && turns < 10; turns++) {
      server.loop.turn();
    }
    long passed = server.simulation.nanoTime() - begin;
    server.expect(
        connection().isClosed()
            && passed <= limit.plusSeconds(1).toNanos()
            && passed >= limit.minusSeconds(2).toNanos(),
        "closed about %s after that, since nothing comes or goes".formatted(limit),
        "%s after %s"
            .formatted(connection().isClosed() ? "closed" : "open", Duration.ofNanos(passed)));
  }
}
