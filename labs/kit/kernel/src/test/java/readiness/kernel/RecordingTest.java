package readiness.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;
import static readiness.kernel.Epoll.EPOLLRDHUP;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a recording writes down, and that it changes nothing. */
class RecordingTest {
  private final Simulation simulation = Simulation.seeded(0);
  private final Recording recording = Recording.of(simulation, simulation);
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(70_000);
  private final MemorySegment events = arena.allocate(16 * 16);

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void linesReadAsAStory() {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", 8080);
    int epfd = recording.create(0);
    int listener = recording.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    recording.setsockopt(listener, Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1);
    recording.bind(listener, address);
    recording.listen(listener, 128);
    recording.add(epfd, listener, EPOLLIN, 77);
    simulation.peer("alice").connect(address).send(new byte[65_536]).halfClose();
    assertThat(recording.await(epfd, events, 4, -1)).isEqualTo(1);
    int fd = recording.accept4(listener, Sockets.SOCK_NONBLOCK);
    recording.add(epfd, fd, EPOLLIN | EPOLLRDHUP | EPOLLET, -5);
    recording.await(epfd, events, 4, -1);
    recording.recv(fd, buffer, 0, 65_536, 0);
    recording.await(epfd, events, 4, 250);
    recording.modify(epfd, fd, EPOLLIN | EPOLLOUT, -5);
    recording.await(epfd, events, 4, 0);
    recording.recv(fd, buffer, 0, 65_536, 0);
    recording.send(fd, buffer, 0, 4, 0);
    recording.shutdown(fd, Sockets.SHUT_WR);
    recording.remove(epfd, fd);
    recording.close(fd);
    recording.recv(fd, buffer, 0, 1, 0);
    assertThat(recording.tail(100))
        .containsExactly(
            "epoll_create1() → 3",
            "socket() → 4",
            "setsockopt(4, SO_REUSEADDR) → 0",
            "bind(4, 127.0.0.1:8080) → 0",
            "listen(4, 128) → 0",
            "epoll_ctl(ADD, 4, EPOLLIN) → 0",
            "epoll_wait(−1) → fd 4 readable",
            "accept4(4) → 5",
            "epoll_ctl(ADD, 5, EPOLLIN|EPOLLRDHUP|EPOLLET) → 0",
            "epoll_wait(−1) → fd 5 readable",
            "recv(5, ≤ 65,536) → 65,536",
            "epoll_wait(250) → fd 5 ended + readable",
            "epoll_ctl(MOD, 5, EPOLLIN|EPOLLOUT) → 0",
            "epoll_wait(0) → fd 5 readable + writable",
            "recv(5, ≤ 65,536) → 0",
            "send(5, 4) → 4",
            "shutdown(5, SHUT_WR) → 0",
            "epoll_ctl(DEL, 5) → 0",
            "close(5) → 0",
            "recv(5, ≤ 1) → −EBADF");
    assertThat(recording.tail(1)).containsExactly("recv(5, ≤ 1) → −EBADF");
  }

  @Test
  void countsByTheNameInTheManual() {
    int epfd = recording.create(0);
    int fd = recording.eventfd(0, Sockets.EFD_NONBLOCK);
    recording.add(epfd, fd, EPOLLIN, 1);
    recording.modify(epfd, fd, EPOLLOUT, 1);
    recording.modify(epfd, fd, EPOLLIN, 1);
    recording.remove(epfd, fd);
    recording.read(fd, buffer, 0, 8);
    assertThat(recording.count("epoll_ctl")).isEqualTo(4);
    assertThat(recording.count("EPOLL_CTL_MOD")).isEqualTo(2);
    assertThat(recording.count("read")).isEqualTo(1);
    assertThat(recording.count("send")).isZero();
    assertThat(recording.calls()).isEqualTo(7);
    recording.clear();
    assertThat(recording.calls()).isZero();
    assertThat(recording.tail(9)).isEmpty();
  }

  @Test
  void aNameThatNoCallHasIsAMistakeAndNotAZero() {
    assertThatThrownBy(() -> recording.count("epoll_wiat"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epoll_wiat");
  }

  @Test
  void keepsTheLastCallsAndAllCounts() {
    int fd = recording.eventfd(0, Sockets.EFD_NONBLOCK);
    for (int i = 0; i < 5000; i++) {
      recording.read(fd, buffer, 0, 8);
    }
    assertThat(recording.count("read")).isEqualTo(5000);
    assertThat(recording.tail(Integer.MAX_VALUE)).hasSize(1024);
    assertThat(recording.tail(3)).hasSize(3).containsOnly("read(3, ≤ 8) → −EAGAIN");
  }

  @Test
  void manyEventsAreNamedAsFarAsTheyFit() {
    int epfd = recording.create(0);
    for (int i = 0; i < 12; i++) {
      // Tokens that collide in a small table, and -1, which is no descriptor.
      recording.add(epfd, recording.eventfd(1, 0), EPOLLIN, (long) i << 40 | i - 1);
    }
    assertThat(recording.await(epfd, events, 16, 0)).isEqualTo(12);
    assertThat(recording.tail(1).getFirst())
        .startsWith("epoll_wait(0) → fd 4 readable, fd 5 readable, fd 6 readable")
        .endsWith("fd 11 readable and 4 more");
  }

  @Test
  void entriesAreData() {
    int epfd = recording.create(0);
    int fd = recording.eventfd(1, 0);
    recording.add(epfd, fd, EPOLLIN, 1);
    recording.await(epfd, events, 4, 20);
    recording.read(fd, buffer, 0, 8);
    recording.await(epfd, events, 4, 20);

    assertThat(recording.entries()).hasSize(6).allMatch(Recording.Entry::returned);
    assertThat(recording.entries().subList(2, 6))
        .containsExactly(
            new Recording.Entry(
                2_000,
                3_000,
                Call.EPOLL_CTL_ADD,
                fd,
                EPOLLIN,
                0,
                List.of(),
                null,
                "epoll_ctl(ADD, 4, EPOLLIN) → 0"),
            new Recording.Entry(
                3_000,
                4_000,
                Call.EPOLL_WAIT,
                epfd,
                20,
                1,
                List.of(new Recording.Event(fd, EPOLLIN)),
                null,
                "epoll_wait(20) → fd 4 readable"),
            new Recording.Entry(
                4_000, 5_000, Call.READ, fd, 8, 8, List.of(), null, "read(4, ≤ 8) → 8"),
            new Recording.Entry(
                5_000,
                20_006_000,
                Call.EPOLL_WAIT,
                epfd,
                20,
                0,
                List.of(),
                null,
                "epoll_wait(20) → no event"));
  }

  @Test
  void aCallThatDoesNotReturnIsTheLastEntryAndIsNotCounted() {
    int epfd = recording.create(0);
    assertThatThrownBy(() -> recording.await(epfd, events, 4, -1)).isInstanceOf(Finding.class);

    assertThat(recording.entries()).hasSize(2);
    assertThat(recording.entries().getLast())
        .matches(entry -> !entry.returned())
        .extracting(Recording.Entry::text)
        .isEqualTo("epoll_wait(−1) → …");
    assertThat(recording.count("epoll_wait")).isZero();
    assertThat(simulation.entries().getLast())
        .matches(entry -> !entry.returned())
        .extracting(Recording.Entry::text)
        .isEqualTo("epoll_wait(−1) → (nothing will ever come)");
  }

  @Test
  void aSimulationTellsWhoDidWhatAndWhoWasAccepted() {
    Simulation large = Simulation.recorded(0, 1_000);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", 8080);
    int listener = large.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    large.bind(listener, address);
    large.listen(listener, 8);
    large.peer("alice").connect(address).send("hello");
    int fd = large.accept4(listener, 0);
    for (int i = 0; i < 500; i++) {
      large.setsockopt(fd, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, 4_096);
    }
    large.recv(fd, buffer, 0, 9, 0);

    assertThat(large.entries()).hasSize(507);
    assertThat(large.entries())
        .filteredOn(entry -> entry.peer() != null)
        .extracting(Recording.Entry::call, Recording.Entry::peer, Recording.Entry::text)
        .containsExactly(
            tuple(Call.NOTE, "alice", "alice connects"),
            tuple(Call.ACCEPT4, "alice", "accept4(3) → 4"),
            tuple(Call.NOTE, "alice", "alice sends 5 bytes"));
    assertThat(large.entries().getLast().text()).isEqualTo("recv(4, ≤ 9) → 5");
  }

  @Test
  void manyRegistrationsKeepTheirNames() {
    Names names = new Names();
    for (int fd = 0; fd < 5000; fd++) {
      names.put(3, fd, fd * 0x1_0000_0001L);
      names.put(4, fd + 1, fd * 0x1_0000_0001L);
    }
    for (int fd = 0; fd < 5000; fd++) {
      assertThat(names.get(3, fd * 0x1_0000_0001L)).isEqualTo(fd);
      assertThat(names.get(4, fd * 0x1_0000_0001L)).isEqualTo(fd + 1);
    }
    assertThat(names.get(3, 12345)).isEqualTo(-1);
    names.put(3, 9, 0);
    assertThat(names.get(3, 0)).isEqualTo(9);
  }
}
