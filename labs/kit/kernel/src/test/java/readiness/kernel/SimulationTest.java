package readiness.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Determinism, the clock, the menu of faults, and what the calls refuse. */
class SimulationTest {
  private static final int SEEDS = 400;

  /** Four peers with different habits; what each has said comes back. */
  private static List<String> echo(long seed, Fault... menu) {
    Simulation simulation = Simulation.seeded(seed, menu);
    Recording recording = Recording.of(simulation, simulation);
    try (EchoLoop loop = new EchoLoop(recording, recording, simulation.layout())) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Peer> peers = new ArrayList<>();
      List<byte[]> said = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        byte[] bytes = new byte[random.nextInt(6000)];
        random.nextBytes(bytes);
        Peer peer = simulation.peer("peer " + i);
        if (random.nextBoolean()) {
          peer.window(random.nextInt(1, 3000)).readsUpTo(random.nextInt(1, 2000));
        }
        peers.add(peer.connect(loop.address()).send(bytes).expect(bytes.length / 2).halfClose());
        peer.expectEnd();
        said.add(bytes);
      }
      simulation.drive(loop::turn);
      for (int i = 0; i < 4; i++) {
        assertThat(peers.get(i).received())
            .as("what comes back to peer " + i)
            .isEqualTo(said.get(i));
        assertThat(peers.get(i).done()).isTrue();
        assertThat(peers.get(i).sawEnd()).isTrue();
      }
    }
    assertThat(simulation.openDescriptors()).isZero();
    List<String> trace = new ArrayList<>(simulation.tail(Integer.MAX_VALUE));
    trace.addAll(recording.tail(Integer.MAX_VALUE));
    return trace;
  }

  @Test
  void aCorrectLoopEchoesWhateverTheMenu() {
    for (int seed = 0; seed < SEEDS; seed++) {
      echo(seed);
      echo(seed, Fault.values());
    }
  }

  @Test
  void theSameSeedIsTheSameRun() {
    for (int seed = 0; seed < 20; seed++) {
      assertThat(echo(seed, Fault.values())).isEqualTo(echo(seed, Fault.values()));
      assertThat(echo(seed, Fault.values())).isNotEqualTo(echo(seed + 1, Fault.values()));
    }
  }

  /** What each fault looks like in a trace. */
  private static String sign(Fault fault) {
    return switch (fault) {
      // The peers' pieces are smaller than what they have to say, so several recvs are needed.
      case PARTIAL_READS -> "recv\\(\\d+, ≤ 4,096\\) → [1-9]\\d?";
      case PARTIAL_WRITES -> "send\\(.*\\) → [\\d,]+ +there is no more room";
      case SPURIOUS_EAGAIN, SPURIOUS_READINESS -> "(recv|accept4)\\(.*\\) → −EAGAIN";
      case EINTR -> "epoll_wait\\(.*\\) → −EINTR";
      case RESETS -> "a stranger resets the connection";
      case HALF_CLOSES -> "a stranger finishes sending";
      case GONE_BEFORE_ACCEPT -> "a stranger is gone";
      case EMFILE -> "accept4\\(.*\\) → −EMFILE";
      case EVENT_ORDER -> "epoll_wait\\(.*\\) → fd ([6-9]) .*, fd [45] .*";
    };
  }

  /** Faults whose signs nothing else has. */
  private static final List<Fault> UNMISTAKABLE =
      List.of(Fault.EINTR, Fault.EMFILE, Fault.RESETS, Fault.HALF_CLOSES, Fault.GONE_BEFORE_ACCEPT);

  @ParameterizedTest
  @EnumSource
  void eachFaultOfTheMenuStrikesAndNoOther(Fault fault) {
    long struck = 0;
    for (int seed = 0; seed < 100; seed++) {
      List<String> lines = echo(seed, fault);
      struck += lines.stream().filter(line -> line.matches(sign(fault))).count();
      for (Fault other : UNMISTAKABLE) {
        if (other != fault) {
          assertThat(lines).noneMatch(line -> line.matches(sign(other)));
        }
      }
    }
    assertThat(struck).as("how often %s was seen", fault).isPositive();
  }

  @Test
  void aWaitLetsItsTimePassAndNoMore() {
    Simulation simulation = Simulation.seeded(0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate(16);
      int epfd = simulation.create(0);
      long before = simulation.nanoTime();
      assertThat(simulation.await(epfd, events, 1, 5)).isZero();
      assertThat(Duration.ofNanos(simulation.nanoTime() - before))
          .isBetween(Duration.ofMillis(5), Duration.ofNanos(5_001_000));
    }
  }

  @Test
  void aSignalEndsAWaitEarly() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocate(16);
      int signals = 0;
      for (int seed = 0; seed < 50; seed++) {
        Simulation simulation = Simulation.seeded(seed, Fault.EINTR);
        int epfd = simulation.create(0);
        long before = simulation.nanoTime();
        int result = simulation.await(epfd, events, 1, 100);
        long took = simulation.nanoTime() - before;
        if (result == -Errno.EINTR) {
          signals++;
          assertThat(took).isLessThan(100_000_000);
        } else {
          assertThat(took).isGreaterThanOrEqualTo(100_000_000);
        }
      }
      assertThat(signals).isBetween(1, 49);
    }
  }

  @Test
  void eventsLieAsOnTheOtherMachineIfAskedTo() {
    for (EventLayout layout : EventLayout.values()) {
      Simulation simulation = Simulation.seeded(0).withLayout(layout);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment events = arena.allocate(2L * layout.size());
        int epfd = simulation.create(0);
        simulation.add(epfd, simulation.eventfd(1, 0), Epoll.EPOLLIN, 0x0102030405060708L);
        simulation.add(epfd, simulation.eventfd(1, 0), Epoll.EPOLLOUT, -1);
        assertThat(simulation.await(epfd, events, 2, 0)).isEqualTo(2);
        int stride = layout == EventLayout.PACKED ? 12 : 16;
        assertThat(events.byteSize()).isEqualTo(2L * stride);
        assertThat(events.get(JAVA_INT, 0)).isEqualTo(Epoll.EPOLLIN);
        assertThat(events.get(JAVA_LONG_UNALIGNED, stride - 8)).isEqualTo(0x0102030405060708L);
        assertThat(events.get(JAVA_INT, stride)).isEqualTo(Epoll.EPOLLOUT);
        assertThat(events.get(JAVA_LONG_UNALIGNED, 2 * stride - 8)).isEqualTo(-1);
      }
    }
  }

  @Test
  void descriptorsAreLimitedAndComeFreeAgain() {
    Simulation simulation = Simulation.seeded(0).withDescriptors(5);
    assertThat(simulation.eventfd(0, 0)).isEqualTo(3);
    assertThat(simulation.eventfd(0, 0)).isEqualTo(4);
    assertThat(simulation.eventfd(0, 0)).isEqualTo(-Errno.EMFILE);
    simulation.close(3);
    assertThat(simulation.dup(4)).isEqualTo(3);
    assertThat(simulation.openDescriptors()).isEqualTo(2);
  }

  @Test
  void memoryThatTheKernelCouldNotSeeIsRefused() {
    Simulation simulation = Simulation.seeded(0);
    int fd = simulation.eventfd(1, 0);
    assertThatThrownBy(() -> simulation.read(fd, MemorySegment.ofArray(new byte[8]), 0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("heap");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment eight = arena.allocate(8);
      assertThatThrownBy(() -> simulation.read(fd, eight, 4, 8))
          .isInstanceOf(IndexOutOfBoundsException.class);
      int epfd = simulation.create(0);
      assertThatThrownBy(() -> simulation.await(epfd, eight, 1, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aBlockingCallWaitsForWhatWillCome() {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = new EchoLoop(simulation);
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(8);
      simulation.peer("alice").connect(loop.address()).pause(Duration.ofMillis(7)).send("hello");
      while (simulation.accept4(loop.listener, 0) < 0) {
        simulation.advance(Duration.ofNanos(100_000));
      }
      int fd = simulation.openDescriptors() + 2;
      assertThat(simulation.recv(fd, buffer, 0, 8, 0)).isEqualTo(5);
      assertThat(simulation.nanoTime()).isGreaterThan(7_000_000);
      assertThatThrownBy(() -> simulation.recv(fd, buffer, 0, 8, 0))
          .isInstanceOf(Finding.class)
          .hasMessageContaining("blocks for ever: fd " + fd + " is not O_NONBLOCK");
      simulation.close(fd);
    }
  }
}
