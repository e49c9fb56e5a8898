package readiness.epoll;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    Thief thief = new Thief(simulation);
    Recording kernel = Recording.of(thief.sockets, simulation);
    try (EventLoop loop = new EventLoop(kernel, kernel, simulation::nanoTime, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer first = simulation.peer("first").connect(SimulatedServer.ADDRESS);
      Peer second = simulation.peer("second").connect(SimulatedServer.ADDRESS);
      simulation.drive(loop::turn);
      kernel.clear();
      Story story = new Story(kernel);
      thief.lurks = true;
      simulation.peer("third").connect(SimulatedServer.ADDRESS).expectEnd();
      simulation.advance(Duration.ofSeconds(1));
      loop.turn();
      Peer fourth = simulation.peer("fourth").connect(SimulatedServer.ADDRESS).expectEnd();
      for (int i = 0; i < 10; i++) {
        loop.turn();
      }
      story.expect(
          kernel.count("accept4") <= 7,
          "a few tries: as long as no descriptor is free, the loop tries again now and then",
          "%d calls of accept4".formatted(kernel.count("accept4")));
      thief.lurks = false;
      first.halfClose().expectEnd();
      simulation.drive(loop::turn);
      story.expect(
          fourth.done(),
          "the first has gone, so there is a reserve again, and the fourth hears that it waits in"
              + " vain",
          "the fourth still waits");
      second.halfClose().expectEnd();
      simulation.drive(loop::turn);
      Peer fifth =
          simulation
              .peer("fifth")
              .connect(SimulatedServer.ADDRESS)
              .send(HELLO)
              .expect(HELLO.length);
      simulation.drive(loop::turn);
      story.expect(
          fifth.text().equals("hello"),
          "the second has gone, so there is room for the fifth",
          "the fifth got \"%s\"".formatted(fifth.text()));
    }
  }

  /** Somebody else in this process, who takes each descriptor that the loop gives up. */
  private static final class Thief {
    final Sockets sockets;
    boolean lurks;

    Thief(Simulation simulation) {
      sockets =
          (Sockets)
              Proxy.newProxyInstance(
                  Sockets.class.getClassLoader(),
                  new Class<?>[] {Sockets.class},
                  (_, method, arguments) -> {
                    try {
                      Object result = method.invoke(simulation, arguments);
                      boolean stolen = lurks && method.getName().equals("eventfd");
                      return stolen ? (Object) (-Errno.EMFILE) : result;
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  });
    }
  }

  @Test
  @DisplayName("10,000 guests, 20 at a time, and then nobody is left")
  void tenThousand() {
    int guests = 10_000;
    Simulation simulation = Simulation.seeded(0).withDescriptors(OWN + 20);
    try (SimulatedServer server = new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new)) {
      for (int i = 1; i <= guests; i++) {
        Peer guest = server.peer("guest " + i).connect(SimulatedServer.ADDRESS).send(HELLO);
        if (i % 2 == 0) {
          guest.expect(HELLO.length).halfClose().expectEnd();
        } else {
          guest.reset();
        }
        if (i % 20 == 0) {
          server.drive();
        }
      }
      server.expectNobody();
    }
  }

  @Test
  @DisplayName("on the real kernel, with 3 descriptors and 6 clients")
  void real() throws IOException {
    Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
    List<Socket> clients = new ArrayList<>();
    try (EventLoop loop = new EventLoop(kernel, kernel, System::nanoTime, new SpareBuffers())) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      InetSocketAddress address = kernel.getsockname(loop.listen(any, 128, EchoServer::new));
      for (int i = 0; i < 6; i++) {
        Socket client = new Socket();
        client.bind(null);
        clients.add(client);
      }
      Story story = new Story(kernel);
      try (DescriptorLimit limit = new DescriptorLimit(3)) {
        for (Socket client : clients) {
          client.connect(address);
        }
        story.then("6 clients connect, and 3 descriptors are free");
        loop.turn();
        story.then("one turn");
      }
      int turnedAway = 0;
      for (Socket client : clients.subList(3, 6)) {
        turnedAway += isAtItsEnd(client) ? 1 : 0;
      }
      story.expect(
          turnedAway == 3, "3 clients turned away", "%d turned away".formatted(turnedAway));
      for (Socket client : clients.subList(0, 3)) {
        client.getOutputStream().write(HELLO);
      }
      int echoes = 0;
      loop.turn();
      for (Socket client : clients.subList(0, 3)) {
        client.setSoTimeout(2_000);
        echoes += new String(client.getInputStream().readNBytes(5)).equals("hello") ? 1 : 0;
      }
      story.expect(echoes == 3, "the other 3 served", "%d served".formatted(echoes));
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static boolean isAtItsEnd(Socket client) throws IOException {
    client.setSoTimeout(2_000);
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }
}
