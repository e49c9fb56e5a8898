package readiness.epoll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Too many guests: no descriptor for those who come, and what becomes of those who are there. */
@Step("descriptors")
@Tag("descriptors")
final class DescriptorsTest {
  private static final Fault[] MENU = {
    Fault.PARTIAL_READS, Fault.EINTR, Fault.EMFILE, Fault.GONE_BEFORE_ACCEPT, Fault.EVENT_ORDER
  };

  /** 0, 1, 2; the epoll, the eventfd, the reserve, the listener. */
  private static final int OWN = 7;

  private static final byte[] HELLO = "hello".getBytes();

  @Test
  @DisplayName("who cannot be served hears so at once, and the others are served as before")
  void turnedAway() {
    Simulation simulation = Simulation.seeded(0).withDescriptors(OWN + 3);
    try (SimulatedServer server = new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new)) {
      List<Peer> guests = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        guests.add(server.peer("guest " + i).connect(SimulatedServer.ADDRESS));
      }
      server.drive();
      List<Peer> late = new ArrayList<>();
      for (int i = 1; i <= 5; i++) {
        late.add(server.peer("latecomer " + i).connect(SimulatedServer.ADDRESS).expectEnd());
      }
      guests.forEach(guest -> guest.send(HELLO).expect(HELLO.length));
      server.drive();
      for (Peer each : late) {
        server.expect(
            each.sawEnd() || each.sawReset(),
            "%s turned away: there is no descriptor for it".formatted(each.name()),
            "%s still waits".formatted(each.name()));
      }
      guests.forEach(guest -> server.expectAll(guest, HELLO));
      server.kernel.clear();
      for (int i = 1; i <= 2; i++) {
        server.peer("straggler " + i).connect(SimulatedServer.ADDRESS).expectEnd();
        server.drive();
      }
      server.expect(
          server.kernel.count("epoll_ctl") == 0,
          "two stragglers turned away without epoll_ctl: an empty queue is no reason to pause",
          "epoll_ctl %d times".formatted(server.kernel.count("epoll_ctl")));
      guests.getFirst().halfClose().expectEnd();
      server.drive();
      Peer next =
          server
              .peer("the next one")
              .connect(SimulatedServer.ADDRESS)
              .send(HELLO)
              .expect(HELLO.length);
      server.drive();
      server.expectAll(next, HELLO);
    }
  }

  @Test
  @DisplayName("who is turned away with the descriptor 0 is closed as well")
  void zeroIsADescriptor() {
    Simulation simulation = Simulation.seeded(0);
    Queue<Integer> answers = new ArrayDeque<>(List.of(-Errno.EMFILE, 0, -Errno.EAGAIN));
    List<Integer> closed = new ArrayList<>();
    Sockets sockets =
        InBetween.of(
            simulation,
            (name, arguments, call) -> {
              if (name.equals("close")) {
                closed.add((Integer) arguments[0]);
              }
              return name.equals("accept4") && !answers.isEmpty()
                  ? (Object) answers.remove()
                  : call.make();
            });
    try (SimulatedServer server =
        new SimulatedServer(simulation, sockets, Trigger.LEVEL, EchoServer::new)) {
      Story story = new Story(server.kernel);
      story.then("this program has closed its standard input, so 0 is free when nothing else is");
      server.peer("client").connect(SimulatedServer.ADDRESS);
      server.meanwhile();
      server.loop.turn();
      story.expect(
          closed.contains(0),
          "a client who is turned away closed, whatever its descriptor: errors are below 0",
          "descriptor 0 is kept, and its client waits for ever");
    }
  }

  @Test
  @DisplayName("every newcomer is served whole or turned away, and none leaves a descriptor behind")
  void seeds() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          List<Peer> peers = new ArrayList<>();
          List<byte[]> messages = new ArrayList<>();
          try (SimulatedServer server =
              new SimulatedServer(seed, Trigger.LEVEL, EchoServer::new, MENU)) {
            for (int i = 1 + random.nextInt(10); i > 0; i--) {
              byte[] message = SimulatedServer.bytes(1 + random.nextInt(4_000), seed + i);
              messages.add(message);
              peers.add(
                  server
                      .peer("client " + i)
                      .connect(SimulatedServer.ADDRESS)
                      .send(message)
                      .halfClose()
                      .expectEnd());
            }
            server.drive();
            for (int i = 0; i < peers.size(); i++) {
              if (peers.get(i).received().length > 0) {
                server.expectAll(peers.get(i), messages.get(i));
              }
            }
            server.expectNobody();
          }
        });
  }

  @Test
  @DisplayName("when the reserve is gone, nobody is accepted until a descriptor comes free")
  void reserveLost() {
    Simulation simulation = Simulation.seeded(0).withDescriptors(OWN + 2);
    Neighbour neighbour = new Neighbour(simulation);
    Recording kernel = Recording.of(neighbour.sockets, simulation);
    try (EventLoop loop = Loops.of(kernel, kernel, simulation::nanoTime, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer first = simulation.peer("first").connect(SimulatedServer.ADDRESS);
      Peer second = simulation.peer("second").connect(SimulatedServer.ADDRESS);
      simulation.drive(loop::turn);
      kernel.clear();
      Story story = new Story(kernel);
      neighbour.lurks = true;
      simulation.peer("third").connect(SimulatedServer.ADDRESS).expectEnd();
      simulation.advance(Duration.ofSeconds(1));
      loop.turn();
      Peer fourth =
          simulation
              .peer("fourth")
              .connect(SimulatedServer.ADDRESS)
              .send(HELLO)
              .halfClose()
              .expectEnd();
      simulation.advance(Duration.ofSeconds(1));
      expectTries(
          story, loop, kernel, () -> {}, "the loop looks now and then, and sleeps between", 5);
      Runnable chat =
          () -> {
            second.send(HELLO);
            simulation.advance(Duration.ofMillis(1));
          };
      expectTries(story, loop, kernel, chat, "a pause lasts, though the second wakes the loop", 2);
      neighbour.lurks = false;
      Story later = new Story(kernel);
      later.then("no reserve, a fourth who waits in the queue, and now the first goes");
      first.halfClose().expectEnd();
      simulation.drive(loop::turn);
      later.expect(
          fourth.received().length == 0,
          "the descriptor of the first, who has gone, held as the reserve, and so the fourth turned"
              + " away",
          "the fourth is served, and there is no reserve");
      second.halfClose().expectEnd();
      simulation.drive(loop::turn);
      Peer fifth =
          simulation
              .peer("fifth")
              .connect(SimulatedServer.ADDRESS)
              .pause(Duration.ofSeconds(1))
              .send(HELLO)
              .expect(HELLO.length);
      simulation.drive(loop::turn);
      story.expect(
          fifth.text().equals("hello"),
          "the second has gone, so there is room for the fifth",
          "the fifth got \"%s\"".formatted(fifth.text()));
    }
  }

  /** Turns a loop that has no descriptor left 10 times, and counts how often it tries. */
  private static void expectTries(
      Story story, EventLoop loop, Recording kernel, Runnable meanwhile, String why, int most) {
    int turns = 10;
    long tries = triesIn(turns, meanwhile, kernel, loop);
    story.expect(
        tries <= most,
        "accept4 at most %d times in %d turns: %s".formatted(most, turns, why),
        "%d times".formatted(tries));
  }

  /** Somebody else on this machine, who takes what the loop needs. */
  private static final class Neighbour {
    final Sockets sockets;

    /** Takes each descriptor that the loop gives up, before the loop can have it back. */
    boolean lurks;

    /** What accept4 answers meanwhile; 0: what the simulation says. */
    int accept4Says;

    /** Which flags each accept4 has been given. */
    int flags = -1;

    Neighbour(Simulation simulation) {
      sockets =
          InBetween.of(
              simulation,
              (name, arguments, call) -> {
                if (name.equals("accept4")) {
                  flags &= (int) arguments[1];
                  if (accept4Says != 0) {
                    return accept4Says;
                  }
                }
                Object result = call.make();
                boolean stolen = lurks && name.equals("eventfd");
                return stolen ? (Object) (-Errno.EMFILE) : result;
              });
    }
  }

  @Test
  @DisplayName("a crowd at the door does not keep those inside from being served")
  void crowd() {
    int crowd = 120;
    Simulation simulation = Simulation.seeded(0).withDescriptors(OWN + 1);
    try (SimulatedServer server = new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new)) {
      server.peer("guest").connect(SimulatedServer.ADDRESS);
      server.drive();
      List<Peer> late = new ArrayList<>();
      for (int i = 1; i <= crowd; i++) {
        late.add(server.peer("latecomer " + i).connect(SimulatedServer.ADDRESS).expectEnd());
      }
      server.turn();
      long turnedAway = server.kernel.count("close") - 1;
      server.expect(
          turnedAway == Listener.AT_ONCE,
          "of %d who wait, %d turned away in one turn: who comes back at once must not keep the loop"
                  .formatted(crowd, Listener.AT_ONCE)
              + " from the connections that it has",
          "%d turned away".formatted(turnedAway));
      server.drive();
      long left = late.stream().filter(each -> !each.done()).count();
      server.expect(left == 0, "the others in the turns after that", left + " still wait");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM})
  @DisplayName("what a reserve cannot mend is waited for, asleep")
  void shortage(int errno) {
    Simulation simulation = Simulation.seeded(0);
    Neighbour neighbour = new Neighbour(simulation);
    Recording kernel = Recording.of(neighbour.sockets, simulation);
    try (EventLoop loop = Loops.of(kernel, kernel, simulation::nanoTime, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer client =
          simulation
              .peer("client")
              .connect(SimulatedServer.ADDRESS)
              .send(HELLO)
              .expect(HELLO.length);
      neighbour.accept4Says = -errno;
      simulation.advance(Duration.ofMillis(1));
      kernel.clear();
      Story story = new Story(kernel);
      story.then("accept4 says %s, whatever the loop gives up", Story.value(-errno));
      loop.turn();
      Story firstTurn =
          new Story().then("accept4 says %s, and the loop makes a turn", Story.value(-errno));
      firstTurn.expect(
          kernel.count("accept4") <= 2,
          "accept4 twice at most, the second time without the reserve: what has failed fails again",
          "%d times in one turn".formatted(kernel.count("accept4")));
      firstTurn.expect(
          (neighbour.flags & Sockets.SOCK_CLOEXEC) != 0,
          "SOCK_CLOEXEC also for who is closed at once: a program that another thread starts in"
              + " between would keep the connection open",
          "accept4 without it");
      long start = simulation.nanoTime();
      int turns = 0;
      while (turns < 50 && simulation.nanoTime() - start < 1_000_000_000) {
        loop.turn();
        turns++;
      }
      story.expect(
          turns < 50,
          "a loop that sleeps between its tries, until there is what it lacks",
          "it spins: %d turns, and not a second has passed".formatted(turns));
      neighbour.accept4Says = 0;
      simulation.drive(loop::turn);
      story.expect(
          client.text().equals("hello"),
          "the client, who has waited, served as soon as that is over",
          "it got \"%s\"".formatted(client.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 50_000_000})
  @DisplayName("a pause lasts 100 ms, whatever the clock says, and however long nobody has read it")
  void pauseLasts(long clock) {
    Simulation simulation = Simulation.seeded(0);
    Neighbour neighbour = new Neighbour(simulation);
    Recording kernel = Recording.of(neighbour.sockets, simulation);
    // Moved on by the test alone, so that 100 ms are 100 ms to the nanosecond.
    long hour = Duration.ofHours(1).toNanos();
    AtomicLong nanoTime = new AtomicLong(clock - hour);
    try (EventLoop loop = Loops.of(kernel, kernel, nanoTime::get, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer guest = simulation.peer("guest").connect(SimulatedServer.ADDRESS);
      simulation.drive(loop::turn);
      Story story = new Story();
      story.then("a guest is in; for an hour nothing is due, and nobody reads the clock");
      nanoTime.addAndGet(hour);
      simulation.peer("latecomer").connect(SimulatedServer.ADDRESS).expectEnd();
      neighbour.accept4Says = -Errno.ENOMEM;
      simulation.advance(Duration.ofMillis(1));
      loop.turn();
      story.then("then a latecomer knocks, when the clock says %,d: −ENOMEM", nanoTime.get());
      Runnable word =
          () -> {
            guest.send(HELLO);
            simulation.advance(Duration.ofMillis(1));
          };
      Runnable millisecond =
          () -> {
            word.run();
            nanoTime.addAndGet(1_000_000);
          };
      long tries = triesIn(99, millisecond, kernel, loop);
      story.then("for 99 ms the guest wakes the loop each millisecond; tries: %d", tries);
      story.expect(tries == 0, "none: a pause lasts 100 ms from its beginning on", "" + tries);
      tries = triesIn(1, millisecond, kernel, loop) + triesIn(1, word, kernel, loop);
      story.then("when it is 100 ms the guest wakes it twice; tries: %d", tries);
      story.expect(tries == 1, "one, since 100 ms have passed", "" + tries);
    }
  }

  /** How often the loop accepts in {@code turns} turns, before each of which something happens. */
  private static long triesIn(int turns, Runnable before, Recording kernel, EventLoop loop) {
    kernel.clear();
    for (int i = 0; i < turns; i++) {
      before.run();
      loop.turn();
    }
    return kernel.count("accept4");
  }

  @Test
  @DisplayName("10,000 come, more at a time than there is room for, and then nobody is left")
  void tenThousand() {
    int guests = 10_000;
    int together = 25;
    Simulation simulation = Simulation.seeded(0).withDescriptors(OWN + 20);
    try (SimulatedServer server = new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new)) {
      List<Peer> stayed = new ArrayList<>();
      for (int i = 1; i <= guests; i++) {
        Peer guest = server.peer("guest " + i).connect(SimulatedServer.ADDRESS).send(HELLO);
        if (i % 2 == 0) {
          stayed.add(guest.halfClose().expectEnd());
        } else {
          guest.reset();
        }
        if (i % together == 0) {
          server.drive();
        }
      }
      server.expectNobody();
      long served = stayed.stream().filter(each -> each.text().equals("hello")).count();
      server.expect(
          served > 0 && served < stayed.size(),
          "of %,d who did not reset, some served and some turned away".formatted(stayed.size()),
          "%,d served".formatted(served));
    }
  }

  @Test
  @DisplayName("on the real kernel, with 3 descriptors and 6 clients")
  void real() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    Story story = new Story(kernel);
    List<Socket> clients = new ArrayList<>();
    try (EventLoop loop = Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers());
        Socket guest = new Socket()) {
      InetSocketAddress address = enter(loop, guest, story);
      for (int i = 0; i < 6; i++) {
        clients.add(unconnected());
      }
      story.then("one guest is in, and the number of descriptors is limited: 3 are free");
      try (DescriptorLimit limit = new DescriptorLimit(3)) {
        for (Socket client : clients) {
          client.connect(address);
        }
        loop.turn();
      }
      story.then("6 clients have connected, and the loop has made one turn");
      for (Socket client : clients) {
        say(client);
      }
      loop.turn();
      int served = 0;
      int turnedAway = 0;
      for (Socket client : clients) {
        switch (answer(client)) {
          case "hello" -> served++;
          case "the end" -> turnedAway++;
          default -> story.then("one of them hears nothing at all");
        }
      }
      story.then("each says hello: %d hear an echo, and %d the end", served, turnedAway);
      // The JVM may have opened or closed a file of its own meanwhile, so 3 can be 2 or 4.
      story.expect(
          served + turnedAway == clients.size() && served > 0 && turnedAway > 1,
          "about 3 served and the others turned away, all of them in one turn",
          "%d served and %d turned away".formatted(served, turnedAway));
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  @DisplayName("on the real kernel, under a limit so low that the reserve is of no use")
  void realPause() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    Story story = new Story(kernel);
    try (EventLoop loop = Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers());
        Socket guest = new Socket();
        Socket client = unconnected()) {
      InetSocketAddress address = enter(loop, guest, story);
      story.then("one guest is in, and the limit falls to 0: no new number is below it");
      int turns = 0;
      try (DescriptorLimit limit = new DescriptorLimit(0)) {
        client.connect(address);
        long start = System.nanoTime();
        while (turns < 1_000 && System.nanoTime() - start < 150_000_000) {
          loop.turn();
          turns++;
        }
        guest.getOutputStream().write(HELLO);
        loop.turn();
      }
      story.expect(
          turns < 1_000,
          "a loop that sleeps between its tries to accept a client",
          "it spins: %,d turns in less than 150 ms".formatted(turns));
      story.expect(hears(guest), "the guest served all the while", "it hears nothing");
      client.getOutputStream().write(HELLO);
      for (int i = 0; i < 10 && client.getInputStream().available() == 0; i++) {
        loop.turn();
      }
      story.expect(hears(client), "the client served, the limit raised", "it hears nothing");
    }
  }

  /**
   * Has the loop listen, and serve a first guest. What is under a limit afterwards has been used by
   * then: to load a class from a folder takes a descriptor.
   */
  private static InetSocketAddress enter(EventLoop loop, Socket guest, Story story)
      throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    InetSocketAddress address = loop.localAddress(loop.listen(any, 128, EchoServer::new));
    guest.connect(address);
    loop.turn();
    guest.getOutputStream().write(HELLO);
    loop.turn();
    story.expect(hears(guest), "the first guest served", "it hears nothing");
    return address;
  }

  /** A client's socket that has its descriptor already. */
  private static Socket unconnected() throws IOException {
    Socket client = new Socket();
    client.bind(null);
    return client;
  }

  private static boolean hears(Socket client) throws IOException {
    client.setSoTimeout(2_000);
    try {
      return Arrays.equals(client.getInputStream().readNBytes(HELLO.length), HELLO);
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static void say(Socket client) throws IOException {
    try {
      client.getOutputStream().write(HELLO);
    } catch (SocketException e) {
      // It has been turned away, and knows already.
    }
  }

  /** "hello", or "the end", or nothing. */
  private static String answer(Socket client) throws IOException {
    client.setSoTimeout(2_000);
    try {
      String heard = new String(client.getInputStream().readNBytes(HELLO.length));
      return heard.isEmpty() ? "the end" : heard;
    } catch (SocketTimeoutException e) {
      return "";
    } catch (SocketException e) {
      return "the end";
    }
  }
}
