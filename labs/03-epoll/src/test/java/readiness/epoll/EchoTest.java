package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
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
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/**
 * The whole loop: on the simulated kernel, where peers say what a seed decides; and on the real one
 * with real clients.
 */
@Step("echo")
@Tag("echo")
final class EchoTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /**
   * What may happen to a loop on the way in. Nothing happens to what it sends: not in this step.
   */
  private static final Fault[] MENU = {
    Fault.PARTIAL_READS,
    Fault.EINTR,
    Fault.SPURIOUS_READINESS,
    Fault.HALF_CLOSES,
    Fault.GONE_BEFORE_ACCEPT,
    Fault.EVENT_ORDER
  };

  /** The JDK keeps a socket of its own from the first one on that it closes. */
  @BeforeAll
  static void firstSocket() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      accepted.shutdownOutput();
    }
  }

  @Test
  @DisplayName("every byte comes back to the one who sent it, in order")
  void echoes() {
    echoes(Trigger.LEVEL);
  }

  static void echoes(Trigger trigger) {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          List<Peer> peers = new ArrayList<>();
          List<byte[]> said = new ArrayList<>();
          try (SimulatedServer server = new SimulatedServer(seed, trigger, EchoServer::new, MENU)) {
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
              byte[] message = new byte[1 + random.nextInt(4_000)];
              random.nextBytes(message);
              said.add(message);
              peers.add(talk(server.peer("client " + i), message, random));
            }
            server.drive();
            for (int i = 0; i < peers.size(); i++) {
              expectEcho(server, peers.get(i), said.get(i));
            }
            server.expectNobody();
          }
        });
  }

  /** Sends a message in pieces, waits for some of them to come back, then says that it is done. */
  private static Peer talk(Peer peer, byte[] message, Random random) {
    return talk(peer, message, random, 3);
  }

  /** With two choices only, it does not wait for what it has sent so far. */
  private static Peer talk(Peer peer, byte[] message, Random random, int choices) {
    peer.connect(SimulatedServer.ADDRESS);
    int sent = 0;
    int expected = 0;
    while (sent < message.length) {
      int piece = Math.min(message.length - sent, 1 + random.nextInt(1_500));
      peer.send(Arrays.copyOfRange(message, sent, sent + piece));
      sent += piece;
      switch (random.nextInt(choices)) {
        case 0 -> peer.pause(Duration.ofMillis(random.nextInt(20)));
        case 1 -> {
          // On with the next piece.
        }
        default -> {
          peer.expect(sent - expected);
          expected = sent;
        }
      }
    }
    return peer.halfClose().expectEnd();
  }

  @Test
  @DisplayName("half a line is offered again when the rest has come")
  void halfALine() {
    List<String> offered = new ArrayList<>();
    Protocol protocol =
        (connection, input, from, to) -> {
          byte[] bytes = input.asSlice(from, to - from).toArray(JAVA_BYTE);
          offered.add("\"%s\"".formatted(new String(bytes).replace("\n", "\\n")));
          return wholeLines(connection, input, from, to);
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> protocol)) {
      Story story = new Story(server.kernel);
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      for (String piece : List.of("half", " a line\n")) {
        server.loop.turn();
        peer.send(piece);
        story.then("the client sends \"%s\"", piece.replace("\n", "\\n"));
        server.meanwhile();
      }
      server.loop.turn();
      story.expect(
          offered.equals(List.of("\"half\"", "\"half a line\\n\"")),
          "offered \"half\", then \"half a line\\n\": what was left, and the new bytes behind it",
          "offered " + String.join(", then ", offered));
    }
  }

  @Test
  @DisplayName("what a protocol does not consume comes again, with more behind it")
  void unconsumed() {
    unconsumed(Trigger.LEVEL);
  }

  static void unconsumed(Trigger trigger) {
    Seeds.each(
        50,
        seed -> {
          Random random = new Random(seed);
          StringBuilder said = new StringBuilder();
          for (int i = 1 + random.nextInt(20); i > 0; i--) {
            said.append("line of length ").append("x".repeat(random.nextInt(200))).append('\n');
          }
          byte[] message = said.toString().getBytes();
          try (SimulatedServer server =
              new SimulatedServer(seed, trigger, () -> EchoTest::wholeLines, MENU)) {
            Peer peer = talk(server.peer("client"), message, random, 2);
            server.drive();
            server.expect(
                Arrays.equals(peer.received(), message),
                "%,d bytes in whole lines: a protocol that leaves half a line sees it again"
                    .formatted(message.length),
                difference(message, peer.received()));
          }
        });
  }

  @Test
  @DisplayName("where there is room for one byte more, one byte more is received")
  void roomForOne() {
    List<Long> lines = new ArrayList<>();
    Protocol protocol =
        (connection, input, from, to) -> {
          long whole = wholeLines(connection, input, from, to);
          if (whole > 0) {
            lines.add(whole);
          }
          return whole;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> protocol)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.turn();
      // Kept in memory that may well have 4,096 bytes: the line grows beyond that byte by byte.
      int[] pieces = {10, 4_000};
      for (int piece : pieces) {
        peer.send("x".repeat(piece));
        server.turn();
      }
      int length = Arrays.stream(pieces).sum();
      for (; length < 4_200; length++) {
        peer.send("x");
        server.turn();
        server.expectCount(
            "close", 0, "nobody has ended; a recv of 0 bytes would look as if the peer had");
      }
      peer.send("\n");
      server.turn();
      server.expect(
          lines.equals(List.of(length + 1L)),
          "a line of %,d bytes, with every byte of it".formatted(length + 1),
          lines.isEmpty() ? "no line" : "lines of %s bytes".formatted(lines));
    }
  }

  @Test
  @DisplayName("one recv takes all that is there, as far as there is room")
  void oneRecv() {
    int length = 40_000;
    long[] offered = {0};
    Protocol protocol =
        (_, _, from, to) -> {
          offered[0] += to - from;
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> protocol)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.turn();
      peer.send(new byte[length]);
      server.turn();
      server.expectCount("recv", 1, "the next wait tells if there is more");
      server.expect(
          offered[0] == length,
          "all %,d bytes by that one call: each call costs, however little it brings"
              .formatted(length),
          "%,d bytes".formatted(offered[0]));
    }
  }

  /** Echoes line by line, and consumes whole lines only. */
  private static long wholeLines(Connection connection, MemorySegment input, long from, long to) {
    long end = to;
    while (end > from && input.get(JAVA_BYTE, end - 1) != '\n') {
      end--;
    }
    if (end > from) {
      connection.send(input, from, end - from);
    }
    return end - from;
  }

  @Test
  @DisplayName("64 clients at the door: one wait, and all are let in")
  void acceptsAll() {
    try (Crowd crowd = new Crowd(64, EchoServer::new)) {
      crowd.turn();
      crowd.expectCount("accept4", 65, "one for each client, and one that says −EAGAIN");
    }
  }

  @Test
  @DisplayName("on the real kernel: 20 clients at the door are let in by a turn or two, not by 20")
  void acceptsAllForReal() throws IOException {
    int size = 20;
    int few = 5;
    int[] accepted = {0};
    Supplier<Protocol> counted =
        () -> {
          accepted[0]++;
          return new EchoServer();
        };
    List<Socket> clients = new ArrayList<>();
    try (RealServer server = new RealServer(Trigger.LEVEL, counted)) {
      for (int i = 0; i < size; i++) {
        clients.add(server.client());
      }
      Story story = new Story().then("%d clients connect, and then the loop turns", size);
      int turns = 0;
      while (accepted[0] < size && turns < size) {
        server.loop.turn();
        turns++;
      }
      story.expect(
          accepted[0] == size && turns <= few,
          "all %d accepted in %d turns at most: a turn takes all that wait".formatted(size, few),
          "%d accepted in %s".formatted(accepted[0], turns == 1 ? "1 turn" : turns + " turns"));
    } finally {
      for (Socket each : clients) {
        each.close();
      }
    }
  }

  @Test
  @DisplayName("an error of accept4 is no descriptor, and need not be the end of the queue")
  void acceptErrors() {
    Simulation simulation = Simulation.seeded(0);
    Sockets sockets = answering(simulation, "accept4", -Errno.EINTR, -Errno.ECONNABORTED);
    try (SimulatedServer server =
        new SimulatedServer(simulation, sockets, Trigger.LEVEL, EchoServer::new)) {
      Story story = new Story(server.kernel);
      story.then("a signal arrives, somebody has gone again, and behind him a client waits");
      server.peer("client").connect(SimulatedServer.ADDRESS);
      server.meanwhile();
      try {
        server.loop.turn();
      } catch (IndexOutOfBoundsException e) {
        throw story.finding(
            "nothing to adopt where accept4 gives no descriptor", String.valueOf(e.getMessage()));
      }
      expectCount(
          story, server.kernel, "accept4", 4, "two errors that pass, the client, and −EAGAIN");
    }
  }

  @Test
  @DisplayName("0 is a descriptor: of a program that has closed its standard input, the lowest")
  void zeroIsADescriptor() {
    Simulation simulation = Simulation.seeded(0);
    Sockets sockets = answering(simulation, "accept4", 0, -Errno.EAGAIN);
    List<Integer> adopted = new ArrayList<>();
    try (SimulatedServer server =
        new SimulatedServer(simulation, sockets, Trigger.LEVEL, EchoServer::new)) {
      server.loop.handOutBy((_, fd) -> adopted.add(fd));
      Story story = new Story(server.kernel);
      story.then("this program has closed its standard input, so 0 is free; a client connects");
      server.peer("client").connect(SimulatedServer.ADDRESS);
      server.meanwhile();
      server.loop.turn();
      story.expect(
          adopted.equals(List.of(0)),
          "the connection with the descriptor 0 adopted: errors are below 0",
          adopted.isEmpty()
              ? "nobody adopts it: it stays open, and its client waits for ever"
              : "adopted: " + adopted);
      expectCount(story, server.kernel, "accept4", 2, "others may wait behind it");
    }
  }

  @Test
  @DisplayName("each connection has a protocol of its own")
  void ownProtocol() {
    List<Set<Connection>> spokenOn = new ArrayList<>();
    try (Crowd crowd = new Crowd(3, () -> notes(spokenOn))) {
      crowd.turn();
      crowd.everyoneSays("hello");
      crowd.turn();
      List<Integer> sizes = spokenOn.stream().map(Set::size).filter(size -> size > 0).toList();
      crowd.story.expect(
          sizes.equals(List.of(1, 1, 1)),
          "3 protocols, each for 1 connection: it keeps what it knows of its peer",
          "1 protocol for %d connections".formatted(sizes.isEmpty() ? 0 : Collections.max(sizes)));
    }
  }

  /** A new protocol that notes on which connections it is spoken. */
  private static Protocol notes(List<Set<Connection>> spokenOn) {
    Set<Connection> mine = new HashSet<>();
    spokenOn.add(mine);
    return (connection, input, from, to) -> {
      mine.add(connection);
      return to - from;
    };
  }

  @Test
  @DisplayName("an error of recv ends the connection, and its protocol hears which")
  void recvError() {
    Simulation simulation = Simulation.seeded(0);
    Sockets sockets = answering(simulation, "recv", -Errno.ECONNRESET);
    List<String> told = new ArrayList<>();
    try (SimulatedServer server =
        new SimulatedServer(simulation, sockets, Trigger.LEVEL, () -> listens(told))) {
      Story story = new Story(server.kernel);
      server.peer("client").connect(SimulatedServer.ADDRESS).send("hello");
      story.then("a client sends \"hello\", and breaks off before it is read");
      server.meanwhile();
      server.loop.turn();
      server.loop.turn();
      story.expect(
          told.equals(List.of("failed: ECONNRESET", "closed")),
          "told \"failed: ECONNRESET\" and \"closed\": of a socket that has failed nothing more"
              + " comes",
          told.isEmpty() ? "told nothing, as if the connection went on" : "told " + told);
    }
  }

  /** Keeps what it is told of the end. */
  private static Protocol listens(List<String> told) {
    return new Protocol() {
      @Override
      public long received(Connection connection, MemorySegment input, long from, long to) {
        return to - from;
      }

      @Override
      public void failed(int errno) {
        told.add("failed: " + Errno.name(errno));
      }

      @Override
      public void closed() {
        told.add("closed");
      }
    };
  }

  /** The simulation, but for the first calls of one name, which are answered here. */
  private static Sockets answering(Simulation simulation, String which, Integer... answers) {
    Queue<Integer> left = new ArrayDeque<>(List.of(answers));
    return InBetween.of(
        simulation,
        (name, _, call) ->
            name.equals(which) && !left.isEmpty() ? (Object) left.remove() : call.make());
  }

  @Test
  @DisplayName("what ails the loop itself reaches whoever turns it")
  void bugIsHeardOf() {
    Simulation simulation = Simulation.seeded(0);
    Sockets sockets = answering(simulation, "accept4", -Errno.EBADF);
    try (SimulatedServer server =
        new SimulatedServer(simulation, sockets, Trigger.LEVEL, EchoServer::new)) {
      server.peer("client").connect(SimulatedServer.ADDRESS);
      Story story = new Story(server.kernel);
      try {
        server.turn();
      } catch (IllegalStateException e) {
        return;
      }
      throw story.finding(
          "an exception comes out of turn: the listening descriptor is none, and a loop that hides "
              + "that asks again for ever",
          "turn has returned");
    }
  }

  @Test
  @DisplayName("what a protocol throws ends its own connection, and nobody else's")
  void bugIsItsOwn() {
    List<Throwable> heard = new ArrayList<>();
    try (Crowd crowd = new Crowd(3, EchoTest::throwsAtABang)) {
      crowd.server.loop.onDefect(heard::add);
      crowd.turn();
      crowd.peers.get(1).send("!").expectEnd();
      crowd.story.then("the protocol of client 1 throws an exception");
      crowd.server.turn();
      crowd.everyoneSays("hello");
      crowd.peers.get(0).expect(5).halfClose().expectEnd();
      crowd.peers.get(2).expect(5).halfClose().expectEnd();
      crowd.server.drive();
      crowd.server.expectNobody();
      crowd.story.expect(
          heard.size() == 1,
          "the loop's listener hears of it once",
          "it hears %s".formatted(heard));
    }
  }

  private static Protocol throwsAtABang() {
    return (connection, input, from, to) -> {
      if (input.get(JAVA_BYTE, from) == '!') {
        throw new IllegalStateException("a bug");
      }
      connection.send(input, from, to - from);
      return to - from;
    };
  }

  @Test
  @DisplayName("on the real kernel: whatever is thrown, the others are served")
  void bugIsItsOwnForReal() throws Exception {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    List<Throwable> heard = Collections.synchronizedList(new ArrayList<>());
    Throwable[] bugs = {
      new IllegalStateException("a bug"), new OutOfMemoryError("a try"), new StackOverflowError()
    };
    Queue<Throwable> left = new ArrayDeque<>(List.of(bugs));
    Supplier<Protocol> broken =
        () ->
            (_, _, _, _) -> {
              throw EchoTest.<RuntimeException>as(left.remove());
            };
    try (EventLoop loop = loop(kernel)) {
      loop.onDefect(heard::add);
      InetSocketAddress echo = listen(kernel, loop);
      InetSocketAddress bad = kernel.getsockname(loop.listen(ANY, 128, broken));
      // A loop that ends by itself leaves nobody waiting.
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                try (loop) {
                  loop.run();
                }
              });
      Story story = new Story();
      try (Socket client = new Socket(echo.getAddress(), echo.getPort())) {
        for (Throwable bug : bugs) {
          try (Socket victim = new Socket(bad.getAddress(), bad.getPort())) {
            victim.getOutputStream().write('x');
            story.then("a protocol throws %s", bug);
            int end = victim.getInputStream().read();
            story.expect(end == -1, "its client hears the end", "it hears " + end);
          }
          client.getOutputStream().write('y');
          int echoed = client.getInputStream().read();
          story.expect(echoed == 'y', "another one is served as before", "it hears " + echoed);
        }
      } finally {
        loop.stop();
        thread.join();
      }
      story.expect(heard.size() == bugs.length, "the loop's listener hears of each", "" + heard);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E as(Throwable bug) {
    return (E) bug;
  }

  @Test
  @DisplayName("one turn serves all that are ready, and nobody else")
  void servesAll() {
    try (Crowd crowd = new Crowd(64, EchoServer::new)) {
      crowd.turn();
      crowd.everyoneSays("hello");
      crowd.turn();
      crowd.expectCount("recv", 64, "64 events came with one wait, for 64 connections");
      crowd.peers.getFirst().send("again");
      crowd.turn();
      crowd.expectCount("recv", 1, "what lies behind the first event is from the wait before");
    }
  }

  @Test
  @DisplayName("who spoke first is served first")
  void inOrder() {
    StringBuilder served = new StringBuilder();
    Protocol protocol =
        (_, input, from, to) -> {
          served.append((char) input.get(JAVA_BYTE, from));
          return to - from;
        };
    try (Crowd crowd = new Crowd(3, () -> protocol)) {
      crowd.everyoneSays("hello");
      crowd.server.drive();
      served.setLength(0);
      for (int i = 2; i >= 0; i--) {
        crowd.peers.get(i).send("" + i);
        crowd.story.then("client %d sends its number", i);
        crowd.server.meanwhile();
      }
      crowd.turn();
      crowd.story.expect(
          served.toString().equals("210"),
          "served in the order 2, 1, 0: the kernel reports who has waited longest first",
          "served in the order " + String.join(", ", served.toString().split("")));
    }
  }

  @Test
  @DisplayName("an event for a connection that is gone by now reaches nobody")
  void passesOver() {
    List<Connection> known = new ArrayList<>();
    try (Crowd crowd = new Crowd(2, () -> lastOneStanding(known))) {
      crowd.turn();
      crowd.everyoneSays("hello");
      crowd.turn();
      crowd.everyoneSays("bye");
      crowd.turn();
      crowd.expectCount("recv", 1, "who is served first closes the other, whose event comes next");
    }
  }

  /** At its second word a connection closes all others. */
  private static Protocol lastOneStanding(List<Connection> known) {
    return (connection, input, from, to) -> {
      if (known.contains(connection)) {
        known.stream().filter(other -> other != connection).forEach(Connection::close);
      } else {
        known.add(connection);
      }
      return to - from;
    };
  }

  @Test
  @DisplayName("no connection is inherited by a program that this one starts")
  void closesOnExec() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    List<Connection> known = new ArrayList<>();
    try (EventLoop loop = loop(kernel)) {
      InetSocketAddress address =
          kernel.getsockname(loop.listen(ANY, 128, () -> lastOneStanding(known)));
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.getOutputStream().write(1);
        while (known.isEmpty()) {
          loop.turn();
        }
        int fd = known.getFirst().fd;
        String info = Files.readString(Path.of("/proc/self/fdinfo/" + fd));
        String flags = info.replaceAll("(?s).*flags:\\s*([0-7]+).*", "$1");
        new Story()
            .then("a client connects, the loop accepts it as fd %d", fd)
            .then("/proc/self/fdinfo/%d → flags %s", fd, flags)
            .expect(
                (Integer.parseInt(flags, 8) & Sockets.SOCK_CLOEXEC) != 0,
                "fd %d is close-on-exec: %o among its flags".formatted(fd, Sockets.SOCK_CLOEXEC),
                "it is not: it stays open in every program that this process starts");
      }
    }
  }

  /** Clients that have all connected, or all spoken, before the loop turns. No faults. */
  private static final class Crowd implements AutoCloseable {
    final SimulatedServer server;
    final List<Peer> peers = new ArrayList<>();
    final Story story = new Story();

    Crowd(int size, Supplier<Protocol> protocol) {
      server = new SimulatedServer(Trigger.LEVEL, protocol);
      for (int i = 0; i < size; i++) {
        peers.add(server.peer("client " + i).connect(SimulatedServer.ADDRESS));
      }
      story.then(size == 1 ? "a client connects" : "%d clients connect", size);
    }

    void everyoneSays(String word) {
      peers.forEach(peer -> peer.send(word));
      story.then("each sends \"%s\"", word);
    }

    /** Everything that the clients are to do happens; then the loop turns once. */
    void turn() {
      server.turn();
      story.then(
          "one turn: %d epoll_wait, %d accept4, %d recv",
          server.kernel.count("epoll_wait"),
          server.kernel.count("accept4"),
          server.kernel.count("recv"));
    }

    void expectCount(String call, long wanted, String why) {
      EchoTest.expectCount(story, server.kernel, call, wanted, why);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  @Test
  @DisplayName("a request costs a wait, a recv and a send, and no garbage")
  void callsOfARequest() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    byte[] request = new byte[128];
    byte[] answer = new byte[128];
    try (EventLoop loop = loop(kernel)) {
      InetSocketAddress address = listen(kernel, loop);
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.setTcpNoDelay(true);
        OutputStream out = client.getOutputStream();
        InputStream in = client.getInputStream();
        loop.turn();
        Runnable round = () -> round(loop, out, in, request, answer);
        round.run();
        kernel.clear();
        int rounds = 100;
        for (int i = 0; i < rounds; i++) {
          round.run();
        }
        Story story = new Story().then("%d requests of 128 bytes, one after the other", rounds);
        kernel.tail(3).forEach(call -> story.then("  " + call));
        expectCount(story, kernel, "epoll_wait", rounds, "one for each request");
        expectCount(story, kernel, "recv", rounds, "the next wait tells if there is more");
        expectCount(story, kernel, "send", rounds, "one for each request");
        expectCount(story, kernel, "epoll_ctl", 0, "interest has not changed");
        expectCount(story, kernel, "accept4", 0, "nobody came");

        int allowed = 64 * 3;
        long garbage = Allocations.perRun(100, 100, allowed, round);
        story.expect(
            garbage <= allowed,
            "at most 64 bytes for each of the 3 calls, which are the linker's own",
            "%,d bytes for each request".formatted(garbage));
      }
    }
  }

  private static void round(
      EventLoop loop, OutputStream out, InputStream in, byte[] request, byte[] answer) {
    try {
      out.write(request);
      loop.turn();
      in.readNBytes(answer, 0, answer.length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("real clients: 20 at once, 50 messages each, every byte back")
  void realClients() throws Exception {
    realClients(Trigger.LEVEL);
  }

  static void realClients(Trigger trigger) throws Exception {
    Linux linux = new Linux();
    EventLoop loop =
        Loops.of(linux, new LinuxEpoll(), System::nanoTime, new SpareBuffers(), trigger);
    InetSocketAddress address = linux.getsockname(loop.listen(ANY, 128, EchoServer::new));
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      // Closed by its own thread: if it fails, the clients see that their connections have ended.
      Future<?> server =
          threads.submit(() -> {
            try (loop) {
              loop.run();
            }
          });
      Story story = new Story().then("20 clients send 50 messages each and read each one back");
      List<Future<String>> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long seed = i;
        clients.add(threads.submit(() -> converse(address, seed)));
      }
      List<String> differences = new ArrayList<>();
      for (Future<String> each : clients) {
        differences.add(each.get(60, TimeUnit.SECONDS));
      }
      loop.stop();
      rethrow(server);
      differences.removeIf(String::isEmpty);
      story.expect(
          differences.isEmpty(),
          "the same bytes in the same order, for each of them",
          String.join("; ", differences));
    }
  }

  private static void rethrow(Future<?> server) throws Exception {
    try {
      server.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Error error -> throw error;
        case Exception exception -> throw exception;
        case null, default -> throw e;
      }
    }
  }

  /** What is wrong with the echo; nothing if it is right. */
  private static String converse(InetSocketAddress address, long seed) {
    Random random = new Random(seed);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      for (int i = 0; i < 50; i++) {
        byte[] message = new byte[1 + random.nextInt(4_000)];
        random.nextBytes(message);
        socket.getOutputStream().write(message);
        byte[] echo = socket.getInputStream().readNBytes(message.length);
        int at = Arrays.mismatch(message, echo);
        if (at >= 0) {
          return "message %d of %,d bytes: %,d back, different from byte %,d on"
              .formatted(i, message.length, echo.length, at);
        }
      }
      return "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static EventLoop loop(Recording kernel) {
    return Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers());
  }

  private static InetSocketAddress listen(Recording kernel, EventLoop loop) {
    return kernel.getsockname(loop.listen(ANY, 128, EchoServer::new));
  }

  private static void expectEcho(SimulatedServer server, Peer peer, byte[] said) {
    server.expect(
        Arrays.equals(said, peer.received()),
        "%s gets back its %,d bytes, in order".formatted(peer.name(), said.length),
        difference(said, peer.received()));
  }

  private static String difference(byte[] wanted, byte[] actual) {
    int at = Arrays.mismatch(wanted, actual);
    if (at == actual.length) {
      return at == 0 ? "nothing" : "the first %,d bytes, and nothing after them".formatted(at);
    }
    return "%,d bytes, different from byte %,d on".formatted(actual.length, at);
  }

  private static void expectCount(
      Story story, Recording kernel, String call, long wanted, String why) {
    story.expect(
        kernel.count(call) == wanted,
        "%s %s: %s".formatted(call, times(wanted), why),
        times(kernel.count(call)));
  }

  private static String times(long count) {
    return count == 1 ? "once" : count + " times";
  }
}
