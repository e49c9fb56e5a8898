package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Epoll;
import readiness.kernel.EventLayout;
import readiness.kernel.Linux;
import readiness.kernel.Sockets;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Both layouts in memory that the test fills as the kernel would; this machine's on the kernel. */
@Step("event-array")
@Tag("event-array")
final class EventArrayTest {
  private final Linux linux = new Linux();
  private final LinuxEpoll epoll = new LinuxEpoll();
  private final Story story = new Story();
  private final List<Integer> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(linux::close);
  }

  @Test
  @DisplayName("x86-64: a struct takes 12 bytes, its data begin at byte 4")
  void packed() {
    Seeds.each(50, seed -> reads(EventLayout.PACKED, "x86-64", 12, 4, new Random(seed)));
  }

  @Test
  @DisplayName("aarch64: a struct takes 16 bytes, its data begin at byte 8")
  void padded() {
    Seeds.each(50, seed -> reads(EventLayout.PADDED, "aarch64", 16, 8, new Random(seed)));
  }

  private static void reads(EventLayout layout, String machine, int size, int data, Random random) {
    int events = 1 + random.nextInt(5);
    EventArray array = new EventArray(events, layout);
    Story story = new Story();
    int[] flags = new int[events];
    long[] tokens = new long[events];
    for (int i = 0; i < events; i++) {
      flags[i] = random.nextInt();
      tokens[i] = random.nextLong();
      array.memory().set(JAVA_INT, (long) i * size, flags[i]);
      array.memory().set(JAVA_LONG_UNALIGNED, (long) i * size + data, tokens[i]);
      story.then(
          "the kernel writes flags %x at byte %d and token %x at byte %d",
          flags[i], i * size, tokens[i], i * size + data);
    }
    for (int i = 0; i < events; i++) {
      story.expect(
          array.events(i) == flags[i],
          "events(%d) is %x: on %s event %d begins at byte %d"
              .formatted(i, flags[i], machine, i, i * size),
          "%x".formatted(array.events(i)));
      story.expect(
          array.token(i) == tokens[i],
          "token(%d) is %x: on %s it lies %d bytes into event %d"
              .formatted(i, tokens[i], machine, data, i),
          "%x".formatted(array.token(i)));
    }
  }

  @Test
  @DisplayName("a token gives back the descriptor and the generation, also a negative one")
  void tokens() {
    for (int fd : new int[] {0, 1, 7, 1023, 1_048_576, Integer.MAX_VALUE}) {
      for (int generation : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        long token = Token.of(fd, generation);
        Story story =
            new Story().then("Token.of(descriptor %d, generation %d) → %x", fd, generation, token);
        story.expect(Token.fd(token) == fd, "descriptor " + fd, "descriptor " + Token.fd(token));
        story.expect(
            Token.generation(token) == generation,
            "generation %d: a counter of 32 bits goes round and is negative half of the time"
                .formatted(generation),
            "generation " + Token.generation(token));
      }
    }
  }

  @Test
  @DisplayName("a token's upper half is the descriptor, as drawn above the class")
  void drawn() {
    long token = Token.of(7, 42);
    story.then("Token.of(descriptor 7, generation 42) → %x", token);
    story.expect(
        token == 0x7_0000_002aL,
        "70000002a: the descriptor in bits 63 to 32, the generation in bits 31 to 0, so that"
            + " whoever meets a token in a debugger can read it",
        "%x".formatted(token));
  }

  @Test
  @DisplayName("the same descriptor in another generation has another token")
  void tokensDiffer() {
    long before = Token.of(7, 41);
    long after = Token.of(7, 42);
    story.then("7 is closed, the kernel gives its number to a new connection");
    story.expect(
        before != after,
        "two tokens, so that an event for the one is not taken for the other's",
        "both have token %x".formatted(before));
  }

  @Test
  @DisplayName("two descriptors ready in one wait: each with its flags and its token")
  void twoInOneWait() {
    int epfd = epoll();
    int empty = eventfd(0);
    int full = eventfd(1);
    long first = Token.of(empty, -1);
    long second = Token.of(full, Integer.MIN_VALUE);
    epoll.add(epfd, empty, EPOLLOUT, first);
    story.then("watch eventfd %d for writing, token %x", empty, first);
    epoll.add(epfd, full, EPOLLIN, second);
    story.then("watch eventfd %d for reading, token %x", full, second);

    EventArray events = new EventArray(8);
    int ready = epoll.await(epfd, events.memory(), events.capacity(), 0);
    story.expectEvents("epoll_wait", 2, ready, "2 events: the one has room, the other a value");
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < ready; i++) {
      seen.add("token %x, flags %x".formatted(events.token(i), events.events(i)));
    }
    Set<String> wanted =
        new TreeSet<>(
            Set.of(
                "token %x, flags %x".formatted(first, EPOLLOUT),
                "token %x, flags %x".formatted(second, EPOLLIN)));
    story.expect(seen.equals(wanted), String.join("; ", wanted), String.join("; ", seen));
  }

  @Test
  @DisplayName("the array's length limits one wait, not what can be watched")
  void lengthLimitsOneWait() {
    int watched = 20;
    int room = 4;
    int epfd = epoll();
    for (int i = 0; i < watched; i++) {
      int fd = eventfd(1);
      epoll.add(epfd, fd, EPOLLIN, Token.of(fd, i));
    }
    story.then("%d eventfds are watched, all of them ready", watched);
    EventArray events = new EventArray(room);
    Set<Integer> seen = new TreeSet<>();
    for (int wait = 1; wait <= watched / room; wait++) {
      int ready = epoll.await(epfd, events.memory(), events.capacity(), 0);
      story.expectEvents("epoll_wait", room, ready, "4 events, since more are ready than fit");
      for (int i = 0; i < ready; i++) {
        seen.add(Token.fd(events.token(i)));
      }
    }
    story.expect(
        seen.equals(new TreeSet<>(open.subList(1, open.size()))),
        "all %d descriptors in %d waits: what did not fit comes next"
            .formatted(watched, watched / room),
        seen.size() + " descriptors: " + seen);
  }

  @Test
  @DisplayName("an event is read where it lies: to read it takes no memory")
  void takesNoMemory() {
    int room = 8;
    EventArray array = new EventArray(room);
    int epfd = epoll();
    epoll.add(epfd, eventfd(1), EPOLLIN, Token.of(7, 42));
    epoll.await(epfd, array.memory(), room, 0);
    story.then("an event lies in the array, and is read 1,000 times");
    int[] wrong = {0};
    long garbage =
        Allocations.perRun(
            1_000,
            1_000,
            () -> {
              long token = array.token(0);
              boolean right = array.events(0) == EPOLLIN && Token.fd(token) == 7;
              wrong[0] += right && Token.generation(token) == 42 ? 0 : 1;
            });
    story.expect(
        wrong[0] == 0,
        "EPOLLIN of descriptor 7 in generation 42, each time",
        "flags %x, token %x".formatted(array.events(0), array.token(0)));
    story.expect(
        garbage == 0,
        "no memory taken: a loop reads thousands of events in a second",
        "%,d bytes for each event".formatted(garbage));
  }

  private int epoll() {
    int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    open.add(epfd);
    return epfd;
  }

  private int eventfd(int value) {
    int fd = linux.eventfd(value, Sockets.EFD_NONBLOCK | Sockets.EFD_CLOEXEC);
    open.add(fd);
    return fd;
  }
}
