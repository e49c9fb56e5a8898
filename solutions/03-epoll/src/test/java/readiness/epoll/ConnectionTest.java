package readiness.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import readiness.kernel.Errno;
import readiness.kernel.OutOfBuffers;
import readiness.kernel.Peer;
import readiness.kernel.Sendable;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;

/** What joins the two halves of a connection, which is given. */
final class ConnectionTest {
  /** Writes down what it is told, and answers nothing. */
  private static class Diary implements Protocol {
    final List<String> told = new ArrayList<>();
    long bytes;

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      bytes += to - from;
      return to - from;
    }

    @Override
    public void ended(Connection connection) {
      told.add("ended");
      connection.closeWhenSent();
    }

    @Override
    public void failed(int errno) {
      told.add("failed " + Errno.name(errno));
    }

    @Override
    public void closed() {
      told.add("closed");
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("who asks for room after the last word is not called, and the loop sleeps")
  void roomAfterTheLastWord(Trigger trigger) {
    Diary diary =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.send(input, from, to - from);
            connection.closeWhenSent();
            connection.sendMore();
            return to - from;
          }

          @Override
          public void drained(Connection connection) {
            told.add("drained");
          }
        };
    try (SimulatedServer server = new SimulatedServer(trigger, () -> diary)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello").expectEnd();
      server.drive();
      server.expect(diary.told.isEmpty(), "nobody told of anything yet", "" + diary.told);
      peer.halfClose();
      server.drive();
      server.expect(diary.told.equals(List.of("closed")), "closed, and no more", "" + diary.told);
      server.expectNobody();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("what had arrived before a reset is read, though a send fails first")
  void readBeforeTheSendsError(Trigger trigger) {
    Connection[] talker = new Connection[1];
    Diary diary =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            talker[0] = connection;
            return super.received(connection, input, from, to);
          }
        };
    MemorySegment word = Arena.ofAuto().allocate(100);
    try (SimulatedServer server = new SimulatedServer(trigger, () -> diary)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      peer.send(new byte[1_000]).reset();
      server.meanwhile();
      talker[0].send(word, 0, word.byteSize());
      server.drive();
      server.expect(
          diary.bytes == 1_005,
          "1,005 bytes: those that had arrived before the reset lie in the socket still",
          "%,d bytes".formatted(diary.bytes));
      server.expect(
          diary.told.equals(List.of("failed ECONNRESET", "closed")),
          "that the connection has failed, and that it is closed",
          "" + diary.told);
      server.expectNobody();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a reset that is met while the queue is emptied leaves what has arrived readable")
  void readBeforeTheQueuesError(Trigger trigger) {
    Diary diary =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            if (bytes == 0) {
              connection.send(Arena.ofAuto().allocate(20_000), 0, 20_000);
            }
            return super.received(connection, input, from, to);
          }
        };
    try (SimulatedServer server = new SimulatedServer(trigger, () -> diary)) {
      Peer peer = server.neverReader().send("hello");
      server.drive();
      peer.send(new byte[1_000]).reset();
      server.meanwhile();
      server.drive();
      server.expect(
          diary.bytes == 1_005, "1,005 bytes before the end", "%,d bytes".formatted(diary.bytes));
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("to wind up twice tells a protocol once")
  void windsUpOnce() {
    Diary diary =
        new Diary() {
          @Override
          public void stopping(Connection connection) {
            told.add("stopping");
            // It is in the middle of something, and closes later.
          }
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> diary)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      server.loop.shutdown();
      server.turn();
      server.turn();
      server.loop.shutdown();
      server.turn();
      server.expect(diary.told.equals(List.of("stopping")), "told once to stop", "" + diary.told);
      peer.halfClose().expectEnd();
      server.drive();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a peer that sends on and on does not keep a loop from its end")
  void stopsThoughPeerSendsOn(Trigger trigger) {
    int[] offers = new int[1];
    Simulation simulation = Simulation.seeded(0);
    // There is always something to receive.
    Sockets flood =
        InBetween.of(
            simulation,
            (name, arguments, call) ->
                name.equals("recv") && offers[0] > 0 ? (int) (long) arguments[3] : call.make());
    Diary diary =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            offers[0]++;
            return super.received(connection, input, from, to);
          }
        };
    try (SimulatedServer server = new SimulatedServer(simulation, flood, trigger, () -> diary)) {
      server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.meanwhile();
      server.loop.shutdown();
      int turns = 0;
      while (server.kernel.count("shutdown") == 0 && turns < 1_000) {
        server.loop.turn();
        turns++;
      }
      server.expect(
          turns < 1_000,
          "the connection told to stop within a thousand turns, and ending",
          "still receiving");
    }
  }

  @Test
  @DisplayName("what sends itself leaves between the bytes before and behind it, and is closed")
  void sendsWhatSendsItself() {
    byte[] part = SimulatedServer.bytes(50_000, 1);
    int[] closed = new int[1];
    Diary diary =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.send(input, from, to - from);
            connection.send(new Once(part, closed));
            connection.send(input, from, to - from);
            return super.received(connection, input, from, to);
          }
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> diary)) {
      Peer peer = server.slowReader().send("hello").expect(50_010).halfClose().expectEnd();
      server.drive();
      byte[] all = new byte[50_010];
      System.arraycopy("hello".getBytes(), 0, all, 0, 5);
      System.arraycopy(part, 0, all, 5, part.length);
      System.arraycopy("hello".getBytes(), 0, all, 50_005, 5);
      server.expectAll(peer, all);
      server.expect(closed[0] == 1, "the part closed once", closed[0] + " times");
      server.expectNobody();
    }
  }

  /** Memory of somebody else's, sent from where it lies. */
  private static final class Once implements Sendable {
    private final MemorySegment bytes;
    private final int[] closed;
    private long sent;

    Once(byte[] bytes, int[] closed) {
      this.bytes = Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
      this.closed = closed;
    }

    @Override
    public long remaining() {
      return bytes.byteSize() - sent;
    }

    @Override
    public long sendTo(Sockets sockets, int fd) {
      int taken = sockets.send(fd, bytes, sent, remaining(), 0);
      sent += Math.max(0, taken);
      return taken;
    }

    @Override
    public void close() {
      closed[0]++;
    }
  }

  @Test
  @DisplayName("who is owed a buffer that nobody has ends, and can say why before")
  void noBuffers() {
    CountedBuffers buffers = new CountedBuffers();
    List<String> told = new ArrayList<>();
    Protocol waits =
        new Protocol() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            return 0;
          }

          @Override
          public void exhausted(Connection connection) {
            MemorySegment sorry = Arena.ofAuto().allocateFrom("sorry");
            connection.send(sorry, 0, 5);
            connection.closeWhenSent();
          }

          @Override
          public void closed() {
            told.add("closed");
          }
        };
    Simulation simulation = Simulation.seeded(0);
    try (EventLoop loop = Loops.of(simulation, simulation, simulation::nanoTime, buffers)) {
      loop.listen(SimulatedServer.ADDRESS, 128, () -> waits);
      buffers.exhausted = true;
      Peer peer =
          simulation
              .peer("client")
              .connect(SimulatedServer.ADDRESS)
              .send("half a")
              .expect(5)
              .halfClose()
              .expectEnd();
      simulation.drive(loop::turn);
      new Story()
          .expect(
              peer.text().equals("sorry") && told.equals(List.of("closed")),
              "the last word \"sorry\", and then the end",
              "\"%s\", %s".formatted(peer.text(), told));
    }
  }

  @Test
  @DisplayName("who is owed a buffer that nobody has, and says nothing, fails with ENOMEM")
  void noBuffersToKeep() {
    Diary waits =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            return 0;
          }
        };
    expectOutOfMemory(waits);
  }

  @Test
  @DisplayName("what the socket does not take and no buffer keeps ends the connection")
  void noBuffersToSend() {
    MemorySegment much = Arena.ofAuto().allocate(4 * SimulatedServer.NARROW);
    Diary talks =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.send(much, 0, much.byteSize());
            return super.received(connection, input, from, to);
          }
        };
    expectOutOfMemory(talks);
  }

  private static void expectOutOfMemory(Diary diary) {
    CountedBuffers buffers = new CountedBuffers();
    Simulation simulation = Simulation.seeded(0);
    try (EventLoop loop = Loops.of(simulation, simulation, simulation::nanoTime, buffers)) {
      loop.listen(SimulatedServer.ADDRESS, 128, () -> diary);
      buffers.exhausted = true;
      simulation
          .peer("client")
          .window(SimulatedServer.NARROW)
          .neverReads()
          .connect(SimulatedServer.ADDRESS)
          .send("hello");
      simulation.drive(loop::turn);
      new Story()
          .expect(
              diary.told.equals(List.of("failed ENOMEM", "closed")),
              "that the connection has failed for want of memory, and that it is closed",
              "" + diary.told);
    }
  }

  /** Knows on which connection it is spoken. */
  private static final class Known extends Diary {
    private @Nullable Connection connection;

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      this.connection = connection;
      return super.received(connection, input, from, to);
    }

    @Override
    public void drained(Connection connection) {
      told.add("drained");
    }

    Connection connection() {
      return Objects.requireNonNull(connection, "nothing has come yet");
    }
  }

  @Test
  @DisplayName("what a task of a connection throws ends that connection and nothing else")
  void tasks() {
    Known known = new Known();
    List<Throwable> heard = new ArrayList<>();
    RuntimeException bug = new IllegalStateException("a bug");
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> known)) {
      server.loop.onDefect(heard::add);
      server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      Timer timer =
          known
              .connection()
              .schedule(
                  Duration.ofSeconds(1),
                  () -> {
                    throw bug;
                  });
      server.expect(timer.isPending(), "a task that is still to be run", "it is not");
      for (int turns = 0; timer.isPending() && turns < 10; turns++) {
        server.loop.turn();
      }
      server.expect(!timer.isPending(), "a task that has been run", "it is still to be run");
      server.expect(
          known.told.equals(List.of("closed")) && heard.equals(List.of(bug)),
          "the connection closed, and the loop's listener told why",
          "told %s; heard %s".formatted(known.told, heard));
    }
  }

  @Test
  @DisplayName("who asks for room between two turns is called in the next one")
  void roomBetweenTurns() {
    Known known = new Known();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> known)) {
      server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      known.connection().sendMore();
      server.turn();
      server.expect(known.told.equals(List.of("drained")), "called once", "" + known.told);
    }
  }

  @Test
  @DisplayName("after the last answer 256 KiB are read and thrown away, and not a byte more")
  void discards() {
    Known known = new Known();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> known)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      known.connection().closeWhenSent();
      peer.send(new byte[256 * 1024]);
      server.drive();
      server.expect(!known.connection().isClosed(), "open still, and reading", "it is closed");
      peer.send("x");
      server.drive();
      server.expect(known.connection().isClosed(), "closed: that was too much", "it is open");
      server.expect(known.bytes == 5, "none of it offered", known.bytes + " bytes offered");
    }
  }

  @Test
  @DisplayName("a protocol that neither takes nor answers is closed when no byte more fits")
  void neverTakes() {
    Diary waits =
        new Diary() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            return 0;
          }
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> waits)) {
      server.peer("client").connect(SimulatedServer.ADDRESS).send(new byte[2 * 1024 * 1024]);
      for (int turns = 0; waits.told.isEmpty() && turns < 1_000; turns++) {
        server.loop.turn();
      }
      server.expect(
          waits.told.equals(List.of("closed")),
          "closed before 2 MiB have come: nothing more can be shown to it",
          "" + waits.told);
    }
  }

  @Test
  @DisplayName("the last word on a connection that takes nothing more closes it")
  void lastWordWhenBroken() {
    Known known = new Known();
    MemorySegment word = Arena.ofAuto().allocate(100);
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> known)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      peer.send(new byte[1_000]).reset();
      server.meanwhile();
      known.connection().send(word, 0, word.byteSize());
      server.expect(!known.connection().isClosed(), "open: there is input", "it is closed");
      known.connection().closeWhenSent();
      server.expect(known.connection().isClosed(), "closed: nobody hears", "it is open");
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("what sends itself is closed also where it cannot go")
  void partsThatCannotGo() {
    Known known = new Known();
    int[] closed = new int[1];
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> known)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      peer.reset();
      server.meanwhile();
      known.connection().send(new Once(new byte[100], closed));
      server.expect(closed[0] == 1, "closed when the send has failed", closed[0] + " times");
      server.drive();
      server.expect(known.connection().isClosed(), "the connection closed", "it is open");
      known.connection().send(new Once(new byte[100], closed));
      server.expect(closed[0] == 2, "closed where nothing is sent any more", closed[0] + " times");
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("a limit that several share is never exceeded, and given back with the buffers")
  void sharedLimit() {
    MemoryLimit limit = new MemoryLimit(16_384);
    SpareBuffers one = new SpareBuffers(limit);
    SpareBuffers other = new SpareBuffers(limit);
    Story story = new Story();
    MemorySegment first = one.take(8_192);
    MemorySegment second = other.take(5_000);
    String said = "a buffer";
    try {
      other.take(1);
    } catch (OutOfBuffers e) {
      said = String.valueOf(e.getMessage());
    }
    story.expect(
        said.equals("no buffer of 4096 bytes: 16384 of at most 16384 bytes are lent"),
        "no more than 16,384 bytes lent to both together",
        said);
    other.give(second);
    one.give(first);
    story.expect(limit.lent() == 0, "all given back", limit.lent() + " bytes lent");
  }

  /** Holds its input with the first bytes that it gets, and takes {@code some} of them. */
  private static class Holder extends Diary {
    private final long some;
    @Nullable Connection connection;

    Holder(long some) {
      this.some = some;
    }

    void held(Connection connection) {}

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      if (this.connection == null) {
        this.connection = connection;
        connection.holdInput();
        held(connection);
        return super.received(connection, input, from, from + some);
      }
      return super.received(connection, input, from, to);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("who holds its input is offered nothing, not even the end, until it releases it")
  void holdsInput(Trigger trigger) {
    Holder holder =
        new Holder(2) {
          @Override
          void held(Connection connection) {
            connection.schedule(
                Duration.ofMillis(900), () -> told.add("%d bytes by now".formatted(bytes)));
            connection.schedule(Duration.ofSeconds(1), connection::releaseInput);
          }
        };
    try (SimulatedServer server = new SimulatedServer(trigger, () -> holder)) {
      server
          .peer("client")
          .connect(SimulatedServer.ADDRESS)
          .send("hello")
          .pause(Duration.ofMillis(100))
          .send(new byte[1_000])
          .halfClose()
          .expectEnd();
      server.drive();
      server.expect(holder.bytes == 1_005, "all 1,005 bytes", "%,d bytes".formatted(holder.bytes));
      server.expect(
          holder.told.equals(List.of("2 bytes by now", "ended", "closed")),
          "2 bytes while it holds, all and the end when it does no longer",
          "" + holder.told);
      server.expectNobody();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("who holds its input hears of a reset all the same")
  void resetWhileHeld(Trigger trigger) {
    Holder holder = new Holder(5);
    try (SimulatedServer server = new SimulatedServer(trigger, () -> holder)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      peer.reset();
      server.meanwhile();
      server.drive();
      server.expect(
          holder.told.equals(List.of("failed ECONNRESET", "closed")),
          "that it has failed, and that it is closed",
          "" + holder.told);
      server.expectNobody();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("who says its last word while it holds its input is closed in order")
  void lastWordWhileHeld(Trigger trigger) {
    Holder holder = new Holder(5);
    try (SimulatedServer server = new SimulatedServer(trigger, () -> holder)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      holder.connection.closeWhenSent();
      peer.expectEnd().send(new byte[1_000]).halfClose();
      server.drive();
      server.expect(holder.told.equals(List.of("closed")), "closed", "" + holder.told);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("a task that throws on a connection's behalf ends that connection")
  void taskThrows() {
    Holder holder = new Holder(5);
    List<Throwable> defects = new ArrayList<>();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> holder)) {
      server.loop.onDefect(defects::add);
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      holder.connection.execute(() -> {
        throw new IllegalStateException("a try");
      });
      peer.expectEnd().halfClose();
      server.drive();
      server.expect(defects.size() == 1, "one defect told", "" + defects);
      server.expect(holder.told.equals(List.of("closed")), "closed", "" + holder.told);
      server.expectNobody();
    }
  }
}
