package readiness.epoll;

import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
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
 * Counts the calls that the registry makes, on the simulated kernel and on the real one. What a
 * number that is free again does is told on the simulated one only: on the real one the JVM's other
 * threads take numbers as well.
 */
@Step("interest")
@Tag("interest")
final class InterestTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Story story = new Story();

  /** A registry with an epoll, on a kernel that is recorded. */
  private static final class Bench implements AutoCloseable {
    final Recording kernel;
    final Story story;
    final int epfd;
    final Registry registry;
    final EventArray events = new EventArray(32);
    private final List<Integer> open = new ArrayList<>();

    private Bench(Recording kernel, Sockets sockets, Epoll epoll, String which) {
      this.kernel = kernel;
      epfd = kernel.create(Epoll.EPOLL_CLOEXEC);
      registry = new Registry(sockets, epoll, epfd);
      story = new Story(kernel).then("on the %s kernel", which);
    }

    static Bench simulated() {
      Simulation simulation = Simulation.seeded(0);
      Recording kernel = Recording.of(simulation, simulation);
      return new Bench(kernel, kernel, kernel, "simulated");
    }

    static Bench real() {
      Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
      return new Bench(kernel, kernel, kernel, "real");
    }

    /** Nothing between the registry and the kernel, so its calls are not seen. */
    static Bench bare() {
      Recording kernel = Recording.of(new Linux(), new LinuxEpoll());
      return new Bench(kernel, new Linux(), new LinuxEpoll(), "real");
    }

    /** A descriptor that is readable and writable from the start. */
    int ready() {
      int fd = kernel.eventfd(1, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
      open.add(fd);
      return fd;
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
      } catch (IndexOutOfBoundsException e) {
        throw story.finding(
            "apply looks at what is on the list, and ends there, also when the list is full",
            "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()));
      }
    }

    void close(int fd) {
      story.then("close(%d)", fd);
      open.remove((Integer) fd);
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

    @Override
    public void close() {
      open.forEach(kernel::close);
      kernel.close(epfd);
    }
  }

  /** Tells a story on either kernel. */
  private static void onBoth(Consumer<Bench> story) {
    try (Bench bench = Bench.simulated()) {
      story.accept(bench);
    }
    try (Bench bench = Bench.real()) {
      story.accept(bench);
    }
  }

  @Test
  @DisplayName("nothing is told before apply, then one call adds")
  void deferred() {
    onBoth(bench -> {
      int fd = bench.ready();
      bench.want(fd, EPOLLIN, 1);
      bench.expectControls(0, bench.controls(), "want only writes down, apply makes the calls");
      bench.apply();
      bench.expectControls(1, bench.controls(), "the descriptor is new, so it is added");
      bench.expectReport(Map.of(1L, EPOLLIN), "it can be read, and that was wanted");
    });
  }

  @Test
  @DisplayName("what has not changed costs no call")
  void unchanged() {
    onBoth(bench -> {
      int fd = bench.ready();
      bench.want(fd, EPOLLIN, 1);
      bench.apply();
      long before = bench.controls();
      bench.apply();
      bench.want(fd, EPOLLIN, 1);
      bench.apply();
      bench.expectControls(0, bench.controls() - before, "the kernel knows that already");
      bench.expectReport(Map.of(1L, EPOLLIN), "it can be read, and that is wanted still");
    });
  }

  @Test
  @DisplayName("there and back within a turn costs no call")
  void thereAndBack() {
    onBoth(bench -> {
      int fd = bench.ready();
      bench.want(fd, EPOLLIN, 1);
      bench.apply();
      long before = bench.controls();
      bench.want(fd, EPOLLIN | EPOLLOUT, 1);
      bench.want(fd, EPOLLIN, 1);
      bench.apply();
      bench.expectControls(
          0, bench.controls() - before, "before the wait all is as the kernel knows it");
      bench.expectReport(Map.of(1L, EPOLLIN), "it can be read, and that was wanted last");
    });
  }

  @Test
  @DisplayName("several changes within a turn cost one call, with the last of them")
  void lastOne() {
    onBoth(bench -> {
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
    });
  }

  @Test
  @DisplayName("many descriptors change within a turn, also as many as the list has room for")
  void fullList() {
    for (int changes : new int[] {15, 16, 17, 32, 100}) {
      try (Bench bench = Bench.simulated()) {
        for (int i = 0; i < changes; i++) {
          bench.want(bench.ready(), EPOLLIN, i);
        }
        bench.apply();
        bench.expectControls(changes, bench.controls(), "one for each of %d".formatted(changes));
      }
    }
  }

  @Test
  @DisplayName("interest in nothing is an interest, and stays registered")
  void nothingWanted() {
    onBoth(bench -> {
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
    });
  }

  @Test
  @DisplayName("close takes the descriptor out, then closes it")
  void close() {
    onBoth(bench -> {
      int fd = bench.ready();
      bench.want(fd, EPOLLIN, 1);
      bench.apply();
      bench.close(fd);
      bench.expectReport(Map.of(), "it is closed");
      bench.expectCloses(1, "once, after it was taken out");
    });
  }

  @Test
  @DisplayName("what is closed before the kernel heard of it costs no epoll_ctl")
  void closedBeforeApply() {
    onBoth(bench -> {
      int fd = bench.ready();
      bench.want(fd, EPOLLIN, 1);
      bench.close(fd);
      bench.apply();
      bench.expectControls(0, bench.controls(), "the descriptor came and went within a turn");
      bench.expectCloses(1, "it was open");
    });
  }

  @Test
  @DisplayName("what was never wanted can be closed as well")
  void neverWanted() {
    onBoth(bench -> {
      int fd = bench.ready();
      bench.close(fd);
      bench.expectControls(0, bench.controls(), "the kernel was told nothing of it");
      bench.expectCloses(1, "it was open");
    });
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
  @DisplayName("a duplicate keeps nothing alive")
  void duplicate() {
    onBoth(bench -> {
      int fd = bench.ready();
      int duplicate = bench.kernel.dup(fd);
      try {
        bench.want(fd, EPOLLIN, 1);
        bench.apply();
        bench.expectControls(1, bench.controls(), "the descriptor is new, so it is added");
        bench.close(fd);
        Map<Long, Integer> report = bench.report();
        bench.story.expect(
            report.isEmpty(),
            "no event: %d is closed, though its duplicate %d is open".formatted(fd, duplicate),
            "%s, for a descriptor that is closed, and nothing can stop it now"
                .formatted(named(report)));
      } finally {
        bench.kernel.close(duplicate);
      }
    });
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
    Seeds.each(100, seed -> onBoth(bench -> sequence(seed, bench, true)));
  }

  @Test
  @DisplayName("any sequence, with nothing between the registry and the real kernel")
  void sequencesOnTheBareKernel() {
    Seeds.each(
        100,
        seed -> {
          try (Bench bench = Bench.bare()) {
            sequence(seed, bench, false);
          }
        });
  }

  /**
   * Against a model: what is wanted, and what the kernel was told, in two maps.
   *
   * @param counted whether the calls of the registry are seen
   */
  private static void sequence(long seed, Bench bench, boolean counted) {
    Random random = new Random(seed);
    List<Integer> open = new ArrayList<>();
    Map<Integer, Long> tokens = new HashMap<>();
    Map<Integer, Integer> wanted = new TreeMap<>();
    Map<Integer, Integer> told = new TreeMap<>();
    int[] interests = {0, EPOLLIN, EPOLLOUT, EPOLLIN | EPOLLOUT};
    long token = 0;
    for (int turn = 0; turn < 6; turn++) {
      for (int i = random.nextInt(8); i > 0; i--) {
        if (open.isEmpty() || random.nextInt(4) == 0) {
          int fd = bench.ready();
          open.add(fd);
          tokens.put(fd, ++token);
        }
        int fd = open.get(random.nextInt(open.size()));
        if (random.nextInt(5) == 0) {
          bench.close(fd);
          open.remove((Integer) fd);
          wanted.remove(fd);
          told.remove(fd);
        } else {
          int events = interests[random.nextInt(interests.length)];
          bench.want(fd, events, tokens.get(fd));
          wanted.put(fd, events);
        }
      }
      long due =
          wanted.entrySet().stream()
              .filter(e -> !e.getValue().equals(told.get(e.getKey())))
              .count();
      long before = bench.controls();
      bench.apply();
      if (counted) {
        bench.expectControls(
            due, bench.controls() - before, "one for each descriptor that differs");
      }
      told.putAll(wanted);
      Map<Long, Integer> report = new TreeMap<>();
      wanted.forEach((fd, events) -> report.put(tokens.get(fd), events));
      report.values().removeIf(events -> events == 0);
      bench.expectReport(report, "each is ready for all that was wanted of it");
    }
  }

  @Test
  @DisplayName("a turn costs by what has changed in it, not by all that is watched")
  void changesOnly() {
    int few = 10;
    int many = 100_000;
    long fast = nanosOfATurn(few);
    long slow = nanosOfATurn(many);
    story.expect(
        slow < 50 * fast,
        "turns that are busy alike: apply looks at what has changed, and else at nothing",
        "with %,d the registry is busy for %,d times as long".formatted(many, slow / fast));
  }

  /** The processor's time for what is wanted and applied in a turn, in which one thing changes. */
  private long nanosOfATurn(int watched) {
    Willing epoll = new Willing();
    Registry registry = new Registry(Simulation.seeded(0), epoll, 0);
    for (int fd = 0; fd < watched; fd++) {
      registry.want(fd, EPOLLIN, fd);
    }
    registry.apply();
    int batches = 10;
    int turns = 500;
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < batches; batch++) {
      long begun = THREADS.getCurrentThreadCpuTime();
      for (int turn = 0; turn < turns; turn++) {
        registry.want(5, turn % 2 == 0 ? EPOLLOUT : EPOLLIN, 5);
        registry.apply();
      }
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - begun);
    }
    story.then(
        "%,d descriptors are watched; one of them changes in each of %,d turns",
        watched, batches * turns);
    story.expect(
        epoll.added == watched && epoll.modified == batches * turns,
        "%,d adds and %,d modifies".formatted(watched, batches * turns),
        "%,d adds and %,d modifies".formatted(epoll.added, epoll.modified));
    return Math.max(1, least / turns);
  }

  /** An epoll that watches whatever it is told to, and never has anything to report. */
  private static final class Willing implements Epoll {
    private int added;
    private int modified;

    @Override
    public int create(int flags) {
      return 0;
    }

    @Override
    public int add(int epfd, int fd, int events, long token) {
      added++;
      return 0;
    }

    @Override
    public int modify(int epfd, int fd, int events, long token) {
      modified++;
      return 0;
    }

    @Override
    public int remove(int epfd, int fd) {
      return 0;
    }

    @Override
    public int await(int epfd, MemorySegment events, int max, int millis) {
      return 0;
    }

    @Override
    public int close(int epfd) {
      return 0;
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
