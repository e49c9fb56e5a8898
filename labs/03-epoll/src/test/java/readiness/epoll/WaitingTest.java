package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.Fault;
import readiness.kernel.Linux;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Waits on a clock that the test moves; signals where it wants them. Real ones at the end. */
@Step("waiting")
@Tag("waiting")
final class WaitingTest {
  private static final int EPFD = 5;
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final EventArray events = new EventArray(8);
  private final Story story = new Story();

  @BeforeAll
  static void prepareSignal() {
    Signal.prepare();
  }

  @Test
  @DisplayName("a deadline in 300 µs takes one poll")
  void shortDeadline() {
    Simulation simulation = Simulation.seeded(0);
    Recording kernel = Recording.of(simulation, simulation);
    int epfd = kernel.create(Epoll.EPOLL_CLOEXEC);
    Waiter waiter = new Waiter(kernel, epfd, simulation::nanoTime);
    long deadline = simulation.nanoTime() + 300 * MICRO;
    long left = 300 * MICRO;
    while (left > 0) {
      waiter.await(events, left);
      left = deadline - simulation.nanoTime();
    }
    long polls = kernel.count("epoll_wait");
    story.then("a loop has a deadline in 300 µs and waits until it has come");
    story.expect(
        polls == 1,
        "1 call of epoll_wait: a timeout rounded down to 0 ms does not wait",
        "%,d calls".formatted(polls));
  }

  @Test
  @DisplayName("nanoseconds become milliseconds, rounded up")
  void roundsUp() {
    millis(0, 0, "0 only looks");
    millis(1, 1, "a wait that is too short is repeated, and repeated");
    millis(300 * MICRO, 1, "the shortest wait that is not too short");
    millis(MILLI - 1, 1, "rounded up");
    millis(MILLI, 1, "exactly");
    millis(MILLI + 1, 2, "rounded up");
    millis(1_500 * MILLI, 1_500, "exactly");
    millis(Waiter.FOREVER, -1, "no limit is −1 for epoll_wait");
    millis(Long.MAX_VALUE, Integer.MAX_VALUE, "as long as an int can say, which is 24 days");
  }

  private void millis(long nanos, int wanted, String why) {
    int actual = Waiter.millis(nanos);
    story.then("millis(%,d ns) → %,d", nanos, actual);
    story.expect(actual == wanted, "%,d: %s".formatted(wanted, why), "%,d".formatted(actual));
  }

  @Test
  @DisplayName("after a signal, the time that is left")
  void timeThatIsLeft() {
    ScriptedEpoll epoll =
        new ScriptedEpoll(story, 0)
            .next(40 * MILLI, -Errno.EINTR)
            .next(40 * MILLI, -Errno.EINTR)
            .next(20 * MILLI, 0);
    int ready = await(epoll, 100 * MILLI);
    story.expectEvents("await", 0, ready, "no event: the time has passed");
    asked(epoll, List.of(100, 60, 20), "100 ms in all, however many signals arrive");
  }

  @Test
  @DisplayName("a signal after the deadline: one look more, and no wait")
  void signalTooLate() {
    ScriptedEpoll epoll = new ScriptedEpoll(story, 0).next(103 * MILLI, -Errno.EINTR).next(0, 1);
    int ready = await(epoll, 100 * MILLI);
    story.expectEvents("await", 1, ready, "1 event: it came while the signal was handled");
    asked(epoll, List.of(100, 0), "−3 ms are left, and a negative timeout would wait for ever");
  }

  @Test
  @DisplayName("also one look may be interrupted, and the last one: it is made again")
  void signalsWhileLooking() {
    ScriptedEpoll looks = new ScriptedEpoll(story, 0).next(0, -Errno.EINTR).next(0, 2);
    int ready = await(looks, 0);
    story.expectEvents("await", 2, ready, "2 events: a signal is no answer");
    ScriptedEpoll late =
        new ScriptedEpoll(story, 0)
            .next(103 * MILLI, -Errno.EINTR)
            .next(0, -Errno.EINTR)
            .next(0, 0);
    ready = await(late, 100 * MILLI);
    story.expectEvents("await", 0, ready, "no event: the time has passed");
    asked(late, List.of(100, 0, 0), "two signals after the deadline, and a look for each");
  }

  @Test
  @DisplayName("without a limit, signals change nothing and the clock is not read")
  void forever() {
    ScriptedEpoll epoll =
        new ScriptedEpoll(story, 0)
            .next(5 * MILLI, -Errno.EINTR)
            .next(5 * MILLI, -Errno.EINTR)
            .next(5 * MILLI, 3);
    int ready = await(epoll, Waiter.FOREVER);
    story.expectEvents("await", 3, ready, "3 events");
    asked(epoll, List.of(-1, -1, -1), "no limit, three times");
    story.expect(
        epoll.reads() == 0,
        "the clock read 0 times: a busy loop waits without limit at every turn",
        epoll.reads() + " times");
  }

  @Test
  @DisplayName("the clock may begin anywhere and go round")
  void clockGoesRound() {
    ScriptedEpoll epoll =
        new ScriptedEpoll(story, Long.MAX_VALUE - 50 * MILLI)
            .next(30 * MILLI, -Errno.EINTR)
            .next(40 * MILLI, -Errno.EINTR)
            .next(30 * MILLI, 0);
    story.then("the clock is 50 ms before it goes round");
    await(epoll, 100 * MILLI);
    asked(epoll, List.of(100, 70, 30), "differences are right, also where the clock goes round");
  }

  @Test
  @DisplayName("any other error is an exception that names it")
  void otherErrors() {
    ScriptedEpoll epoll = new ScriptedEpoll(story, 0).next(0, -Errno.EBADF);
    fails(new Waiter(epoll, EPFD, epoll::nanoTime), EPFD);
  }

  private void fails(Waiter waiter, int epfd) {
    try {
      int ready = waiter.await(events, Waiter.FOREVER);
      throw story.finding(
          "an exception with EBADF: whoever takes this for a result turns again and again",
          "returned " + Story.value(ready));
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      story.expect(
          message.contains("EBADF") && message.contains("fd " + epfd),
          "a message with fd %d and EBADF".formatted(epfd),
          message);
    }
  }

  @Test
  @DisplayName("for any time and any signals: not too short, and hardly longer")
  void seeds() {
    Seeds.each(
        100,
        seed -> {
          Simulation simulation = Simulation.seeded(seed, Fault.EINTR);
          Recording kernel = Recording.of(simulation, simulation);
          Waiter waiter =
              new Waiter(kernel, kernel.create(Epoll.EPOLL_CLOEXEC), simulation::nanoTime);
          Story story = new Story(kernel);
          long nanos = 1 + new Random(seed).nextLong(200 * MILLI);
          story.then("await(%,d µs), and nothing comes but signals", nanos / MICRO);
          long before = simulation.nanoTime();
          int ready = waiter.await(events, nanos);
          long passed = simulation.nanoTime() - before;
          story.expectEvents("await", 0, ready, "no event");
          story.expect(passed >= nanos, "at least %,d µs".formatted(nanos / MICRO), micros(passed));
          story.expect(
              passed <= nanos + 2 * MILLI,
              "%,d µs and at most 2 ms more: 1 by rounding, the calls".formatted(nanos / MICRO),
              micros(passed));
        });
  }

  @Test
  @DisplayName("a real wait, and real signals")
  void realSignals() {
    onTheRealKernel((waiter, _) -> {
      long[] passed = {0};
      int ready =
          Signal.during(() -> {
            long before = System.nanoTime();
            int result = waiter.await(events, 50 * MILLI);
            passed[0] = System.nanoTime() - before;
            return result;
          });
      story.then("await(50 ms), and a signal every millisecond");
      story.expectEvents("await", 0, ready, "no event");
      story.expect(passed[0] >= 50 * MILLI, "at least 50,000 µs", micros(passed[0]));
    });
  }

  @Test
  @DisplayName("a real wait without limit: signals do not end it, an event does")
  void realForever() {
    onTheRealKernel((waiter, watched) -> {
      MemorySegment one = Arena.ofAuto().allocate(JAVA_LONG);
      one.set(JAVA_LONG, 0, 1);
      int ready =
          Signal.during(
              20,
              () -> waiter.await(events, Waiter.FOREVER),
              () -> new Linux().write(watched, one, 0, Long.BYTES));
      story.then("await without limit, 20 signals, then something to read");
      story.expectEvents("await", 1, ready, "one event: a signal is no answer");
    });
  }

  @Test
  @DisplayName("a real deadline in 300 µs takes one wait")
  void realShortDeadline() {
    onTheRealKernel((waiter, _) -> {
      int waits = 0;
      long deadline = System.nanoTime() + 300 * MICRO;
      for (long left = 300 * MICRO; left > 0; left = deadline - System.nanoTime()) {
        waiter.await(events, left);
        waits++;
      }
      story.then("a loop has a deadline in 300 µs and waits until it has come");
      story.expect(waits == 1, "1 wait, which is not too short", "%,d waits".formatted(waits));
    });
  }

  @Test
  @DisplayName("a wait brings as many events as the array has room for")
  void wholeArray() {
    Linux linux = new Linux();
    LinuxEpoll epoll = new LinuxEpoll();
    int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    List<Integer> open = new ArrayList<>(List.of(epfd));
    try {
      for (int i = 0; i < 12; i++) {
        int fd = linux.eventfd(1, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
        open.add(fd);
        epoll.add(epfd, fd, Epoll.EPOLLIN, fd);
      }
      story.then("12 eventfds are watched, all of them ready");
      Waiter waiter = new Waiter(epoll, epfd, System::nanoTime);
      for (long nanos : new long[] {0, MILLI, Waiter.FOREVER}) {
        story.expectEvents(
            nanos < 0 ? "await without limit" : "await(%,d µs)".formatted(nanos / MICRO),
            events.capacity(),
            waiter.await(events, nanos),
            "%d events, since so many have room: one for each wait would cost a system call each"
                .formatted(events.capacity()));
      }
    } finally {
      open.forEach(linux::close);
    }
  }

  @Test
  @DisplayName("a real epoll that is closed is an exception, and not a wait of no time")
  void realError() {
    LinuxEpoll epoll = new LinuxEpoll();
    int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    epoll.close(epfd);
    story.then("epoll %d is closed", epfd);
    fails(new Waiter(epoll, epfd, System::nanoTime), epfd);
  }

  /** What a story does with a waiter, and with an eventfd that is watched. */
  @FunctionalInterface
  private interface Wait {
    void with(Waiter waiter, int watched);
  }

  private static void onTheRealKernel(Wait story) {
    Linux linux = new Linux();
    LinuxEpoll epoll = new LinuxEpoll();
    int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    int watched = linux.eventfd(0, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
    try {
      epoll.add(epfd, watched, Epoll.EPOLLIN, watched);
      story.with(new Waiter(epoll, epfd, System::nanoTime), watched);
    } finally {
      linux.close(watched);
      linux.close(epfd);
    }
  }

  private int await(ScriptedEpoll epoll, long nanos) {
    story.then(nanos < 0 ? "await without limit" : "await(%,d µs)", nanos / MICRO);
    return new Waiter(epoll, EPFD, epoll::nanoTime).await(events, nanos);
  }

  private void asked(ScriptedEpoll epoll, List<Integer> wanted, String why) {
    story.expect(
        epoll.asked().equals(wanted),
        "waits of %s ms: %s".formatted(wanted, why),
        "waits of %s ms".formatted(epoll.asked()));
  }

  private static String micros(long nanos) {
    return "%,d µs".formatted(nanos / MICRO);
  }
}
