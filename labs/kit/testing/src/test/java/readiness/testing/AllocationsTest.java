package readiness.testing;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.Linux;
import readiness.kernel.Recording;
import readiness.kernel.Sockets;

/** The meter itself, and what the kit promises about allocation. */
class AllocationsTest {
  private static volatile @Nullable Object sink;

  @Test
  void anArrayCostsItsBytesAndAHeader() {
    assertThat(Allocations.perRun(10_000, 1_000, () -> sink = new byte[1000])).isEqualTo(1016);
  }

  @Test
  void nothingCostsNothing() {
    assertThat(Allocations.perRun(10_000, 1_000, () -> {})).isZero();
  }

  /** An epoll that always has the same event: only what records it is to be measured. */
  private record OneEvent(MemorySegment event) implements Epoll {
    @Override
    public int create(int flags) {
      return 3;
    }

    @Override
    public int add(int epfd, int fd, int events, long token) {
      return 0;
    }

    @Override
    public int modify(int epfd, int fd, int events, long token) {
      return 0;
    }

    @Override
    public int remove(int epfd, int fd) {
      return -Errno.ENOENT;
    }

    @Override
    public int await(int epfd, MemorySegment events, int max, int millis) {
      events.copyFrom(event);
      return 1;
    }

    @Override
    public int close(int epfd) {
      return 0;
    }
  }

  @Test
  void systemCallsAndTheirRecordingAllocateNothing() {
    Linux linux = new Linux();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(16);
      Recording recording = Recording.of(linux, new OneEvent(arena.allocate(16)));
      int fd = recording.eventfd(0, Sockets.EFD_NONBLOCK);
      recording.add(3, fd, Epoll.EPOLLIN, 0);
      Runnable turn =
          () -> {
            recording.await(3, number, 1, 0);
            recording.modify(3, fd, Epoll.EPOLLIN, 0);
            number.set(JAVA_LONG, 0, 1);
            recording.write(fd, number, 0, 8);
            recording.read(fd, number, 0, 8);
            recording.recv(fd, number, 0, 8, 0);
          };
      assertThat(Allocations.perRun(100_000, 1_000, turn)).isZero();
      assertThat(recording.tail(1)).containsExactly("recv(%d, ≤ 8) → −ENOTSOCK".formatted(fd));
      recording.close(fd);
    }
  }
}
