package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** How connections end: in order, half at a time, or with a reset, and what is still owed then. */
@Step("hang-up")
@Tag("hang-up")
final class HangUpTest {
  private static final Fault[] MENU = {
    Fault.PARTIAL_READS,
    Fault.PARTIAL_WRITES,
    Fault.SPURIOUS_EAGAIN,
    Fault.SPURIOUS_READINESS,
    Fault.EINTR,
    Fault.RESETS,
    Fault.HALF_CLOSES,
    Fault.GONE_BEFORE_ACCEPT,
    Fault.EVENT_ORDER
  };

  @Test
  @DisplayName("what came before a reset is read before the connection is given up")
  void lastWords() {
    lastWords(Trigger.LEVEL);
  }

  static void lastWords(Trigger trigger) {
    Diary diary = new Diary();
    try (SimulatedServer server = new SimulatedServer(trigger, () -> diary)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.turn();
      peer.send(new byte[1_000]).reset();
      server.meanwhile();
      server.drive();
      server.expect(
          diary.bytes == 1_000,
          "the 1,000 bytes that arrived before the reset, though EPOLLIN comes together with"
              + " EPOLLERR and EPOLLHUP",
          "%,d bytes".formatted(diary.bytes));
      server.expect(diary.closed, "then the connection closed", "it is still open");
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("what came before a reset is read to its end, though one recv does not hold it")
  void longLastWords() {
    longLastWords(Trigger.LEVEL);
  }

  static void longLastWords(Trigger trigger) {
    Diary diary = new Diary();
    int length = 150_000;
    try (SimulatedServer server = new SimulatedServer(trigger, () -> diary)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      // More than one recv takes, and all of it arrives before the reset.
      server.simulation.setsockopt(
          diary.connection().fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, length);
      peer.send(new byte[length]).reset();
      server.meanwhile();
      server.drive();
      int all = length + "hello".length();
      server.expect(
          diary.bytes == all,
          "all %,d bytes that arrived before the reset".formatted(all),
          "%,d bytes".formatted(diary.bytes));
      server.expectNobody();
    }
  }

  /** Writes down what happens to a connection, and answers nothing. */
  private static final class Diary implements Protocol {
    long bytes;
    long bytesAtTheEnd = -1;
    boolean closed;
    private @Nullable Connection connection;

    Connection connection() {
      return Objects.requireNonNull(connection, "nothing has been received yet");
    }

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      this.connection = connection;
      bytes += to - from;
      return to - from;
    }

    @Override
    public void ended(Connection connection) {
      bytesAtTheEnd = bytes;
      connection.closeWhenSent();
    }

    @Override
    public void closed() {
      closed = true;
    }
  }

  @Test
  @DisplayName("the protocol is told of the end once it has got everything before it")
  void endComesLast() {
    endComesLast(Trigger.LEVEL);
  }

  static void endComesLast(Trigger trigger) {
    Diary diary = new Diary();
    int length = 200_000;
    try (SimulatedServer server = new SimulatedServer(trigger, () -> diary)) {
      server
          .peer("client")
          .connect(SimulatedServer.ADDRESS)
          .send(new byte[length])
          .halfClose()
          .expectEnd();
      server.drive();
      server.expect(
          diary.bytesAtTheEnd == length,
          "ended is called when all %,d bytes have been handed over".formatted(length),
          diary.bytesAtTheEnd < 0
              ? "it is never called"
              : "it is called after %,d".formatted(diary.bytesAtTheEnd));
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("input that comes when none is wanted is no hang-up")
  void unwantedInput() {
    List<Connection> known = new ArrayList<>();
    byte[] news = SimulatedServer.bytes(2 * (int) Outgoing.HIGH_WATER, 0);
    MemorySegment all = Arena.ofAuto().allocateFrom(JAVA_BYTE, news);
    Protocol protocol =
        (connection, _, from, to) -> {
          if (!known.contains(connection)) {
            known.add(connection);
          } else if (connection == known.getFirst()) {
            known.getLast().send(all, 0, news.length);
          }
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> protocol)) {
      Peer first = server.peer("first").connect(SimulatedServer.ADDRESS).send("hello");
      server.drive();
      Peer second = server.slowReader().send("hello");
      server.drive();
      // In this order: the first has more sent to the second than may wait, and then there is an
      // event for input of the second, of which nothing may be read now.
      first.send("news");
      server.meanwhile();
      second.send("!");
      server.meanwhile();
      server.drive();
      server.expect(
          !known.getLast().isClosed(),
          "the second connected still: EPOLLIN alone says nothing of an end, even if no input is"
              + " wanted",
          "it is closed");
      server.expectAll(second, news);
    }
  }

  @Test
  @DisplayName("who has finished sending still gets all of its answer")
  void halfClosed() {
    halfClosed(Trigger.LEVEL);
  }

  static void halfClosed(Trigger trigger) {
    byte[] message = SimulatedServer.bytes(64 * 1024, 0);
    try (SimulatedServer server = new SimulatedServer(trigger, EchoServer::new)) {
      Peer peer = server.slowReader().send(message).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("the protocol is not told of the end while its answer waits to be sent")
  void answerFirst() {
    answerFirst(Trigger.LEVEL);
  }

  static void answerFirst(Trigger trigger) {
    List<Long> unsent = new ArrayList<>();
    Protocol echo =
        new Protocol() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.send(input, from, to - from);
            return to - from;
          }

          @Override
          public void ended(Connection connection) {
            unsent.add(connection.unsent());
            connection.closeWhenSent();
          }
        };
    byte[] message = SimulatedServer.bytes(3 * SimulatedServer.NARROW, 0);
    try (SimulatedServer server = new SimulatedServer(trigger, () -> echo)) {
      Peer peer = server.slowReader().send(message).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expect(
          unsent.equals(List.of(0L)),
          "ended called once, when nothing waits to be sent any more",
          unsent.isEmpty()
              ? "it is never called"
              : "called %s; at the first call, %,d bytes wait"
                  .formatted(
                      unsent.size() == 1 ? "once" : unsent.size() + " times", unsent.getFirst()));
    }
  }

  @Test
  @DisplayName("nor is it told while it is in the middle of an answer, between two pieces")
  void piecesFirst() {
    piecesFirst(Trigger.LEVEL);
  }

  static void piecesFirst(Trigger trigger) {
    byte[] answer = SimulatedServer.bytes(5_000, 0);
    Simulation simulation = Simulation.seeded(0);
    try (SimulatedServer server =
        new SimulatedServer(
            simulation, trigger, () -> new BackpressureTest.PieceByPiece(answer, simulation))) {
      Peer peer =
          server.peer("client").connect(SimulatedServer.ADDRESS).send("go").halfClose().expectEnd();
      server.meanwhile();
      server.drive();
      server.expectAll(peer, answer);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("half a message before the end does not keep the protocol from hearing of the end")
  void endBehindHalf() {
    endBehindHalf(Trigger.LEVEL);
  }

  static void endBehindHalf(Trigger trigger) {
    // Takes nothing: the other half never comes.
    Protocol waits = (_, _, _, _) -> 0;
    try (SimulatedServer server = new SimulatedServer(trigger, () -> waits)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("half a").halfClose();
      server.drive();
      server.expect(
          peer.sawEnd(),
          "the connection closed: no more comes, and the protocol has nothing to say to a half",
          "it is still open");
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("half a message is not the end: the other half comes, and then the end")
  void halfIsNotTheEnd() {
    halfIsNotTheEnd(Trigger.LEVEL);
  }

  static void halfIsNotTheEnd(Trigger trigger) {
    List<String> told = new ArrayList<>();
    Protocol whole =
        new Protocol() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            if (to - from < "a message".length()) {
              return 0;
            }
            told.add("a message");
            return to - from;
          }

          @Override
          public void ended(Connection connection) {
            told.add("the end");
            connection.closeWhenSent();
          }
        };
    try (SimulatedServer server = new SimulatedServer(trigger, () -> whole)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.drive();
      peer.send("a mess");
      server.drive();
      peer.send("age");
      server.drive();
      peer.halfClose().expectEnd();
      server.drive();
      server.expect(
          told.equals(List.of("a message", "the end")),
          "told: a message, then the end. What is kept of a message says nothing about the peer",
          "told: " + (told.isEmpty() ? "nothing" : String.join(", then ", told)));
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("a peer that sends without a pause does not keep its own answer from leaving")
  void bothAtOnce() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, EchoServer::new)) {
      Peer peer = server.neverReader().send(new byte[20_000]);
      server.drive();
      peer.readsUpTo(Integer.MAX_VALUE).send(new byte[1_000]);
      server.turn();
      server.expectCount("recv", 1, "1,000 bytes more have come");
      server.expectCount(
          "send", 1, "the event says EPOLLIN and EPOLLOUT, and there is room for what waits");
      peer.halfClose().expectEnd();
      server.drive();
    }
  }

  @Test
  @DisplayName("what the event does not say is not tried")
  void onlyWhatItSays() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, EchoServer::new)) {
      Peer peer = server.neverReader().send(new byte[20_000]);
      server.drive();
      peer.send(new byte[1_000]);
      server.turn();
      server.expectCount("recv", 1, "1,000 bytes more have come");
      server.expectCount("send", 0, "the event says EPOLLIN alone: there is no room");
      peer.readsUpTo(Integer.MAX_VALUE).expect(SimulatedServer.NARROW);
      server.turn();
      server.expectCount("recv", 0, "the event says EPOLLOUT alone: nothing has come");
      peer.halfClose().expectEnd();
      server.drive();
    }
  }

  @Test
  @DisplayName("a reset ends a connection at once, also one from which nothing is read")
  void resetWhilePaused() {
    resetWhilePaused(Trigger.LEVEL);
  }

  static void resetWhilePaused(Trigger trigger) {
    try (SimulatedServer server = new SimulatedServer(trigger, EchoServer::new)) {
      int length = (int) Outgoing.HIGH_WATER + 100_000;
      Peer peer = server.neverReader().send(new byte[length]);
      server.drive();
      peer.reset();
      server.drive();
      server.expectNobody();
    }
  }

  @Test
  @DisplayName(
      "a protocol may close when it is asked for more, though a reset comes with that event")
  void closedInBetween() {
    closedInBetween(Trigger.LEVEL);
  }

  static void closedInBetween(Trigger trigger) {
    List<Integer> failures = new ArrayList<>();
    Protocol curt =
        new Protocol() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.sendMore();
            return to - from;
          }

          @Override
          public void drained(Connection connection) {
            connection.close();
          }

          @Override
          public void failed(int errno) {
            failures.add(errno);
          }
        };
    try (SimulatedServer server = new SimulatedServer(trigger, () -> curt)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.drive();
      peer.send("go");
      server.turn();
      peer.reset();
      server.meanwhile();
      server.drive();
      server.expect(
          failures.isEmpty(),
          "no failure told: the protocol has closed the connection itself",
          "failed is called with %s".formatted(failures));
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("a protocol may go on sending after the peer's end, and the loop sleeps meanwhile")
  void answersLater() {
    answersLater(Trigger.LEVEL);
  }

  static void answersLater(Trigger trigger) {
    Patience patience = new Patience();
    try (SimulatedServer server = new SimulatedServer(trigger, () -> patience)) {
      Peer peer =
          server
              .peer("client")
              .connect(SimulatedServer.ADDRESS)
              .send("what time is it?")
              .halfClose();
      server.drive();
      Connection connection = patience.expectEnded(server);
      MemorySegment answer = server.loop.input();
      answer.setString(0, "late");
      connection.send(answer, 0, 4);
      connection.closeWhenSent();
      peer.expectEnd();
      server.drive();
      server.expectAll(peer, "late".getBytes());
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("a reset is heard also by a connection that has nothing to read or to send")
  void resetAfterTheEnd() {
    resetAfterTheEnd(Trigger.LEVEL);
  }

  static void resetAfterTheEnd(Trigger trigger) {
    Patience patience = new Patience();
    try (SimulatedServer server = new SimulatedServer(trigger, () -> patience)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS).send("hello").halfClose();
      server.drive();
      patience.expectEnded(server);
      peer.reset();
      server.drive();
      server.expect(
          patience.failures.equals(List.of(Errno.EPIPE)),
          "failed told once, with EPIPE: a reset, behind an end that had come in order",
          patience.failures());
      server.expectNobody();
    }
  }

  /** Takes what comes, hears of the end, and leaves the connection open. */
  private static final class Patience implements Protocol {
    private final List<Connection> ended = new ArrayList<>();
    final List<Integer> failures = new ArrayList<>();
    boolean closed;

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      return to - from;
    }

    @Override
    public void ended(Connection connection) {
      ended.add(connection);
    }

    @Override
    public void failed(int errno) {
      failures.add(errno);
    }

    @Override
    public void closed() {
      closed = true;
    }

    /** Of what it was told that has failed, in words. */
    String failures() {
      return failures.isEmpty()
          ? "no failure told, as if all had gone well"
          : "told of " + failures.stream().map(Errno::name).toList();
    }

    Connection expectEnded(SimulatedServer server) {
      server.expect(
          ended.size() == 1,
          "the protocol told once that the peer has finished sending",
          ended.isEmpty() ? "it is never told" : "it is told %d times".formatted(ended.size()));
      server.expect(
          !ended.getFirst().isClosed(),
          "the connection still open: the peer may be waiting for an answer",
          "it is closed");
      return ended.getFirst();
    }
  }

  @Test
  @DisplayName("who said goodbye first is done when the other side has said it too")
  void weFirst() {
    weFirst(Trigger.LEVEL);
  }

  static void weFirst(Trigger trigger) {
    Protocol curt =
        (connection, input, from, to) -> {
          connection.send(input, from, to - from);
          connection.closeWhenSent();
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(trigger, () -> curt)) {
      Peer peer =
          server
              .peer("client")
              .connect(SimulatedServer.ADDRESS)
              .send("hello")
              .expect(5)
              .expectEnd()
              .send("one thing more");
      server.drive();
      server.expectAll(peer, "hello".getBytes());
      peer.halfClose();
      server.turn();
      server.expectCount("close", 1, "both sides have finished, and recv has just said so");
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("no byte is lost or comes twice, however peers and strangers leave")
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
          try (SimulatedServer server = new SimulatedServer(seed, trigger, EchoServer::new, MENU)) {
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
  @DisplayName("on the real kernel: the bytes before a reset, and then the reset")
  void realReset() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    Diary diary = new Diary();
    Story story = new Story(kernel);
    try (EventLoop loop = Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers())) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      InetSocketAddress address = kernel.getsockname(loop.listen(any, 128, () -> diary));
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        loop.turn();
        client.getOutputStream().write(new byte[1_000]);
        client.setSoLinger(true, 0);
      }
      story.then("a client has sent 1,000 bytes and closed with SO_LINGER 0, which is a reset");
      for (int turns = 0; turns < 3 && !diary.closed; turns++) {
        loop.turn();
      }
      story.expect(diary.bytes == 1_000, "all 1,000 bytes", "%,d bytes".formatted(diary.bytes));
      story.expect(diary.closed, "then the connection closed", "it is still open");
    }
  }

  @Test
  @DisplayName("on the real kernel: who has finished sending is heard, and hears its answer")
  void realEnd() throws IOException {
    Diary diary = new Diary();
    Protocol answers =
        new Protocol() {
          @Override
          public long received(Connection connection, MemorySegment input, long from, long to) {
            connection.send(input, from, to - from);
            return diary.received(connection, input, from, to);
          }

          @Override
          public void ended(Connection connection) {
            diary.ended(connection);
          }

          @Override
          public void closed() {
            diary.closed();
          }
        };
    try (RealServer server = new RealServer(Trigger.LEVEL, () -> answers);
        Socket client = server.client()) {
      client.getOutputStream().write("hello".getBytes());
      client.shutdownOutput();
      Story story = new Story().then("a client sends \"hello\", and then its end");
      // As long as nobody takes note of the end, the kernel reports it again at each wait.
      for (int turns = 0; turns < 10 && !diary.closed; turns++) {
        server.loop.turn();
      }
      story.expect(
          diary.bytesAtTheEnd == 5,
          "the protocol told of the end, behind the 5 bytes",
          diary.closed ? "the connection closed, and nothing told" : "nothing told in 10 turns");
      story.expect(diary.closed, "the connection closed: both have finished", "it is still open");
      String heard = new String(client.getInputStream().readAllBytes());
      story.expect(heard.equals("hello"), "the client hears \"hello\"", "\"%s\"".formatted(heard));
    }
  }

  @Test
  @DisplayName("on the real kernel: a reset behind the end reaches the protocol, with its reason")
  void realResetAfterTheEnd() throws IOException {
    Patience patience = new Patience();
    try (RealServer server = new RealServer(Trigger.LEVEL, () -> patience)) {
      Story story = new Story().then("a client sends its end, and then a reset");
      try (Socket client = server.client()) {
        client.shutdownOutput();
        for (int turns = 0; turns < 10 && patience.ended.isEmpty() && !patience.closed; turns++) {
          server.loop.turn();
        }
        story.expect(
            patience.ended.size() == 1,
            "the protocol told of the end, and the connection open: it may still have an answer",
            patience.closed ? "it is closed" : "nothing told");
        client.setSoLinger(true, 0);
      }
      // It is reported whether asked for or not, and again at each wait.
      for (int turns = 0; turns < 10 && !patience.closed; turns++) {
        server.loop.turn();
      }
      story.expect(
          patience.failures.equals(List.of(Errno.EPIPE)),
          "failed told once, with EPIPE, as a send would have met it",
          patience.failures());
      story.expect(patience.closed, "then the connection closed", "it is still open");
    }
  }
}
