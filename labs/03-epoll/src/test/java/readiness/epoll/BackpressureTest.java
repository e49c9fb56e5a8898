package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Fault;
import readiness.kernel.Finding;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Peers that read slowly, or not at all; sockets that take less than they are given. */
@Step("backpressure")
@Tag("backpressure")
final class BackpressureTest {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 7007);

  /** As much as one read brings: the loop's memory for input. */
  private static final long ONE_READ = 64 * 1024;

  private static final int ONE_PIECE = 1_000;

  private static final Fault[] MENU = {
    Fault.PARTIAL_READS,
    Fault.PARTIAL_WRITES,
    Fault.SPURIOUS_EAGAIN,
    Fault.SPURIOUS_READINESS,
    Fault.EINTR,
    Fault.EVENT_ORDER
  };

  @Test
  @DisplayName("every byte arrives, though the peer reads slowly")
  void slowReader() {
    slowReader(Trigger.LEVEL);
  }

  static void slowReader(Trigger trigger) {
    Simulation simulation = Simulation.seeded(0);
    byte[] message = bytes(64 * 1024, 0);
    try (EventLoop loop = echo(simulation, trigger)) {
      Peer peer =
          simulation
              .peer("client")
              .window(8_192)
              .readsUpTo(4_096)
              .connect(ADDRESS)
              .send(message)
              .expect(message.length)
              .halfClose()
              .expectEnd();
      simulation.drive(loop::turn);
      expectAll(simulation, peer, message);
    }
  }

  @Test
  @DisplayName("every byte arrives in order, whatever the sockets take")
  void seeds() {
    seeds(Trigger.LEVEL);
  }

  static void seeds(Trigger trigger) {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          Simulation simulation = Simulation.seeded(seed, MENU);
          List<Peer> peers = new ArrayList<>();
          List<byte[]> messages = new ArrayList<>();
          try (EventLoop loop = new Bench(simulation, trigger, BackpressureTest::inHalves).loop()) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
              byte[] message = bytes(1 + random.nextInt(40_000), seed + i);
              messages.add(message);
              peers.add(
                  simulation
                      .peer("client " + i)
                      .window(4_096 + random.nextInt(8_192))
                      .readsUpTo(1 + random.nextInt(6_000))
                      .connect(ADDRESS)
                      .send(message)
                      .expect(message.length)
                      .halfClose()
                      .expectEnd());
            }
            simulation.drive(loop::turn);
            for (int i = 0; i < peers.size(); i++) {
              expectAll(simulation, peers.get(i), messages.get(i));
            }
          }
        });
  }

  /** Echoes in two sends, of which the second must not overtake the rest of the first. */
  private static long inHalves(Connection connection, MemorySegment input, long from, long to) {
    long half = (to - from) / 2;
    connection.send(input, from, half);
    connection.send(input, from + half, to - from - half);
    return to - from;
  }

  @Test
  @DisplayName("writing is watched while something waits, and only then")
  void armedWhileWaiting() {
    Simulation simulation = Simulation.seeded(0);
    Bench bench = new Bench(simulation, BackpressureTest::inHalves);
    byte[] message = bytes(20_000, 0);
    try (EventLoop loop = bench.loop()) {
      Peer peer =
          simulation.peer("client").window(8_192).neverReads().connect(ADDRESS).send(message);
      simulation.drive(loop::turn);
      bench.expectModifies(1, "the socket is full: EPOLLOUT is asked for, once");
      peer.readsUpTo(4_096).expect(message.length);
      simulation.drive(loop::turn);
      bench.expectModifies(2, "all is sent: EPOLLOUT is given up, or the loop would spin");
      peer.send("ping").expect(4);
      simulation.drive(loop::turn);
      bench.expectModifies(
          2, "the socket took the answer at once, so there was nothing to ask for");
      expectAll(simulation, peer, concatenated(message, "ping".getBytes()));
    }
  }

  @Test
  @DisplayName("a peer that sends and never reads does not fill your memory")
  void neverReads() {
    neverReads(Trigger.LEVEL);
  }

  static void neverReads(Trigger trigger) {
    Simulation simulation = Simulation.seeded(0);
    Bench bench = new Bench(simulation, trigger, BackpressureTest::inHalves);
    byte[] message = bytes((int) (Connection.HIGH_WATER + 3 * ONE_READ), 0);
    try (EventLoop loop = bench.loop()) {
      Peer peer =
          simulation.peer("client").window(8_192).neverReads().connect(ADDRESS).send(message);
      simulation.drive(loop::turn);
      long most = Connection.HIGH_WATER + ONE_READ;
      bench.expect(
          bench.mostUnsent <= most,
          "at most %,d bytes kept: the high-water mark and one read more".formatted(most),
          "%,d bytes kept for a peer that reads nothing".formatted(bench.mostUnsent));
      peer.readsUpTo(16_384).expect(message.length).halfClose().expectEnd();
      simulation.drive(loop::turn);
      expectAll(simulation, peer, message);
    }
  }

  @Test
  @DisplayName("who asks to send more is asked when there is room, though nothing waits")
  void asksForMore() {
    asksForMore(Trigger.LEVEL);
  }

  static void asksForMore(Trigger trigger) {
    Simulation simulation = Simulation.seeded(0);
    byte[] message = bytes(3 * ONE_PIECE, 0);
    try (EventLoop loop =
        new EventLoop(simulation, simulation, simulation::nanoTime, new SpareBuffers(), trigger)) {
      loop.listen(ADDRESS, 128, () -> new PieceByPiece(message));
      Peer peer = simulation.peer("client").connect(ADDRESS).send("go");
      peer.expect(message.length).halfClose().expectEnd();
      simulation.drive(loop::turn);
      expectAll(simulation, peer, message);
    }
  }

  /** Answers whatever comes with a message, one piece for each time that there is room. */
  private static final class PieceByPiece implements Protocol {
    private final MemorySegment message;
    private long sent;

    PieceByPiece(byte[] message) {
      this.message = Arena.ofAuto().allocate(message.length);
      MemorySegment.copy(message, 0, this.message, JAVA_BYTE, 0, message.length);
    }

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      connection.sendMore();
      return to - from;
    }

    @Override
    public void drained(Connection connection) {
      connection.send(message, sent, ONE_PIECE);
      sent += ONE_PIECE;
      if (sent < message.byteSize()) {
        connection.sendMore();
      }
    }
  }

  @Test
  @DisplayName("between the two marks nothing changes")
  void hysteresis() {
    Simulation simulation = Simulation.seeded(0);
    Bench bench = new Bench(simulation, BackpressureTest::inHalves);
    int rounds = 4;
    byte[] message = bytes((int) (rounds * Connection.HIGH_WATER), 0);
    try (EventLoop loop = bench.loop()) {
      Peer peer =
          simulation
              .peer("client")
              .window(8_192)
              .readsUpTo(4_096)
              .connect(ADDRESS)
              .send(message)
              .expect(message.length)
              .halfClose()
              .expectEnd();
      simulation.drive(loop::turn);
      expectAll(simulation, peer, message);
      long modifies = bench.kernel.count("EPOLL_CTL_MOD");
      long most = 4 * rounds;
      bench.expect(
          modifies <= most,
          "at most %d changes of interest for %,d bytes: between the marks nothing changes"
              .formatted(most, message.length),
          "%,d changes".formatted(modifies));
    }
  }

  /** A loop on a recorded simulation, with a meter for what its connections keep. */
  private static final class Bench {
    final Recording kernel;
    final Simulation simulation;
    final Protocol protocol;
    final Trigger trigger;
    long mostUnsent;

    Bench(Simulation simulation, Protocol protocol) {
      this(simulation, Trigger.LEVEL, protocol);
    }

    Bench(Simulation simulation, Trigger trigger, Protocol protocol) {
      this.trigger = trigger;
      this.simulation = simulation;
      this.kernel = Recording.of(simulation, simulation);
      this.protocol = protocol;
    }

    EventLoop loop() {
      EventLoop loop =
          new EventLoop(kernel, kernel, simulation::nanoTime, new SpareBuffers(), trigger);
      loop.listen(ADDRESS, 128, () -> this::metered);
      return loop;
    }

    private long metered(Connection connection, MemorySegment input, long from, long to) {
      long consumed = protocol.received(connection, input, from, to);
      mostUnsent = Math.max(mostUnsent, connection.unsent());
      return consumed;
    }

    void expectModifies(long wanted, String why) {
      long actual = kernel.count("EPOLL_CTL_MOD");
      expect(
          actual == wanted,
          "%d changes of interest since the beginning: %s".formatted(wanted, why),
          "%d changes".formatted(actual));
    }

    void expect(boolean holds, String expected, String observed) {
      if (!holds) {
        throw new Finding(simulation.tail(12), expected, observed);
      }
    }
  }

  private static EventLoop echo(Simulation simulation, Trigger trigger) {
    EventLoop loop =
        new EventLoop(simulation, simulation, simulation::nanoTime, new SpareBuffers(), trigger);
    loop.listen(ADDRESS, 128, EchoServer::new);
    return loop;
  }

  private static void expectAll(Simulation simulation, Peer peer, byte[] said) {
    byte[] heard = peer.received();
    int at = Arrays.mismatch(said, heard);
    if (at >= 0) {
      String extra =
          heard.length > said.length
              ? ", %,d bytes arrived twice".formatted(heard.length - said.length)
              : "";
      throw new Finding(
          simulation.tail(20),
          "%s gets all its %,d bytes, in order".formatted(peer.name(), said.length),
          "%,d bytes, different from byte %,d on%s".formatted(heard.length, at, extra));
    }
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
