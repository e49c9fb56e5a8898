package readiness.epoll;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.testing.Step;

/** Events whose connection is gone, and whose number belongs to somebody else by now. */
@Step("stale-events")
@Tag("stale-events")
final class StaleEventsTest {
  private static final String CLOSE = "close the other";

  /** A protocol for everyone in a test: "close the other" closes the one that came after. */
  private static final class House implements Protocol {
    final List<Connection> known = new ArrayList<>();
    private final Set<Connection> greeted = new HashSet<>();

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      if (greeted.add(connection)) {
        known.add(connection);
      } else if (to - from == CLOSE.length()) {
        known.getLast().close();
      }
      return to - from;
    }
  }

  /** Somebody connects, says hello, and has been heard. */
  private static Peer guest(SimulatedServer server, String name) {
    Peer peer = server.peer(name).connect(SimulatedServer.ADDRESS).send("hello");
    server.drive();
    return peer;
  }

  @Test
  @DisplayName("a newcomer does not get the event of the one who had its number before")
  void newcomer() {
    House house = new House();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> house)) {
      Peer first = guest(server, "first");
      Peer second = guest(server, "second");
      // In this order: the first closes the second, the third gets its number, and then there is
      // an event for the second.
      first.send(CLOSE);
      server.meanwhile();
      server.peer("third").connect(SimulatedServer.ADDRESS);
      server.meanwhile();
      second.send("too late");
      server.turn();
      server.expectCount(
          "recv",
          1,
          "the first's. The third has its connection under the second's number by now, and has"
              + " said nothing: the event is not for it");
    }
  }

  @Test
  @DisplayName("whose event stands behind one that is stale is served in the same turn")
  void behind() {
    House house = new House();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> house)) {
      Peer first = guest(server, "first");
      Peer last = guest(server, "last");
      Peer second = guest(server, "second");
      // In this order: the first closes the second, whose event comes next, and then the last's.
      first.send(CLOSE);
      server.meanwhile();
      second.send("too late");
      server.meanwhile();
      last.send("and I?");
      server.turn();
      server.expectCount(
          "recv", 2, "the first's and the last's; the second's event between them is passed over");
    }
  }

  @Test
  @DisplayName("an event for a number that nobody has any more reaches nobody")
  void nobody() {
    House house = new House();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> house)) {
      Peer first = guest(server, "first");
      Peer second = guest(server, "second");
      first.send(CLOSE);
      server.meanwhile();
      second.send("too late");
      server.turn();
      server.expectCount(
          "recv", 1, "the first's; the second is closed when its event is looked at");
    }
  }

  @Test
  @DisplayName("a number that is used again and again comes with another token each time")
  void tokens() {
    House house = new House();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> house)) {
      int visits = 300;
      for (int i = 1; i <= visits; i++) {
        server
            .peer("visitor " + i)
            .connect(SimulatedServer.ADDRESS)
            .send("hello")
            .halfClose()
            .expectEnd();
        server.drive();
      }
      Set<Integer> numbers = new HashSet<>();
      Set<Long> tokens = new HashSet<>();
      for (Connection each : house.known) {
        numbers.add(each.fd);
        tokens.add(each.token);
      }
      server.expect(
          tokens.size() == visits,
          "%,d visits one after the other, under %d number: %,d different tokens"
              .formatted(visits, numbers.size(), visits),
          "%,d different tokens".formatted(tokens.size()));
    }
  }

  @Test
  @DisplayName("everyone who is there gets the event that is meant for it")
  void everyone() {
    House house = new House();
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> house)) {
      List<Peer> peers = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        peers.add(server.peer("client " + i).connect(SimulatedServer.ADDRESS).send("hello"));
      }
      server.drive();
      peers.forEach(peer -> peer.send("and again"));
      server.turn();
      server.expectCount("recv", 20, "20 connections are open, and each of them has an event");
    }
  }

  @Test
  @DisplayName("on the real kernel: the newcomer under the same number hears nothing")
  void realNewcomer() throws IOException {
    House house = new House();
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    try (EventLoop loop = Loops.of(kernel, kernel, System::nanoTime, new SpareBuffers())) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      InetSocketAddress address = kernel.getsockname(loop.listen(any, 128, () -> house));
      // The three sockets have their numbers before the loop gives out its own, and keep them.
      try (Socket first = new Socket();
          Socket second = new Socket();
          Socket third = new Socket()) {
        third.bind(null);
        greet(loop, first, address);
        greet(loop, second, address);
        while (house.known.size() < 2) {
          loop.turn();
        }
        // One more wait, so that the kernel drops from its ready list who is not ready any more:
        // what comes next stands there in the order in which it happens.
        loop.stop();
        loop.turn();
        Story story = new Story(kernel);
        kernel.clear();
        say(first, CLOSE);
        third.connect(address);
        say(second, "too late");
        story.then("the first says \"%s\", a third connects, the second says something", CLOSE);
        loop.turn();
        int recvs = (int) kernel.count("recv");
        story.expect(
            recvs == 1,
            "recv once, for the first: the second is closed, and the third has said nothing",
            "recv %d times".formatted(recvs));
      }
    }
  }

  private static void greet(EventLoop loop, Socket client, InetSocketAddress address)
      throws IOException {
    client.connect(address);
    loop.turn();
    say(client, "hello");
    loop.turn();
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes());
  }
}
