package readiness.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLONESHOT;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Loops that get one thing wrong, and what the simulation says of them without being asked. */
class FindingsTest {
  private static final byte[] MUCH = new byte[3000];

  /** What is found when a peer sends 3,000 bytes through a window of 1,000, and then finishes. */
  private static Finding found(Function<Simulation, EchoLoop> wrong) {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = wrong.apply(simulation)) {
      simulation
          .peer("alice")
          .window(1000)
          .readsUpTo(500)
          .connect(loop.address())
          .send(MUCH)
          .expect(MUCH.length)
          .halfClose()
          .expectEnd();
      return catchThrowableOfType(Finding.class, () -> simulation.drive(loop::turn));
    }
  }

  private static void says(Finding finding, String expected, String observed) {
    assertThat(finding).isNotNull();
    assertThat(finding.observed()).contains(observed);
    assertThat(finding.expected()).contains(expected);
    assertThat(finding.trace()).hasSizeGreaterThan(3);
  }

  @Test
  void nothingWrongNothingFound() {
    assertThat(found(EchoLoop::new)).isNull();
  }

  @Test
  void whatSendDidNotTakeIsForgotten() {
    Finding finding =
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void watch(int fd, int events) {
                super.watch(fd, EPOLLIN);
              }
            });
    says(
        finding,
        "EPOLLOUT asked for on fd 5, and the other 2,000 bytes sent when it fires",
        "the loop sleeps for ever while 2,000 bytes wait to be written on fd 5"
            + " (registered for EPOLLIN): epoll_wait(−1) never returns");
    assertThat(finding.trace())
        .contains("send(5, 3,000) → 1,000     there is no more room", "alice sends 3,000 bytes")
        .last()
        .isEqualTo("epoll_wait(−1) → (nothing will ever come)");
  }

  @Test
  void theSameInEveryCountry() {
    Function<Simulation, EchoLoop> deaf =
        kernel ->
            new EchoLoop(kernel) {
              @Override
              void watch(int fd, int events) {
                super.watch(fd, EPOLLIN);
              }
            };
    Locale before = Locale.getDefault();
    Finding here = found(deaf);
    Locale.setDefault(Locale.of("fa", "IR"));
    try {
      Finding there = found(deaf);
      assertThat(there.observed()).isEqualTo(here.observed());
      assertThat(there.expected()).isEqualTo(here.expected());
      assertThat(there).hasMessage(here.getMessage());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theLoopThrows() {
    Finding finding =
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void write(int fd) {
                throw new IllegalStateException("no idea");
              }
            });
    says(
        finding,
        "a turn that comes to its end",
        "the loop throws java.lang.IllegalStateException: no idea");
    assertThat(finding).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsAnswered() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void write(int fd) {}
            }),
        "the script of every peer comes to its end, alice's too",
        "the loop sleeps for ever while alice waits for 3,000 bytes and has 0");
  }

  @Test
  void edgeTriggeredAndNotDrained() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void accept() {
                int fd = sockets.accept4(listener, Sockets.SOCK_NONBLOCK);
                epoll.add(epfd, fd, EPOLLIN | EPOLLET, fd);
                connections.put(fd, new Rest());
              }

              @Override
              void read(int fd) {
                sockets.recv(fd, buffer, 0, 100, 0);
              }
            }),
        "fd 5 read until all that has arrived is taken",
        "2,900 bytes wait to be read on fd 5 (registered for EPOLLIN|EPOLLET)");
  }

  @Test
  void oneShotAndNotArmedAgain() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void watch(int fd, int events) {}

              @Override
              void accept() {
                int fd = sockets.accept4(listener, Sockets.SOCK_NONBLOCK);
                epoll.add(epfd, fd, EPOLLIN | EPOLLONESHOT, fd);
                connections.put(fd, new Rest());
              }
            }),
        "EPOLLOUT asked for",
        "(its one shot is spent, and it was not modified since)");
  }

  @Test
  void acceptedAndNeverWatched() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void accept() {
                sockets.accept4(listener, Sockets.SOCK_NONBLOCK);
              }

              @Override
              public void close() {
                sockets.close(5);
                super.close();
              }
            }),
        "fd 5 read",
        "3,000 bytes wait to be read on fd 5 (no epoll watches it)");
  }

  @Test
  void aListenerThatIsNotServed() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void turn() {
                epoll.modify(epfd, listener, EPOLLIN | EPOLLET, listener);
                epoll.await(epfd, events, MAX, -1);
                epoll.await(epfd, events, MAX, -1);
              }
            }),
        "every connection accepted",
        "1 connection waits to be accepted on fd 4");
  }

  @Test
  void theEndIsNeverRead() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              int left = MUCH.length;

              @Override
              void read(int fd) {
                super.read(fd);
                left -= rest(fd).bytes.length;
              }

              @Override
              void watch(int fd, int events) {
                super.watch(fd, events | EPOLLET);
              }

              @Override
              void serve(int fd, int ready) {
                if ((ready & Epoll.EPOLLOUT) != 0 || sockets.recv(fd, buffer, 0, 1, 2) > 0) {
                  super.serve(fd, ready);
                }
              }
            }),
        "script of every peer",
        "alice waits for the end of the connection");
  }

  @Test
  void aBlockingSocket() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void accept() {
                int fd = sockets.accept4(listener, 0);
                connections.put(fd, new Rest());
                epoll.add(epfd, fd, EPOLLIN, fd);
              }
            }),
        "fd 5 made non-blocking, so that send answers −EAGAIN",
        "the loop blocks in send on fd 5, and nobody else is served");
  }

  @Test
  void writableIsWatchedForNothing() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void watch(int fd, int events) {
                super.watch(fd, EPOLLIN | EPOLLOUT);
              }

              @Override
              void write(int fd) {
                if (rest(fd).bytes.length > 0 || rest(fd).ended) {
                  super.write(fd);
                }
              }

              @Override
              void serve(int fd, int ready) {
                if (rest(fd).bytes.length > 0) {
                  write(fd);
                } else if ((ready & EPOLLIN) != 0) {
                  read(fd);
                }
              }

              @Override
              int patience() {
                return 0;
              }

              @Override
              void close(int fd) {
                // It goes on and on: the other side is never told.
                watch(fd, EPOLLOUT);
              }
            }),
        "a loop that sleeps in epoll_wait until there is something to do",
        "the loop spins: 101 turns in which it neither moves anything nor waits");
  }

  @Test
  void aTurnThatDoesNotEnd() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void accept() {
                while (true) {
                  sockets.accept4(listener, Sockets.SOCK_NONBLOCK);
                }
              }

              @Override
              public void close() {
                sockets.close(5);
                super.close();
              }
            }),
        "a turn that comes to its end",
        "the loop spins inside one turn: it calls accept4 again and again");
  }

  @Test
  void aLoopThatOnlyWakesByItsTimeout() {
    says(
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              int patience() {
                return 10;
              }

              @Override
              void watch(int fd, int events) {
                super.watch(fd, EPOLLIN);
              }
            }),
        "EPOLLOUT asked for on fd 5",
        "the loop sleeps again and again while 2,000 bytes wait to be written on fd 5");
  }

  @Test
  void aFindingIsTheStoryEvenIfTheLoopSwallowsIt() {
    Finding finding =
        found(kernel ->
            new EchoLoop(kernel) {
              @Override
              void turn() {
                try {
                  super.turn();
                } catch (Throwable e) {
                  throw new IllegalStateException("never mind", e);
                }
              }

              @Override
              void watch(int fd, int events) {
                super.watch(fd, EPOLLIN);
              }
            });
    says(finding, "EPOLLOUT", "the loop sleeps for ever");
    assertThat(finding.getSuppressed()).hasSize(1);
  }

  @Test
  void whoeverDoesNotReadMayBeWaitedForForEver() {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = new EchoLoop(simulation)) {
      Peer mute = simulation.peer("mute").window(1000).neverReads().connect(loop.address());
      mute.send(MUCH).send(MUCH);
      simulation.drive(loop::turn);
      assertThat(mute.received()).isEmpty();
    }
  }

  @Test
  void aLittleRoomIsNotWritable() {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = new EchoLoop(simulation)) {
      Peer tired = simulation.peer("tired").window(1000).readsUpTo(100).connect(loop.address());
      tired.send(MUCH).expect(100).neverReads();
      simulation.drive(loop::turn);
      assertThat(tired.received()).hasSizeBetween(100, 300);
    }
  }

  @Test
  void nobodyIsThereAndNothingWillCome() {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = new EchoLoop(simulation)) {
      Finding finding = catchThrowableOfType(Finding.class, loop::turn);
      assertThat(finding.observed()).contains("epoll_wait(−1) never returns: nothing will come");
      simulation.drive(loop::turn);
      assertThat(simulation.turns()).isEqualTo(1);
    }
  }

  @Test
  void aPeerThatGetsTooLittle() {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = new EchoLoop(simulation)) {
      simulation.peer("alice").connect(loop.address()).send("hello").halfClose().expect(6);
      Finding finding = catchThrowableOfType(Finding.class, () -> simulation.drive(loop::turn));
      says(finding, "6 bytes reach alice", "the connection ended after 5 bytes");
    }
  }

  @Test
  void aPauseIsNotAStandstill() {
    Simulation simulation = Simulation.seeded(0);
    try (EchoLoop loop = new EchoLoop(simulation)) {
      Peer slow = simulation.peer("slow").connect(loop.address()).pause(Duration.ofMinutes(10));
      slow.send("still here").expect(10).halfClose();
      simulation.drive(loop::turn);
      assertThat(slow.text()).isEqualTo("still here");
      assertThat(simulation.nanoTime()).isGreaterThan(Duration.ofMinutes(10).toNanos());
    }
  }
}
