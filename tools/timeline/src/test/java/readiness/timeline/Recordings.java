package readiness.timeline;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Call;
import readiness.kernel.Epoll;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;

/** Recordings to be drawn. */
final class Recordings {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 7007);

  private Recordings() {}

  /**
   * A server without a loop, call by call on a simulated kernel: alice sends 10,000 bytes, of which
   * her window takes 4,000 back, and is closed; bob gets her number; carol is never let in.
   */
  static List<Recording.Entry> story() {
    Simulation kernel = Simulation.recorded(1, 1_000);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(20_000);
      MemorySegment events = arena.allocate(16 * 16);
      int epfd = kernel.create(0);
      int wakeUp = kernel.eventfd(0, Sockets.EFD_NONBLOCK);
      int listener = kernel.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
      kernel.bind(listener, ADDRESS);
      kernel.listen(listener, 8);
      kernel.add(epfd, wakeUp, Epoll.EPOLLIN | Epoll.EPOLLET, wakeUp);
      kernel.add(epfd, listener, Epoll.EPOLLIN, listener);
      kernel.peer("alice").window(4_000).neverReads().connect(ADDRESS).send(new byte[10_000]);
      kernel.await(epfd, events, 8, -1);
      int alice = kernel.accept4(listener, Sockets.SOCK_NONBLOCK);
      kernel.add(epfd, alice, Epoll.EPOLLIN, alice);
      kernel.await(epfd, events, 8, -1);
      kernel.recv(alice, buffer, 0, 20_000, 0);
      kernel.recv(alice, buffer, 0, 20_000, 0);
      kernel.send(alice, buffer, 0, 10_000, Sockets.MSG_NOSIGNAL);
      kernel.modify(epfd, alice, Epoll.EPOLLIN | Epoll.EPOLLOUT, alice);
      kernel.await(epfd, events, 8, 40);
      kernel.remove(epfd, alice);
      kernel.close(alice);
      kernel.peer("bob").connect(ADDRESS).send("hi").halfClose();
      kernel.await(epfd, events, 8, -1);
      int bob = kernel.accept4(listener, Sockets.SOCK_NONBLOCK);
      kernel.advance(Duration.ofMillis(2));
      kernel.recv(bob, buffer, 0, 100, 0);
      kernel.recv(bob, buffer, 0, 100, 0);
      kernel.recv(99, buffer, 0, 100, 0);
      kernel.peer("carol").connect(ADDRESS).send("let me in");
      kernel.await(epfd, events, 8, -1);
      return kernel.entries();
    }
  }

  static Run run(List<Recording.Entry> entries) {
    return new Run(
        "story", "What happens.", List.of(new Run.Fact("Seed", "1")), true, entries, null);
  }

  static Run failed(List<Recording.Entry> entries, String message) {
    return new Run(
        "story",
        "What <happens>.",
        List.of(),
        true,
        entries,
        new Run.Failure(message, "peace", ""));
  }

  /** A call by hand. */
  static Recording.Entry call(
      Call call, long begun, long ended, int fd, long argument, long result) {
    return entry(call, begun, ended, fd, argument, result, null, call.manual());
  }

  /** What a client did, by hand. */
  static Recording.Entry note(long time, String client, String action) {
    return entry(Call.NOTE, time, time, 0, 0, 0, client, client + " " + action);
  }

  static Recording.Entry accept(long begun, int fd, String client) {
    return entry(Call.ACCEPT4, begun, begun + 1_000, 5, 0, fd, client, "accept4(5) → " + fd);
  }

  private static Recording.Entry entry(
      Call call,
      long begun,
      long ended,
      int fd,
      long argument,
      long result,
      @Nullable String peer,
      String text) {
    return new Recording.Entry(begun, ended, call, fd, argument, result, List.of(), peer, text);
  }
}
