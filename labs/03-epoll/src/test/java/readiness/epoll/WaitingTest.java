package readiness.epoll;

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
    try {
      int ready = await(epoll, Waiter.FOREVER);
      throw story.finding(
          "an exception with EBADF: whoever takes this for a result turns again and again",
          "returned " + Story.value(ready));
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      story.expect(
          message.contains("EBADF") && message.contains("fd " + EPFD),
          "a message with fd %d and EBADF".formatted(EPFD),
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
    LinuxEpoll epoll = new LinuxEpoll();
    int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    try {
      Waiter waiter = new Waiter(epoll, epfd, System::nanoTime);
      long before = System.nanoTime();
      int ready = Signal.during(() -> waiter.await(events, 50 * MILLI));
      long passed = System.nanoTime() - before;
      story.then("await(50 ms), and a signal every millisecond");
      story.expectEvents("await", 0, ready, "no event");
      story.expect(passed >= 50 * MILLI, "at least 50,000 µs", micros(passed));
    } finally {
      new Linux().close(epfd);
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
