package readiness.epoll;

import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Epoll;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.Recording;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;
import readiness.testing.Seeds;
import readiness.testing.Step;

/**
 * Counts the calls that the registry makes, on the simulated kernel; what duplicates of a
 * descriptor do also on the real one.
 */
@Step("interest")
@Tag("interest")
final class InterestTest {

  /** A registry with an epoll, on a kernel that is recorded. */
  private static final class Bench {
    final Recording kernel;
    final Story story;
    final int epfd;
    final Registry registry;
    final EventArray events = new EventArray(32);

    Bench(Sockets sockets, Epoll epoll) {
      kernel = Recording.of(sockets, epoll);
      epfd = kernel.create(Epoll.EPOLL_CLOEXEC);
      registry = new Registry(kernel, kernel, epfd);
      story = new Story(kernel);
    }

    static Bench simulated() {
      Simulation simulation = Simulation.seeded(0);
      return new Bench(simulation, simulation);
    }

    /** A descriptor that is readable and writable from the start. */
    int ready() {
      return kernel.eventfd(1, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
    }

    void want(int fd, int events, long token) {
      story.then("want(%d, %s)", fd, flags(events));
      try {
        registry.want(fd, events, token);
      } catch (IndexOutOfBoundsException e) {
        throw noRoom(fd, e);
      }
    }

    void apply() {
      story.then("apply()");
      try {
        registry.apply();
      } catch (IllegalStateException e) {
        throw story.finding("every call of epoll_ctl succeeds", "refused: " + e.getMessage());
      }
    }

    void close(int fd) {
      story.then("close(%d)", fd);
      try {
        registry.close(fd);
      } catch (IndexOutOfBoundsException e) {
        throw noRoom(fd, e);
      } catch (IllegalStateException e) {
        throw story.finding(
            "close does not fail: %d is given up, and a loop that ends has others to close"
                .formatted(fd),
            "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
      }
    }

    private Finding noRoom(int fd, IndexOutOfBoundsException e) {
      return story.finding(
          "the arrays have room for %d: any descriptor may come first".formatted(fd),
          "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
    }

    long controls() {
      return kernel.count("epoll_ctl");
    }

    /** What the kernel reports now: flags by token. */
    Map<Long, Integer> report() {
      story.then("wait");
      Map<Long, Integer> report = new TreeMap<>();
      int ready = kernel.await(epfd, events.memory(), events.capacity(), 0);
      for (int i = 0; i < ready; i++) {
        report.put(events.token(i), events.events(i));
      }
      return report;
    }

    void expectControls(long wanted, long actual, String why) {
      story.expect(
          actual == wanted, "%s of epoll_ctl: %s".formatted(calls(wanted), why), calls(actual));
    }

    void expectCloses(long wanted, String why) {
      story.expect(
          kernel.count("close") == wanted,
          "%s of close: %s".formatted(calls(wanted), why),
          calls(kernel.count("close")));
    }

    void expectReport(Map<Long, Integer> wanted, String why) {
      Map<Long, Integer> actual = report();
      story.expect(actual.equals(wanted), "%s: %s".formatted(named(wanted), why), named(actual));
    }
  }

  @Test
  @DisplayName("nothing is told before apply, then one call adds")
  void deferred() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.expectControls(0, bench.controls(), "want only writes down, apply makes the calls");
    bench.apply();
    bench.expectControls(1, bench.controls(), "the descriptor is new, so it is added");
    bench.expectReport(Map.of(1L, EPOLLIN), "it can be read, and that was wanted");
  }

  @Test
  @DisplayName("what has not changed costs no call")
  void unchanged() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    long before = bench.controls();
    bench.apply();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    bench.expectControls(0, bench.controls() - before, "the kernel knows that already");
  }

  @Test
  @DisplayName("there and back within a turn costs no call")
  void thereAndBack() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    long before = bench.controls();
    bench.want(fd, EPOLLIN | EPOLLOUT, 1);
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    bench.expectControls(
        0, bench.controls() - before, "before the wait all is as the kernel knows it");
  }

  @Test
  @DisplayName("several changes within a turn cost one call, with the last of them")
  void lastOne() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    long before = bench.controls();
    bench.want(fd, 0, 1);
    bench.want(fd, EPOLLIN | EPOLLOUT, 1);
    bench.want(fd, EPOLLOUT, 1);
    bench.apply();
    bench.expectControls(1, bench.controls() - before, "one modify says it all");
    bench.expectReport(Map.of(1L, EPOLLOUT), "that is what was wanted last");
  }

  @Test
  @DisplayName("interest in nothing is an interest, and stays registered")
  void nothingWanted() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    bench.want(fd, 0, 1);
    bench.apply();
    bench.expectReport(Map.of(), "nothing was wanted");
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    bench.expectReport(Map.of(1L, EPOLLIN), "it is wanted again");
    bench.story.expect(
        bench.kernel.count("EPOLL_CTL_ADD") == 1,
        "1 add and 2 modifies: a paused connection stays in the epoll, for errors are reported"
            + " still",
        bench.kernel.count("EPOLL_CTL_ADD") + " adds");
  }

  @Test
  @DisplayName("close takes the descriptor out, then closes it")
  void close() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    bench.close(fd);
    bench.expectReport(Map.of(), "it is closed");
    bench.expectCloses(1, "once, after it was taken out");
  }

  @Test
  @DisplayName("what is closed before the kernel heard of it costs no epoll_ctl")
  void closedBeforeApply() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.close(fd);
    bench.apply();
    bench.expectControls(0, bench.controls(), "the descriptor came and went within a turn");
  }

  @Test
  @DisplayName("what was never wanted can be closed as well")
  void neverWanted() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.close(fd);
    bench.expectControls(0, bench.controls(), "the kernel was told nothing of it");
    bench.expectCloses(1, "it was open");
  }

  @Test
  @DisplayName("a descriptor's number is given out again within the turn: the newcomer is added")
  void numberReused() {
    Bench bench = Bench.simulated();
    int first = bench.ready();
    bench.want(first, EPOLLIN, 1);
    bench.apply();
    bench.close(first);
    int second = bench.ready();
    bench.story.expect(
        second == first,
        "the lowest free number, %d, again: so it is on every Unix".formatted(first),
        "number " + second);
    bench.want(second, EPOLLIN, 2);
    bench.apply();
    bench.expectReport(
        Map.of(2L, EPOLLIN), "the kernel knows nothing of the newcomer until it is added");
  }

  @Test
  @DisplayName("what came and went before apply is off the list: who has its number is added")
  void numberOfTheUnheard() {
    Bench bench = Bench.simulated();
    int first = bench.ready();
    bench.want(first, EPOLLIN, 1);
    bench.close(first);
    bench.apply();
    bench.want(bench.ready(), EPOLLIN, 2);
    bench.apply();
    bench.expectControls(
        1, bench.controls(), "apply takes all off the list, also what needs no call");
    bench.expectReport(Map.of(2L, EPOLLIN), "it can be read, and that was wanted");
  }

  @Test
  @DisplayName("a duplicate keeps nothing alive: the simulated kernel")
  void duplicateSimulated() {
    duplicate(Bench.simulated());
  }

  @Test
  @DisplayName("a duplicate keeps nothing alive: the real kernel")
  void duplicateReal() {
    duplicate(new Bench(new Linux(), new LinuxEpoll()));
  }

  private static void duplicate(Bench bench) {
    int fd = bench.ready();
    int duplicate = bench.kernel.dup(fd);
    try {
      bench.want(fd, EPOLLIN, 1);
      bench.apply();
      bench.close(fd);
      Map<Long, Integer> report = bench.report();
      bench.story.expect(
          report.isEmpty(),
          "no event: %d is closed, though its duplicate %d is open".formatted(fd, duplicate),
          "%s, for a descriptor that is closed, and nothing can stop it now"
              .formatted(named(report)));
    } finally {
      bench.kernel.close(duplicate);
      bench.kernel.close(bench.epfd);
    }
  }

  @Test
  @DisplayName("what the kernel refuses is an exception that names descriptor and reason")
  void refused() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.kernel.close(fd);
    bench.want(fd, EPOLLIN, 1);
    try {
      bench.registry.apply();
    } catch (IllegalStateException e) {
      String message = String.valueOf(e.getMessage());
      bench.story.expect(
          message.contains("EBADF") && message.contains("fd " + fd),
          "a message with fd %d and EBADF".formatted(fd),
          message);
      return;
    }
    throw bench.story.finding(
        "an exception: %d was closed behind the registry's back".formatted(fd),
        "nothing: the loop would wait for a descriptor that nobody watches");
  }

  @Test
  @DisplayName("close gives a descriptor up also if the kernel refuses to remove it")
  void refusedOnTheWayOut() {
    Bench bench = Bench.simulated();
    int fd = bench.ready();
    bench.want(fd, EPOLLIN, 1);
    bench.apply();
    bench.story.then("%d is closed behind the registry's back", fd);
    bench.kernel.close(fd);
    bench.close(fd);
    bench.want(bench.ready(), EPOLLIN, 2);
    bench.apply();
    bench.expectReport(Map.of(2L, EPOLLIN), "the number has a new owner");
  }

  @Test
  @DisplayName("any sequence of wants and closes: as few calls as can be, and the right report")
  void sequences() {
    Seeds.each(100, InterestTest::sequence);
  }

  /** Against a model: what is wanted, and what the kernel was told, in two maps. */
  private static void sequence(long seed) {
    Random random = new Random(seed);
    Bench bench = Bench.simulated();
    List<Integer> open = new ArrayList<>();
    Map<Integer, Integer> wanted = new TreeMap<>();
    Map<Integer, Integer> told = new TreeMap<>();
    int[] interests = {0, EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT};
    for (int turn = 0; turn < 6; turn++) {
      for (int i = random.nextInt(8); i > 0; i--) {
        if (open.isEmpty() || random.nextInt(4) == 0) {
          open.add(bench.ready());
        }
        int fd = open.get(random.nextInt(open.size()));
        if (random.nextInt(5) == 0) {
          bench.close(fd);
          open.remove((Integer) fd);
          wanted.remove(fd);
          told.remove(fd);
        } else {
          int events = interests[random.nextInt(interests.length)];
          bench.want(fd, events, fd);
          wanted.put(fd, events);
        }
      }
      long due =
          wanted.entrySet().stream()
              .filter(e -> !e.getValue().equals(told.get(e.getKey())))
              .count();
      long before = bench.controls();
      bench.apply();
      bench.expectControls(due, bench.controls() - before, "one for each descriptor that differs");
      told.putAll(wanted);
      Map<Long, Integer> report = new TreeMap<>();
      wanted.forEach((fd, events) -> report.put((long) fd, events));
      report.values().removeIf(events -> events == 0);
      bench.expectReport(report, "each is ready for all that was wanted of it");
    }
  }

  private static String calls(long count) {
    return count == 1 ? "1 call" : count + " calls";
  }

  private static String named(Map<Long, Integer> report) {
    if (report.isEmpty()) {
      return "no event";
    }
    List<String> parts = new ArrayList<>();
    report.forEach((token, events) -> parts.add("token %d: %s".formatted(token, flags(events))));
    return String.join(", ", parts);
  }

  private static String flags(int events) {
    return switch (events) {
      case 0 -> "nothing";
      case EPOLLIN -> "EPOLLIN";
      case EPOLLOUT -> "EPOLLOUT";
      case EPOLLIN | EPOLLOUT -> "EPOLLIN|EPOLLOUT";
      default -> "flags 0x%x".formatted(events);
    };
  }
}
