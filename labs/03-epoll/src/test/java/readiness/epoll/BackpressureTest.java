package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static readiness.kernel.Epoll.EPOLLIN;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Buffers;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Peer;
import readiness.kernel.Simulation;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Peers that read slowly, or not at all; sockets that take less than they are given. */
@Step("backpressure")
@Tag("backpressure")
final class BackpressureTest {
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

  /** Echoes in two sends, of which the second must not overtake the rest of the first. */
  private static final class InHalves implements Protocol {
    /** So many bytes were kept at most. */
    long mostUnsent;

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      long half = (to - from) / 2;
      connection.send(input, from, half);
      connection.send(input, from + half, to - from - half);
      mostUnsent = Math.max(mostUnsent, connection.unsent());
      return to - from;
    }
  }

  @Test
  @DisplayName("every byte arrives, though the peer reads slowly")
  void slowReader() {
    slowReader(Trigger.LEVEL);
  }

  static void slowReader(Trigger trigger) {
    byte[] message = SimulatedServer.bytes(64 * 1024, 0);
    try (SimulatedServer server = new SimulatedServer(trigger, EchoServer::new)) {
      Peer peer = server.slowReader().send(message).expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
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
          List<Peer> peers = new ArrayList<>();
          List<byte[]> messages = new ArrayList<>();
          try (SimulatedServer server = new SimulatedServer(seed, trigger, InHalves::new, MENU)) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
              byte[] message = SimulatedServer.bytes(1 + random.nextInt(40_000), seed + i);
              messages.add(message);
              peers.add(
                  server
                      .peer("client " + i)
                      .window(4_096 + random.nextInt(SimulatedServer.NARROW))
                      .readsUpTo(1 + random.nextInt(6_000))
                      .connect(SimulatedServer.ADDRESS)
                      .send(message)
                      .expect(message.length)
                      .halfClose()
                      .expectEnd());
            }
            server.drive();
            for (int i = 0; i < peers.size(); i++) {
              server.expectAll(peers.get(i), messages.get(i));
            }
            server.expectNobody();
          }
        });
  }

  @Test
  @DisplayName("writing is watched while something waits, and only then")
  void armedWhileWaiting() {
    byte[] message = SimulatedServer.bytes(20_000, 0);
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, InHalves::new)) {
      Peer peer = server.neverReader().send(message);
      server.drive();
      expectModifies(server, 1, "the socket is full: EPOLLOUT is asked for, once");
      server.expectCount(
          "send", 1, "it takes a part of the first half; the second half waits behind the rest");
      peer.readsUpTo(4_096).expect(message.length);
      server.drive();
      expectModifies(server, 2, "all is sent: EPOLLOUT is given up, or the loop would spin");
      peer.send("ping").expect(4);
      server.drive();
      expectModifies(
          server, 2, "the socket took the answer at once, so there was nothing to ask for");
      server.expectAll(peer, concatenated(message, "ping".getBytes()));
    }
  }

  @Test
  @DisplayName("as much as there is room for leaves with one send, at once and later")
  void wideWay() {
    int way = 400_000;
    int rest = 100_000;
    MemorySegment page = Arena.ofAuto().allocate(way + rest);
    List<Connection> known = new ArrayList<>();
    Protocol listens =
        (connection, _, from, to) -> {
          known.add(connection);
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> listens)) {
      Peer peer =
          server
              .peer("client")
              .window(way)
              .neverReads()
              .connect(SimulatedServer.ADDRESS)
              .send("go");
      server.drive();
      server.kernel.clear();
      known.getFirst().send(page, 0, way + rest);
      server.expectCount("send", 1, "it takes %,d bytes, and says so".formatted(way));
      server.expect(
          known.getFirst().unsent() == rest,
          "%,d bytes wait: those for which there was no room".formatted(rest),
          "%,d bytes wait".formatted(known.getFirst().unsent()));
      peer.readsUpTo(Integer.MAX_VALUE).expect(way);
      server.turn();
      server.expectCount("send", 1, "there is room for all of the rest");
      server.expect(
          known.getFirst().unsent() == 0,
          "nothing waits any more",
          "%,d bytes wait".formatted(known.getFirst().unsent()));
    }
  }

  private static void expectModifies(SimulatedServer server, long wanted, String why) {
    long actual = server.kernel.count("EPOLL_CTL_MOD");
    server.expect(
        actual == wanted,
        "%d changes of interest since the beginning: %s".formatted(wanted, why),
        "%d changes".formatted(actual));
  }

  @Test
  @DisplayName("a peer that sends and never reads does not fill your memory")
  void neverReads() {
    neverReads(Trigger.LEVEL);
  }

  static void neverReads(Trigger trigger) {
    InHalves halves = new InHalves();
    byte[] message = SimulatedServer.bytes((int) (Outgoing.HIGH_WATER + 3 * ONE_READ), 0);
    try (SimulatedServer server = new SimulatedServer(trigger, () -> halves)) {
      Peer peer = server.neverReader().send(message);
      server.drive();
      long most = Outgoing.HIGH_WATER + ONE_READ;
      server.expect(
          halves.mostUnsent <= most,
          "at most %,d bytes kept: the high-water mark and one read more".formatted(most),
          "%,d bytes kept for a peer that reads nothing".formatted(halves.mostUnsent));
      peer.readsUpTo(16_384).expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("who asks to send more is asked when there is room, though nothing waits")
  void asksForMore() {
    asksForMore(Trigger.LEVEL);
  }

  static void asksForMore(Trigger trigger) {
    byte[] message = SimulatedServer.bytes(3 * ONE_PIECE, 0);
    Simulation simulation = Simulation.seeded(0);
    PieceByPiece pieces = new PieceByPiece(message, simulation);
    try (SimulatedServer server = new SimulatedServer(simulation, trigger, () -> pieces)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("go");
      peer.expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expect(
          pieces.turns.stream().distinct().count() == pieces.turns.size(),
          "one piece in a turn: between two of them the loop looks for others",
          "pieces in the turns " + pieces.turns);
    }
  }

  @Test
  @DisplayName("who asks for more than fits is asked when there is room, and not before")
  void asksForMoreThanFits() {
    asksForMoreThanFits(Trigger.LEVEL);
  }

  static void asksForMoreThanFits(Trigger trigger) {
    byte[] message = SimulatedServer.bytes(3 * SimulatedServer.NARROW / ONE_PIECE * ONE_PIECE, 0);
    Simulation simulation = Simulation.seeded(0);
    PieceByPiece pieces = new PieceByPiece(message, simulation);
    try (SimulatedServer server = new SimulatedServer(simulation, trigger, () -> pieces)) {
      Peer peer = server.neverReader().send("go");
      server.drive();
      server.expect(
          pieces.sent <= SimulatedServer.NARROW + ONE_PIECE,
          "no more than fits, and the piece that did not",
          "%,d bytes handed over while the way holds %,d"
              .formatted(pieces.sent, SimulatedServer.NARROW));
      peer.readsUpTo(ONE_PIECE).expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
    }
  }

  /** Answers whatever comes with a message, one piece for each time that there is room. */
  static final class PieceByPiece implements Protocol {
    private final MemorySegment message;
    private final Simulation simulation;

    /** The turns in which it was asked. */
    final List<Long> turns = new ArrayList<>();

    long sent;

    PieceByPiece(byte[] message, Simulation simulation) {
      this.message = Arena.ofAuto().allocate(message.length);
      this.simulation = simulation;
      MemorySegment.copy(message, 0, this.message, JAVA_BYTE, 0, message.length);
    }

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      connection.sendMore();
      return to - from;
    }

    @Override
    public void drained(Connection connection) {
      if (sent == message.byteSize()) {
        return;
      }
      turns.add(simulation.turns());
      connection.send(message, sent, ONE_PIECE);
      sent += ONE_PIECE;
      if (sent < message.byteSize()) {
        connection.sendMore();
      }
    }
  }

  @Test
  @DisplayName("for a peer that has gone nothing is kept")
  void goneMeanwhile() {
    Simulation simulation = Simulation.seeded(0);
    Peer peer = simulation.peer("client");
    List<Connection> known = new ArrayList<>();
    Protocol thinks =
        (connection, input, from, to) -> {
          known.add(connection);
          peer.reset();
          simulation.advance(Duration.ofSeconds(1));
          connection.send(input, from, to - from);
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(simulation, Trigger.LEVEL, () -> thinks)) {
      peer.connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      server.expect(
          known.size() == 1 && known.getFirst().isClosed(),
          "the connection closed: the peer has reset it while the protocol thought of an answer",
          known.isEmpty() ? "nothing was received" : "it is still open");
      server.expectNobody();
    }
  }

  @Test
  @DisplayName(
      "at the high-water mark reading goes on, above it it pauses, at the low one it goes on")
  void atTheMarks() {
    List<Connection> known = new ArrayList<>();
    Protocol listens =
        (connection, _, from, to) -> {
          known.add(connection);
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> listens)) {
      Peer peer = server.neverReader().send("first");
      server.drive();
      int high = (int) Outgoing.HIGH_WATER;
      int low = (int) Outgoing.LOW_WATER;
      MemorySegment page = Arena.ofAuto().allocate(high);
      Connection connection = known.getFirst();
      connection.send(page, 0, SimulatedServer.NARROW);
      connection.send(page, 0, high);
      expectReading(
          server, connection, true, "the high-water mark is the last that is not too much");
      connection.send(page, 0, 1);
      expectReading(server, connection, false, "one byte more is");
      connection.send(page, 0, SimulatedServer.NARROW - 1);
      peer.readsUpTo(SimulatedServer.NARROW);
      while (connection.unsent() > low) {
        // Each time that the peer has emptied the way, it holds as much again.
        server.turn();
      }
      expectReading(server, connection, true, "this is the low-water mark");
    }
  }

  private static void expectReading(
      SimulatedServer server, Connection connection, boolean wanted, String why) {
    boolean reading = (connection.watched() & EPOLLIN) != 0;
    server.expect(
        reading == wanted,
        "with %,d bytes waiting, %s: %s"
            .formatted(connection.unsent(), wanted ? "EPOLLIN asked for" : "no EPOLLIN", why),
        reading ? "EPOLLIN asked for" : "no EPOLLIN");
  }

  @Test
  @DisplayName("between the two marks nothing changes")
  void hysteresis() {
    int rounds = 4;
    byte[] message = SimulatedServer.bytes((int) (rounds * Outgoing.HIGH_WATER), 0);
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, InHalves::new)) {
      Peer peer = server.slowReader().send(message).expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      long modifies = server.kernel.count("EPOLL_CTL_MOD");
      long most = 4 * rounds;
      server.expect(
          modifies <= most,
          "at most %d changes of interest for %,d bytes: between the marks nothing changes"
              .formatted(most, message.length),
          "%,d changes".formatted(modifies));
    }
  }

  @Test
  @DisplayName(
      "on the real kernel: an answer that no socket takes at once arrives to the last byte")
  void realRest() throws IOException {
    byte[] answer = SimulatedServer.bytes(1_000_000, 0);
    MemorySegment page = Arena.ofAuto().allocate(answer.length);
    MemorySegment.copy(answer, 0, page, JAVA_BYTE, 0, answer.length);
    List<Connection> known = new ArrayList<>();
    Protocol talkative =
        (connection, _, from, to) -> {
          known.add(connection);
          connection.send(page, 0, answer.length);
          connection.closeWhenSent();
          return to - from;
        };
    try (RealServer server = new RealServer(Trigger.LEVEL, () -> talkative);
        Socket client = server.client()) {
      Story story = new Story().then("a client says \"go\", and is sent %,d bytes", answer.length);
      client.getOutputStream().write("go".getBytes());
      while (known.isEmpty()) {
        server.loop.turn();
      }
      story.then("after the first send, %,d of them wait", known.getFirst().unsent());
      byte[] heard = hear(client.getInputStream(), server.loop, known.getFirst());
      int at = Arrays.mismatch(answer, heard);
      story.expect(
          at < 0,
          "all of them, in order, and then the end",
          "%,d bytes, different from byte %,d on".formatted(heard.length, at));
    }
  }

  /** Reads to the end, and turns the loop whenever that has something to send and all is read. */
  private static byte[] hear(InputStream in, EventLoop loop, Connection connection)
      throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (connection.unsent() > 0) {
      if (in.available() > 0) {
        heard.writeBytes(in.readNBytes(in.available()));
      } else {
        loop.turn();
      }
    }
    in.transferTo(heard);
    return heard.toByteArray();
  }

  @Test
  @DisplayName("on the real kernel: a peer that sends and never reads does not fill your memory")
  void realNeverReads() throws IOException {
    InHalves halves = new InHalves();
    long most = Outgoing.HIGH_WATER + ONE_READ;
    long much = 64 * Outgoing.HIGH_WATER;
    try (RealServer server = new RealServer(Trigger.LEVEL, () -> halves);
        SocketChannel client = server.channel()) {
      ByteBuffer piece = ByteBuffer.allocate((int) ONE_READ);
      long sent = 0;
      // Until the mark is passed; then so often that whoever went on reading would read it all.
      for (int more = 0;
          more < 500 && sent < much;
          more += halves.mostUnsent > Outgoing.HIGH_WATER ? 1 : 0) {
        sent += client.write(piece.clear());
        server.look();
      }
      new Story()
          .then("a client sends as much as the kernel takes, up to %,d bytes, and reads none", much)
          .then("it has taken %,d bytes", sent)
          .expect(
              halves.mostUnsent > Outgoing.HIGH_WATER && halves.mostUnsent <= most,
              "more than %,d bytes kept, and at most %,d: the high-water mark and one read more"
                  .formatted(Outgoing.HIGH_WATER, most),
              "%,d bytes kept for a peer that reads nothing".formatted(halves.mostUnsent));
    }
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  @DisplayName("the sending half says what the socket has taken, and what is wrong with it")
  void saysWhatIsTaken() {
    int[] answer = {0};
    int[] lent = {0};
    Buffers buffers =
        new Buffers() {
          private final Buffers spare = new SpareBuffers();

          @Override
          public MemorySegment take(long bytes) {
            lent[0]++;
            return spare.take(bytes);
          }

          @Override
          public void give(MemorySegment buffer) {
            lent[0]--;
            spare.give(buffer);
          }
        };
    Outgoing half =
        new Outgoing(InBetween.of(Simulation.seeded(0), (_, _, _) -> answer[0]), 7, buffers);
    MemorySegment data = Arena.ofAuto().allocate(100);
    Story story = new Story();
    answer[0] = 100;
    says(
        story, half, "write(100 bytes), of which send takes 100", half.write(data, 0, 100), 100, 0);
    story.expect(lent[0] == 0, "no buffer taken: nothing is to be kept", lent[0] + " taken");
    answer[0] = -Errno.EAGAIN;
    says(story, half, "write(100 bytes), send says −EAGAIN", half.write(data, 0, 100), 0, 100);
    answer[0] = 30;
    says(story, half, "flush, of which send takes 30", half.flush(), 30, 70);
    answer[0] = -Errno.EPIPE;
    says(story, half, "flush, send says −EPIPE", half.flush(), -Errno.EPIPE, 70);
    half.clear();
    answer[0] = -Errno.ECONNRESET;
    long reset = half.write(data, 0, 100);
    says(story, half, "write(100 bytes), send says −ECONNRESET", reset, -Errno.ECONNRESET, 0);
  }

  private static void says(
      Story story, Outgoing half, String done, long said, long wanted, long waiting) {
    story.then("%s → %d; %d bytes wait", done, said, half.unsent());
    story.expect(said == wanted, "%d said".formatted(wanted), "%d".formatted(said));
    story.expect(
        half.unsent() == waiting,
        "%d bytes to wait".formatted(waiting),
        "%d bytes".formatted(half.unsent()));
  }
}
