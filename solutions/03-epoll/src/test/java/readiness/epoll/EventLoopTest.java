package readiness.epoll;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import readiness.kernel.Errno;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;

/** What a loop does round its turn, which is given: opening, closing, accepting. */
final class EventLoopTest {
  private static final InetSocketAddress NOWHERE =
      InetSocketAddress.createUnresolved("nowhere.invalid", 80);

  private final Simulation simulation = Simulation.seeded(0);
  private final Story story = new Story();

  private EventLoop loop(Sockets sockets) {
    return Loops.of(sockets, simulation, simulation::nanoTime, new SpareBuffers());
  }

  @Test
  @DisplayName("an address that was not looked up is refused by name, and costs no descriptor")
  void unresolved() {
    try (EventLoop loop = loop(simulation)) {
      int open = simulation.openDescriptors();
      expectRefused(() -> loop.listen(NOWHERE, 1, EchoServer::new));
      expectRefused(() -> loop.connect(NOWHERE, new EchoServer()));
      int now = simulation.openDescriptors();
      story.expect(now == open, open + " descriptors open, as before", now + " are open");
    }
  }

  private void expectRefused(Runnable call) {
    String said = "nothing is thrown";
    try {
      call.run();
    } catch (IllegalArgumentException e) {
      said = String.valueOf(e.getMessage());
    }
    story.expect(said.contains("nowhere.invalid"), "an exception that names the address", said);
  }

  @Test
  @DisplayName("a protocol that cannot be made costs its own connection, and no descriptor")
  void protocolCannotBeMade() {
    List<Throwable> heard = new ArrayList<>();
    try (EventLoop loop = loop(simulation)) {
      loop.onDefect(heard::add);
      int[] made = new int[1];
      loop.listen(
          SimulatedServer.ADDRESS,
          128,
          () -> {
            if (made[0]++ == 0) {
              throw new IllegalStateException("none");
            }
            return new EchoServer();
          });
      int open = simulation.openDescriptors();
      simulation.peer("first").connect(SimulatedServer.ADDRESS).expectEnd();
      simulation.drive(loop::turn);
      Peer second = simulation.peer("second").connect(SimulatedServer.ADDRESS);
      second.send("hello").expect(5).halfClose().expectEnd();
      simulation.drive(loop::turn);
      int now = simulation.openDescriptors();
      story.expect(now == open, "every connection closed", now - open + " open");
      story.expect(heard.size() == 1, "the loop's listener hears of it", "it hears " + heard);
    }
  }

  @Test
  @DisplayName("a hook sees each descriptor that is accepted, before anything is read from it")
  void hook() {
    List<Integer> seen = new ArrayList<>();
    Recording kernel = Recording.of(simulation, simulation);
    try (EventLoop loop = Loops.of(kernel, kernel, simulation::nanoTime, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      loop.onAccept(fd -> {
        story.expect(kernel.count("recv") == 0, "nothing received before", "recv was called");
        seen.add(fd);
      });
      for (int i = 0; i < 3; i++) {
        simulation
            .peer("client " + i)
            .connect(SimulatedServer.ADDRESS)
            .send("hello")
            .expect(5)
            .halfClose()
            .expectEnd();
        simulation.drive(loop::turn);
        kernel.clear();
        story.expect(seen.size() == 1, "one descriptor seen", "seen: " + seen);
        seen.clear();
      }
    }
  }

  @Test
  @DisplayName("a loop listens on a descriptor that somebody else has made ready")
  void listensOnWhatIsGiven() {
    Linux linux = new Linux();
    try (EventLoop loop = Loops.of(linux, new LinuxEpoll(), System::nanoTime, new SpareBuffers())) {
      int type = Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
      int fd = linux.socket(Sockets.AF_INET, type, 0);
      linux.bind(fd, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      linux.listen(fd, 16);
      loop.listen(fd, EchoServer::new);
      Diary diary = new Diary();
      loop.connect(loop.localAddress(fd), diary);
      for (int i = 0; i < 100 && diary.heard == 0; i++) {
        loop.turn();
      }
      story.expect(diary.heard == 1, "the byte that was sent comes back", "nothing has come");
    }
  }

  /** Says one byte, and counts what comes back. */
  private static final class Diary implements Protocol {
    long heard;

    @Override
    public void connected(Connection connection) {
      connection.send(Arena.ofAuto().allocate(1), 0, 1);
    }

    @Override
    public long received(Connection connection, MemorySegment input, long from, long to) {
      heard += to - from;
      return to - from;
    }
  }

  @Test
  @DisplayName("a hook that throws costs the connection that it was shown, and no descriptor")
  void hookThrows() {
    List<Throwable> heard = new ArrayList<>();
    try (EventLoop loop = loop(simulation)) {
      loop.onDefect(heard::add);
      loop.onAccept(_ -> {
        throw new IllegalStateException("none");
      });
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      int open = simulation.openDescriptors();
      simulation.peer("client").connect(SimulatedServer.ADDRESS).expectEnd();
      simulation.drive(loop::turn);
      int now = simulation.openDescriptors();
      story.expect(now == open, "the connection closed", now - open + " open");
      story.expect(heard.size() == 1, "the loop's listener hears of it", "it hears " + heard);
    }
  }

  @Test
  @DisplayName("a descriptor that comes free ends a pause, though its time has not come")
  void descriptorEndsPause() {
    int[] says = {0};
    Sockets sockets =
        InBetween.of(
            simulation,
            (name, _, call) ->
                name.equals("accept4") && says[0] != 0 ? (Object) says[0] : call.make());
    // The clock stands still, so no pause is over by itself.
    try (EventLoop loop = Loops.of(sockets, simulation, () -> 0, new SpareBuffers())) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer guest = simulation.peer("guest").connect(SimulatedServer.ADDRESS);
      simulation.drive(loop::turn);
      says[0] = -Errno.ENOMEM;
      Peer late = simulation.peer("latecomer").connect(SimulatedServer.ADDRESS);
      simulation.advance(Duration.ofMillis(1));
      loop.turn();
      says[0] = 0;
      story.then("accept4 says −ENOMEM, so nobody is accepted; then the guest goes");
      guest.halfClose().expectEnd();
      late.send("hello").expect(5);
      simulation.advance(Duration.ofMillis(1));
      for (int turns = 0; !late.done() && turns < 10; turns++) {
        loop.turn();
        simulation.advance(Duration.ofMillis(1));
      }
      story.expect(
          late.text().equals("hello"),
          "the latecomer served: there is a descriptor for it",
          "it got \"%s\"".formatted(late.text()));
    }
  }

  @Test
  @DisplayName("a loop that is closed refuses to listen, and costs no descriptor")
  void listensNoMore() {
    EventLoop loop = loop(simulation);
    loop.close();
    int open = simulation.openDescriptors();
    boolean refused = false;
    try {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
    } catch (RejectedExecutionException e) {
      refused = true;
    }
    story.expect(refused, "an exception: nobody would be accepted", "nothing is thrown");
    int now = simulation.openDescriptors();
    story.expect(now == open, open + " descriptors open, as before", now + " are open");
  }

  @Test
  @DisplayName("a loop that is closed twice closes its descriptors once")
  void closesOnce() {
    Recording kernel = Recording.of(simulation, simulation);
    EventLoop loop = Loops.of(kernel, kernel, simulation::nanoTime, new SpareBuffers());
    loop.close();
    kernel.clear();
    loop.close();
    loop.shutdown();
    story.expect(
        kernel.entries().isEmpty(),
        "no call: the numbers may be somebody else's by now",
        "" + kernel.tail(5));
  }

  @Test
  @DisplayName("who connects again when a connection is closed cannot keep a loop from closing")
  void reconnects() {
    List<Throwable> heard = new ArrayList<>();
    EventLoop loop = loop(simulation);
    loop.onDefect(heard::add);
    loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
    final class Again implements Protocol {
      @Override
      public long received(Connection connection, MemorySegment input, long from, long to) {
        return to - from;
      }

      @Override
      public void closed() {
        loop.connect(SimulatedServer.ADDRESS, new Again());
      }
    }

    loop.connect(SimulatedServer.ADDRESS, new Again());
    loop.connect(SimulatedServer.ADDRESS, new Again());
    simulation.drive(loop::turn);
    loop.close();
    int open = simulation.openDescriptors();
    story.expect(open == 0, "no descriptor open", open + " are open");
    story.expect(heard.size() == 2, "both hear that the loop is closed", "" + heard);
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EOPNOTSUPP, Errno.EPROTO, Errno.ENETDOWN, Errno.EPERM})
  @DisplayName("an error that came with one connection neither ends nor pauses accepting")
  void passingErrors(int errno) {
    int[] calls = new int[1];
    Sockets sockets =
        InBetween.of(
            simulation,
            (name, _, call) -> name.equals("accept4") && calls[0]++ == 0 ? -errno : call.make());
    try (EventLoop loop = loop(sockets)) {
      loop.listen(SimulatedServer.ADDRESS, 128, EchoServer::new);
      Peer peer = simulation.peer("client").connect(SimulatedServer.ADDRESS);
      peer.send("hello").expect(5).halfClose().expectEnd();
      long before = simulation.nanoTime();
      simulation.drive(loop::turn);
      story.expect(peer.text().equals("hello"), "it is served", "it hears " + peer.text());
      long waited = (simulation.nanoTime() - before) / 1_000_000;
      story.expect(waited < 100, "and at once", "after %d ms".formatted(waited));
    }
  }
}
