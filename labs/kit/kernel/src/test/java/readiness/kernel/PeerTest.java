package readiness.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scripts: what a peer does, what it sees, and what the other side sees of it. */
class PeerTest {
  private static final InetSocketAddress AWAY = new InetSocketAddress("127.0.0.1", 9000);

  private final Simulation simulation = Simulation.seeded(1);
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(64 * 1024);
  private final MemorySegment events = arena.allocate(16);

  @AfterEach
  void free() {
    arena.close();
  }

  /** A connection to {@code peer} from a listener of our own. */
  private int accepted(Peer peer) {
    int listener = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    simulation.bind(listener, new InetSocketAddress("127.0.0.1", 0));
    simulation.listen(listener, 1);
    InetSocketAddress address = simulation.getsockname(listener);
    assertThat(address).isNotNull();
    peer.connect(address);
    return simulation.accept4(listener, Sockets.SOCK_NONBLOCK);
  }

  private void pass() {
    simulation.advance(Duration.ofMillis(10));
  }

  private int send(int fd, int length) {
    return simulation.send(fd, buffer, 0, length, 0);
  }

  private int recv(int fd) {
    return simulation.recv(fd, buffer, 0, buffer.byteSize(), 0);
  }

  private int ready(int fd) {
    int epfd = simulation.create(0);
    simulation.add(epfd, fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP, 0);
    int count = simulation.await(epfd, events, 1, 0);
    simulation.close(epfd);
    return count == 0 ? 0 : simulation.layout().events(events, 0);
  }

  @Test
  void readsAtOnceUnlessItIsToldOtherwise() {
    Peer peer = simulation.peer("alice");
    int fd = accepted(peer);
    for (int i = 0; i < 10; i++) {
      assertThat(send(fd, 60_000)).isEqualTo(60_000);
    }
    assertThat(peer.received()).hasSize(600_000);
  }

  @Test
  void readsInMouthfulsThroughAWindow() {
    Peer peer = simulation.peer("alice").window(1000).readsUpTo(300);
    int fd = accepted(peer);
    simulation.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, 50_000);
    assertThat(send(fd, 5000)).isEqualTo(1000);
    assertThat(send(fd, 5000)).isEqualTo(-Errno.EAGAIN);
    assertThat(ready(fd)).isZero();
    while (peer.received().length < 300) {
      simulation.advance(Duration.ofNanos(10_000));
    }
    assertThat(peer.received()).hasSize(300);
    pass();
    assertThat(peer.received()).hasSize(1000);
    assertThat(ready(fd)).isEqualTo(EPOLLOUT);
  }

  @Test
  void readsNothingAndThenAgain() {
    Peer peer = simulation.peer("alice").window(1000).neverReads();
    int fd = accepted(peer);
    send(fd, 700);
    pass();
    assertThat(peer.received()).isEmpty();
    peer.readsUpTo(Integer.MAX_VALUE);
    pass();
    assertThat(peer.received()).hasSize(700);
  }

  @Test
  void whatItDidNotReadMakesItsCloseAReset() {
    Peer peer = simulation.peer("alice").neverReads();
    int fd = accepted(peer);
    send(fd, 5);
    peer.close();
    pass();
    assertThat(recv(fd)).isEqualTo(-Errno.ECONNRESET);
  }

  @Test
  void aScriptBeginsWithAConnection() {
    Peer lost = simulation.peer("lost").send("to whom?");
    assertThatThrownBy(this::pass).hasMessageContaining("lost has no connection");
    assertThat(lost.done()).isFalse();
  }

  @Test
  void seesTheEndAfterTheLastByte() {
    Peer peer = simulation.peer("alice").neverReads();
    int fd = accepted(peer);
    send(fd, 5);
    simulation.shutdown(fd, Sockets.SHUT_WR);
    assertThat(peer.sawEnd()).isFalse();
    peer.readsUpTo(100).expect(5).expectEnd();
    pass();
    assertThat(peer.sawEnd()).isTrue();
    assertThat(peer.sawReset()).isFalse();
    assertThat(peer.done()).isTrue();
  }

  @Test
  void seesAReset() {
    Peer peer = simulation.peer("alice");
    int fd = accepted(peer);
    peer.send("unread").expectEnd();
    pass();
    assertThat(ready(fd)).isEqualTo(EPOLLIN | EPOLLOUT);
    simulation.close(fd);
    pass();
    assertThat(peer.sawReset()).isTrue();
    assertThat(peer.done()).isTrue();
  }

  @Test
  void sendsMoreThanTheWayHolds() {
    Peer peer = simulation.peer("alice");
    int fd = accepted(peer);
    peer.send(new byte[1_000_000]).halfClose();
    int total = 0;
    int received;
    while ((received = recv(fd)) != 0) {
      total += Math.max(received, 0);
    }
    assertThat(total).isEqualTo(1_000_000);
  }

  @Test
  void servesWhoeverConnects() {
    Peer server = simulation.peer("server").accept(AWAY).expect(4).send("pong").halfClose();
    int fd = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
    assertThat(simulation.connect(fd, AWAY)).isEqualTo(-Errno.EINPROGRESS);
    assertThat(simulation.connect(fd, AWAY)).isEqualTo(-Errno.EALREADY);
    assertThat(ready(fd)).isZero();
    pass();
    assertThat(ready(fd)).isEqualTo(EPOLLOUT);
    assertThat(simulation.connect(fd, AWAY)).isZero();
    assertThat(send(fd, 4)).isEqualTo(4);
    pass();
    assertThat(recv(fd)).isEqualTo(4);
    assertThat(recv(fd)).isZero();
    assertThat(server.received()).hasSize(4);
    assertThat(server.done()).isTrue();
  }

  @Test
  void severalServeOneAddressInOrder() {
    Peer first = simulation.peer("first").accept(AWAY);
    Peer second = simulation.peer("second").accept(AWAY);
    int fd = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    assertThat(simulation.connect(fd, AWAY)).isZero();
    pass();
    assertThat(first.done()).isTrue();
    assertThat(second.done()).isFalse();
  }

  @Test
  void reachesAListenerByEitherFamily() throws UnknownHostException {
    InetSocketAddress six = new InetSocketAddress(InetAddress.getByName("::1"), 9000);
    int listener = simulation.socket(Sockets.AF_INET6, Sockets.SOCK_STREAM, 0);
    simulation.bind(listener, six);
    simulation.listen(listener, 4);
    simulation.peer("alice").connect(six).send("hello");
    int fd = simulation.accept4(listener, 0);
    assertThat(recv(fd)).isEqualTo(5);
    assertThat(simulation.getsockname(fd)).isEqualTo(six);
  }

  @Test
  void isRefusedWhereNobodyListens() {
    Peer peer = simulation.peer("alice").connect(AWAY);
    pass();
    assertThat(peer.sawReset()).isTrue();
    assertThat(peer.done()).isTrue();
  }

  @Test
  void waitsUntilTheAcceptQueueHasRoom() {
    int listener = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    simulation.bind(listener, AWAY);
    simulation.listen(listener, 0);
    Peer first = simulation.peer("first").connect(AWAY);
    Peer second = simulation.peer("second").connect(AWAY);
    pass();
    assertThat(first.done() ^ second.done()).isTrue();
    simulation.accept4(listener, 0);
    simulation.advance(Duration.ofSeconds(2));
    assertThat(first.done() && second.done()).isTrue();
  }

  @Test
  void aFullQueueIsATimeoutInTheEnd() {
    int listener = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    simulation.bind(listener, AWAY);
    simulation.listen(listener, 0);
    simulation.peer("first").connect(AWAY);
    pass();
    int late = simulation.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    assertThat(simulation.connect(late, AWAY)).isEqualTo(-Errno.ETIMEDOUT);
    assertThat(Duration.ofNanos(simulation.nanoTime())).isGreaterThan(Duration.ofSeconds(100));
  }
}
