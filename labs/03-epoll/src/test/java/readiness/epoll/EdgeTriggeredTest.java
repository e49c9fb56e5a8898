package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Step;

/** The same loop, told of everything once: its own traps, and the stories of the steps before. */
@Step("edge-triggered")
@Tag("edge-triggered")
final class EdgeTriggeredTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** As much as one recv takes, in the stories with sips. */
  private static final int SIP = 4;

  /** System calls of which each recv takes {@link #SIP} bytes at most, whatever was asked for. */
  private static Sockets sips(Sockets sockets) {
    return InBetween.of(
        sockets,
        (name, arguments, call) -> {
          if (name.equals("recv")) {
            arguments[3] = Math.min((long) arguments[3], SIP);
          }
          return call.make();
        });
  }

  private static SimulatedServer sipping() {
    Simulation simulation = Simulation.seeded(0);
    return new SimulatedServer(simulation, sips(simulation), Trigger.EDGE, EchoServer::new);
  }

  @Test
  @DisplayName(
      "10 bytes are sent, 4 are read: nobody mentions the other 6, and yet they are served")
  void tenBytes() {
    byte[] message = "0123456789".getBytes();
    try (SimulatedServer server = sipping()) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.drive();
      peer.send(message);
      server.turn();
      server.expectCount("recv", 4, "4, 4 and 2 bytes, and −EAGAIN: no more is there");
      peer.expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("on the real kernel: 10 bytes are sent, 4 are read, and all of them served")
  void tenRealBytes() throws IOException {
    byte[] message = "0123456789".getBytes();
    Recording kernel = Recording.of(sips(new Linux()), new LinuxEpoll());
    try (EventLoop loop =
            Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers(), Trigger.EDGE);
        Socket client = new Socket()) {
      InetSocketAddress address = kernel.getsockname(loop.listen(ANY, 128, EchoServer::new));
      client.connect(address);
      loop.turn();
      Story story = new Story(kernel).then("a client sends 10 bytes");
      client.getOutputStream().write(message);
      // The first event may be that of the connection, which can be written to.
      for (int turns = 0; turns < 2 && kernel.count("recv") == 0; turns++) {
        loop.turn();
      }
      story.expect(
          client.getInputStream().available() == message.length,
          "all 10 bytes back, before the loop waits again: the kernel would not mention the rest",
          "%d bytes".formatted(client.getInputStream().available()));
    }
  }

  @Test
  @DisplayName("on the real kernel: a long line behind half a one is read to its end")
  void realLine() throws IOException {
    // Behind half a line there is room for less than 4,096 bytes: one recv does not hold the rest.
    String line = "x".repeat(20_000) + "\n";
    long[] heard = {0};
    int[] pings = {0};
    int[] halves = {0};
    Protocol wholeLines =
        (_, input, from, to) -> {
          if (input.get(JAVA_BYTE, to - 1) != '\n') {
            halves[0]++;
            return 0;
          }
          if (to - from == 1) {
            pings[0]++;
          } else {
            heard[0] = to - from;
          }
          return to - from;
        };
    try (RealServer server = new RealServer(Trigger.EDGE, () -> wholeLines);
        Socket client = server.client();
        Socket ping = server.client()) {
      Story story = new Story();
      client.getOutputStream().write("half".getBytes());
      while (halves[0] == 0) {
        server.loop.turn();
      }
      client.getOutputStream().write(line.getBytes());
      story.then("a client sends \"half\", and then %,d bytes more, a line", line.length());
      // In each round somebody else says something, so there is something to wait for.
      for (int rounds = 1; rounds <= 100 && heard[0] == 0; rounds++) {
        ping.getOutputStream().write('\n');
        while (pings[0] < rounds) {
          server.loop.turn();
        }
      }
      int all = "half".length() + line.length();
      story.expect(
          heard[0] == all,
          "a line of %,d bytes: the kernel mentions once what takes several calls of recv"
              .formatted(all),
          "no line in the time in which somebody else has had 100");
    }
  }

  @Test
  @DisplayName("what the budget has left is read in the next turns, between those of others")
  void budgetsRest() {
    byte[] message = SimulatedServer.bytes(50 * SIP, 0);
    try (SimulatedServer server = sipping()) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.drive();
      peer.send(message);
      server.turn();
      int most = 2 * Connection.READS;
      long reads = server.kernel.count("recv");
      server.expect(
          reads <= most,
          "at most %d calls of recv in one turn: %d for the event, as many when the others have had"
                  .formatted(most, Connection.READS)
              + " their turn",
          "%d calls".formatted(reads));
      peer.expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("while messages wait for their turn, no more are read, or budgets would add up")
  void readsNoMore() {
    Turns turns = new Turns();
    try (SimulatedServer server = new SimulatedServer(Trigger.EDGE, () -> turns.each(Turns.ECHO))) {
      Peer firehose = server.peer("firehose").connect(SimulatedServer.ADDRESS);
      Peer ping = server.peer("ping").connect(SimulatedServer.ADDRESS);
      firehose.send(Turns.messages('f', 1)).expect(Turns.SIZE);
      server.drive();
      // More than one recv takes, and all of it arrives before the loop looks.
      byte[] many = Turns.messages('f', 10_000);
      server.simulation.setsockopt(
          turns.connection('f').fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, many.length);
      firehose.send(many);
      server.meanwhile();
      ping.send(Turns.messages('p', 1));
      server.meanwhile();
      turns.turn(server.loop);
      int before = turns.before('p', 'f') - 1;
      turns.expect(
          before <= Connection.OFFERS,
          "at most %d messages of f before the one of p: with these it is put off, and not read from"
              .formatted(Connection.OFFERS),
          "%,d messages of f".formatted(before));
    }
  }

  @Test
  @DisplayName("the end that comes with the last bytes is heard, though its edge is theirs")
  void endWithTheBytes() {
    byte[] message = "the last words".getBytes();
    try (SimulatedServer server = new SimulatedServer(Trigger.EDGE, EchoServer::new)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.drive();
      peer.send(message).halfClose();
      server.meanwhile();
      peer.expectEnd();
      server.drive();
      server.expectAll(peer, message);
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("bytes that come while reading is paused are read when it goes on")
  void comesWhilePaused() {
    // So wide that all that waits leaves with one send, when the peer reads at last: the edge that
    // says so is the last one.
    int way = 400_000;
    int answer = way + (int) Outgoing.HIGH_WATER + 1;
    MemorySegment page = Arena.ofAuto().allocate(answer);
    List<Connection> known = new ArrayList<>();
    Protocol listens =
        (connection, _, from, to) -> {
          known.add(connection);
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.EDGE, () -> listens)) {
      Peer peer =
          server
              .peer("client")
              .window(way)
              .neverReads()
              .connect(SimulatedServer.ADDRESS)
              .send("first");
      server.drive();
      // Only now, when recv has said that there is no more: so it is paused, and that is all.
      known.getFirst().send(page, 0, answer);
      peer.send("second");
      server.drive();
      peer.readsUpTo(Integer.MAX_VALUE).expect(answer);
      server.drive();
      server.expect(
          known.size() == 2,
          "\"second\" read as soon as reading goes on: its edge came during the pause",
          "%d of 2 words read".formatted(known.size()));
      peer.halfClose().expectEnd();
      server.drive();
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("the kernel is told of a connection once, and never again")
  void toldOnce() {
    long level = modifies(Trigger.LEVEL);
    long edge = modifies(Trigger.EDGE);
    new Story()
        .then("64 KiB go to a client that reads slowly and back, on a level-triggered loop:")
        .then("  %d changes of interest", level)
        .then("the same, edge-triggered:")
        .then("  %d changes", edge)
        .expect(
            level > 0 && edge == 0,
            "some changes level-triggered, none edge-triggered: what is watched never changes",
            "%d and %d".formatted(level, edge));
  }

  private static long modifies(Trigger trigger) {
    byte[] message = SimulatedServer.bytes(64 * 1024, 0);
    try (SimulatedServer server = new SimulatedServer(trigger, EchoServer::new)) {
      Peer peer = server.slowReader().send(message).expect(message.length).halfClose().expectEnd();
      server.drive();
      server.expectAll(peer, message);
      return server.kernel.count("EPOLL_CTL_MOD");
    }
  }

  @Test
  @DisplayName("a request costs one recv more, the one that says −EAGAIN, and no epoll_ctl")
  void callsOfARequest() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    byte[] request = new byte[128];
    try (EventLoop loop =
            Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers(), Trigger.EDGE);
        Socket client = new Socket()) {
      InetSocketAddress address = kernel.getsockname(loop.listen(ANY, 128, EchoServer::new));
      client.connect(address);
      client.setTcpNoDelay(true);
      loop.turn();
      // The first event of a connection also says that there is room to send.
      client.getOutputStream().write(request);
      while (kernel.count("send") == 0) {
        loop.turn();
      }
      client.getInputStream().readNBytes(request.length);
      kernel.clear();
      int rounds = 100;
      Story story = new Story().then("%d requests of 128 bytes, one after the other", rounds);
      for (int i = 0; i < rounds; i++) {
        client.getOutputStream().write(request);
        loop.turn();
        byte[] answer = client.getInputStream().readNBytes(request.length);
        story.expect(Arrays.equals(answer, request), "the request echoed", "something else");
      }
      kernel.tail(4).forEach(call -> story.then("  " + call));
      expectCount(story, kernel, "recv", 2 * rounds, "each time once more, for −EAGAIN");
      expectCount(story, kernel, "send", rounds, "one for each request");
      expectCount(story, kernel, "epoll_wait", rounds, "one for each request");
      expectCount(story, kernel, "epoll_ctl", 0, "what is watched has not changed");
    }
  }

  private static void expectCount(
      Story story, Recording kernel, String call, long wanted, String why) {
    story.expect(
        kernel.count(call) == wanted,
        "%s %d times: %s".formatted(call, wanted, why),
        "%d times".formatted(kernel.count(call)));
  }

  @Test
  @DisplayName("echo: every byte comes back, in order, to everyone")
  void echo() throws Exception {
    EchoTest.echoes(Trigger.EDGE);
    EchoTest.unconsumed(Trigger.EDGE);
    EchoTest.realClients(Trigger.EDGE);
  }

  @Test
  @DisplayName("backpressure: every byte arrives, and nobody fills your memory")
  void backpressure() {
    BackpressureTest.slowReader(Trigger.EDGE);
    BackpressureTest.neverReads(Trigger.EDGE);
    BackpressureTest.seeds(Trigger.EDGE);
  }

  @Test
  @DisplayName("who asks to send more is asked, though there was room all the time")
  void asksForMore() {
    BackpressureTest.asksForMore(Trigger.EDGE);
    BackpressureTest.asksForMoreThanFits(Trigger.EDGE);
  }

  @Test
  @DisplayName("hang-up: the last bytes, the end, the reset, each in its turn")
  void hangUp() {
    HangUpTest.lastWords(Trigger.EDGE);
    HangUpTest.longLastWords(Trigger.EDGE);
    HangUpTest.endComesLast(Trigger.EDGE);
    HangUpTest.halfClosed(Trigger.EDGE);
    HangUpTest.answerFirst(Trigger.EDGE);
    HangUpTest.piecesFirst(Trigger.EDGE);
    HangUpTest.endBehindHalf(Trigger.EDGE);
    HangUpTest.halfIsNotTheEnd(Trigger.EDGE);
    HangUpTest.resetWhilePaused(Trigger.EDGE);
    HangUpTest.closedInBetween(Trigger.EDGE);
    HangUpTest.answersLater(Trigger.EDGE);
    HangUpTest.resetAfterTheEnd(Trigger.EDGE);
    HangUpTest.weFirst(Trigger.EDGE);
    HangUpTest.seeds(Trigger.EDGE);
  }

  @Test
  @DisplayName("fairness: a firehose waits for its turn, and nobody is forgotten")
  void fairness() throws IOException {
    FairnessTest.oneAtATime(Trigger.EDGE);
    FairnessTest.ping(Trigger.EDGE);
    FairnessTest.pingInBetween(Trigger.EDGE);
    FairnessTest.severalTakeTurns(Trigger.EDGE);
    FairnessTest.once(Trigger.EDGE);
    FairnessTest.leftAlone(Trigger.EDGE);
    FairnessTest.lastWord(Trigger.EDGE);
    FairnessTest.endComesLast(Trigger.EDGE);
    FairnessTest.closedMeanwhile(Trigger.EDGE);
    FairnessTest.seeds(Trigger.EDGE);
    FairnessTest.realFirehose(Trigger.EDGE);
  }
}
