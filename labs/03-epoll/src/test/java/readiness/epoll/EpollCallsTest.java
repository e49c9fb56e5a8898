package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static readiness.kernel.Epoll.EPOLLET;
import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Epoll.EPOLLONESHOT;
import static readiness.kernel.Epoll.EPOLLOUT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;
import readiness.kernel.EventLayout;
import readiness.kernel.Linux;
import readiness.kernel.Sockets;
import readiness.testing.Allocations;
import readiness.testing.Step;

/** Real pipes, real sockets, the real kernel: there is nothing else to hold a binding against. */
@Step("epoll-calls")
@Tag("epoll-calls")
final class EpollCallsTest {
  private static final int EVENT = EventLayout.platform().size();
  private static final int ROOM = 8;

  /**
   * The linker looks at the errno segment through a view of 40 bytes. The optimizing compiler
   * removes it, but these tests may run before or without that compiler.
   */
  private static final int LINKERS_OWN = 64;

  private static final long TOKEN = 0x1234_5678_9abc_def0L;
  private static final long OTHER_TOKEN = 0xfedc_ba98_7654_3210L;

  private final Linux linux = new Linux();
  private final LinuxEpoll epoll = new LinuxEpoll();
  private final MemorySegment events = Arena.ofAuto().allocate((long) ROOM * EVENT, 8);
  private final MemorySegment bytes = Arena.ofAuto().allocate(16);
  private final Story story = new Story();

  // Not 0, which is standard input: close() runs also where open() came to a gap.
  private int epfd = -1;
  private int source = -1;
  private int sink = -1;

  @BeforeAll
  static void prepareSignal() {
    Signal.prepare();
  }

  @BeforeEach
  void open() {
    MemorySegment ends = Arena.ofAuto().allocate(JAVA_INT, 2);
    linux.pipe2(ends, Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC);
    source = ends.getAtIndex(JAVA_INT, 0);
    sink = ends.getAtIndex(JAVA_INT, 1);
    epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
    story.then("epoll_create1(EPOLL_CLOEXEC) → %s", Story.value(epfd));
    story.then("pipe2 → read from %d, write to %d", source, sink);
  }

  @AfterEach
  void close() {
    linux.close(source);
    linux.close(sink);
    epoll.close(epfd);
  }

  @Test
  @DisplayName("a pipe is reported when there is something to read, with the token it was given")
  void reportsPipe() {
    add(source, EPOLLIN, TOKEN, 0, "0: registered");
    await(0, 0, "no event: nothing has been written yet");
    write();
    await(0, 1, "one event: a byte waits in the pipe");
    event(EPOLLIN, TOKEN);
  }

  @Test
  @DisplayName("a listening socket is reported when a connection waits, its client for writing")
  void reportsSockets() {
    int listener = linux.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
    int client = linux.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0);
    try {
      linux.bind(listener, new InetSocketAddress("127.0.0.1", 0));
      linux.listen(listener, 8);
      story.then("listen on a free port → fd %d", listener);
      add(listener, EPOLLIN, 1, 0, "0: registered");
      await(0, 0, "no event: nobody has connected yet");
      linux.connect(client, linux.getsockname(listener));
      story.then("a client connects → fd %d", client);
      await(1000, 1, "one event: a connection waits to be accepted");
      event(EPOLLIN, 1);
      story.expect(
          "epoll_ctl(DEL, %d)".formatted(listener), 0, epoll.remove(epfd, listener), "0: removed");
      add(client, EPOLLOUT, 2, 0, "0: registered");
      await(0, 1, "one event: a new connection has room to write");
      event(EPOLLOUT, 2);
    } finally {
      linux.close(listener);
      linux.close(client);
    }
  }

  @Test
  @DisplayName("modify changes what is reported, and the token")
  void modifies() {
    add(sink, EPOLLIN, 1, 0, "0: registered");
    await(0, 0, "no event: the writing end of a pipe is never readable");
    modify(sink, EPOLLOUT, OTHER_TOKEN);
    await(0, 1, "one event: the pipe has room");
    event(EPOLLOUT, OTHER_TOKEN);
  }

  @Test
  @DisplayName("remove ends the reports")
  void removes() {
    add(source, EPOLLIN, TOKEN, 0, "0: registered");
    write();
    await(0, 1, "one event: a byte waits in the pipe");
    story.expect(
        "epoll_ctl(DEL, %d)".formatted(source), 0, epoll.remove(epfd, source), "0: removed");
    await(0, 0, "no event: nothing is registered any more");
  }

  @Test
  @DisplayName("edge-triggered: news is reported once, after add and after modify")
  void edgeTriggered() {
    add(source, EPOLLIN | EPOLLET, TOKEN, 0, "0: registered");
    write();
    await(0, 1, "one event: a byte has come");
    event(EPOLLIN, TOKEN);
    await(0, 0, "no event, though the byte is there: EPOLLET reports what is new");
    modify(source, EPOLLIN | EPOLLET, OTHER_TOKEN);
    await(0, 1, "one event: modify begins anew, and the byte is there");
    event(EPOLLIN, OTHER_TOKEN);
    await(0, 0, "no event, though the byte is there: EPOLLET reports what is new");
    modify(source, EPOLLIN, TOKEN);
    await(0, 1, "one event: the byte is there");
    await(0, 1, "one event, again: without EPOLLET what is so is reported each time");
  }

  @Test
  @DisplayName("one-shot: reported once, then nothing until modified")
  void oneShot() {
    add(source, EPOLLIN | EPOLLONESHOT, TOKEN, 0, "0: registered");
    write();
    await(0, 1, "one event: a byte has come");
    write();
    await(0, 0, "no event, also not for the second byte: EPOLLONESHOT has had its shot");
    modify(source, EPOLLIN | EPOLLONESHOT, TOKEN);
    await(0, 1, "one event: modify arms it again");
    await(0, 0, "no event: EPOLLONESHOT has had its shot");
  }

  @Test
  @DisplayName("a wait brings as many events as are ready, and as were asked for")
  void asManyAsAskedFor() {
    add(source, EPOLLIN, 1, 0, "0: registered");
    add(sink, EPOLLOUT, 2, 0, "0: registered");
    write();
    await(0, 2, "two events: the pipe has a byte and room, and the array has room for both");
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      story.expectEvents(
          "epoll_wait(%d, at most 1)".formatted(epfd),
          1,
          epoll.await(epfd, events, 1, 0),
          "one event, though two are ready and the array has room for %d: whoever asked for one"
                  .formatted(ROOM)
              + " looks at no other");
      seen.add(events.get(JAVA_LONG_UNALIGNED, EVENT - 8));
    }
    story.expect(
        seen.equals(Set.of(1L, 2L)),
        "each of the two in its turn: the kernel goes round",
        "tokens " + seen);
  }

  @Test
  @DisplayName("what the kernel refuses comes back as the negated errno")
  void errorsAreValues() {
    int stranger = linux.dup(source);
    linux.close(stranger);
    add(stranger, EPOLLIN, 0, -Errno.EBADF, "−EBADF: %d is not open".formatted(stranger));
    add(source, EPOLLIN, 0, 0, "0: registered");
    add(source, EPOLLIN, 0, -Errno.EEXIST, "−EEXIST: it is registered already");
    story.expect(
        "epoll_ctl(MOD, %d)".formatted(sink),
        -Errno.ENOENT,
        epoll.modify(epfd, sink, EPOLLOUT, 0),
        "−ENOENT: %d was never registered".formatted(sink));
    story.expect(
        "epoll_ctl(DEL, %d)".formatted(sink),
        -Errno.ENOENT,
        epoll.remove(epfd, sink),
        "−ENOENT: %d was never registered".formatted(sink));
    story.expect(
        "epoll_wait(%d)".formatted(source),
        -Errno.EINVAL,
        epoll.await(source, events, ROOM, 0),
        "−EINVAL: %d is a pipe, not an epoll".formatted(source));
  }

  @Test
  @DisplayName("a wait for an epoll that is closed does not wait")
  void closedEpoll() {
    int closed = epoll.create(Epoll.EPOLL_CLOEXEC);
    story.then("epoll_create1(EPOLL_CLOEXEC) → %s", Story.value(closed));
    story.expect("close(%d)".formatted(closed), 0, epoll.close(closed), "0: closed");
    for (int i = 0; i < 3; i++) {
      story.expect(
          "epoll_wait(%d, no limit)".formatted(closed),
          -Errno.EBADF,
          epoll.await(closed, events, ROOM, -1),
          "−EBADF, at once, and each time: whoever ignores it spins");
    }
  }

  @Test
  @DisplayName("a call that succeeds knows nothing of the error before it")
  void errnoIsNotKept() {
    String why = "0: the call has succeeded, and errno is still that of an earlier one";
    add(source, EPOLLIN, 0, 0, why);
    add(source, EPOLLIN, 0, -Errno.EEXIST, "−EEXIST: it is registered already");
    await(0, 0, why);
  }

  @Test
  @DisplayName("a signal during the wait is a result, −EINTR")
  void signal() {
    int result = Signal.during(() -> epoll.await(epfd, events, ROOM, 2_000));
    story.expect(
        "epoll_wait(%d, 2,000 ms), and a signal arrives".formatted(epfd),
        -Errno.EINTR,
        result,
        "−EINTR: whoever called decides how to go on, and with how much time");
  }

  @Test
  @DisplayName("a wait of −1 ms has no limit: with nothing to report, only a signal ends it")
  void noLimit() {
    add(source, EPOLLIN, TOKEN, 0, "0: registered");
    // For an await that goes on after a signal.
    Runnable end = () -> new Linux().write(sink, bytes, 0, 1);
    int result = Signal.during(50, () -> epoll.await(epfd, events, ROOM, -1), end);
    story.expect(
        "epoll_wait(%d, −1 ms), nothing happens, and a signal arrives".formatted(epfd),
        -Errno.EINTR,
        result,
        "−EINTR: an idle loop sleeps until it is woken. 0 would mean that time was up, and the"
            + " loop would ask again, and again");
  }

  @Test
  @DisplayName("a thread that waits does not hold up the garbage collector")
  void collectsMeanwhile() throws InterruptedException {
    add(source, EPOLLIN, TOKEN, 0, "0: registered");
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger result = new AtomicInteger();
    int limit = 4_000;
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              begun.countDown();
              result.set(epoll.await(epfd, events, ROOM, limit));
            });
    begun.await();
    story.then("another thread: epoll_wait(%d, %,d ms)", epfd, limit);
    // The first may come before the wait has begun.
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    story.then("this thread: System.gc(), 5 times");
    write();
    waiting.join();
    story.expectEvents(
        "another thread: epoll_wait",
        1,
        result.get(),
        "one event, the byte that was written after the collections: they go on beside a wait. A"
            + " call that is marked critical cannot be stopped, and everybody waits for it");
  }

  @Test
  @DisplayName("two instances on two threads: each has the errors and the events of its own calls")
  void twoThreads() throws InterruptedException {
    add(source, EPOLLIN, TOKEN, 0, "0: registered");
    Caller one = new Caller(TOKEN, -Errno.EEXIST);
    Caller other = new Caller(OTHER_TOKEN, -Errno.ENOENT);
    one.start();
    other.start();
    // A call that comes back while the threads are stopped has its errno, and reads it later.
    for (int i = 0; i < 30 && one.strange.isEmpty() && other.strange.isEmpty(); i++) {
      System.gc();
    }
    String strange = one.end() + other.end();
    story.then(
        "two threads call for a while, each on an instance of its own: one is refused with EEXIST,"
            + " the other one with ENOENT");
    story.expect(
        strange.isEmpty(),
        "each its own answers: where errno is put, and the struct that epoll_ctl reads, belong to"
            + " an instance",
        strange);
  }

  /** A thread with an epoll of its own: some calls are refused, the others tell its token. */
  private final class Caller extends Thread {
    private static final int REFUSALS = 20;

    private final long token;
    private final int refusal;
    private final MemorySegment events = Arena.ofAuto().allocate(EVENT, 8);
    private volatile boolean ended;

    /** What was not as it should be; empty so far. */
    volatile String strange = "";

    Caller(long token, int refusal) {
      this.token = token;
      this.refusal = refusal;
    }

    @Override
    public void run() {
      LinuxEpoll epoll = new LinuxEpoll();
      int epfd = epoll.create(Epoll.EPOLL_CLOEXEC);
      epoll.add(epfd, sink, EPOLLOUT, token);
      while (!ended && strange.isEmpty()) {
        round(epoll, epfd);
      }
      epoll.close(epfd);
    }

    private void round(LinuxEpoll epoll, int epfd) {
      for (int i = 0; i < REFUSALS; i++) {
        int result =
            refusal == -Errno.EEXIST
                ? epoll.add(epfd, sink, EPOLLOUT, token)
                : epoll.remove(epfd, source);
        if (result != refusal) {
          strange = "%s instead of %s".formatted(Story.value(result), Story.value(refusal));
          return;
        }
      }
      epoll.modify(epfd, sink, EPOLLOUT, token);
      epoll.await(epfd, events, 1, 0);
      long reported = events.get(JAVA_LONG_UNALIGNED, EVENT - 8);
      if (reported != token) {
        strange = "token %x instead of %x".formatted(reported, token);
      }
    }

    /** Waits for the end, and says what was strange. */
    String end() throws InterruptedException {
      ended = true;
      join();
      return strange;
    }
  }

  @Test
  @DisplayName("no wait writes behind the end of the array")
  void bounds() {
    refusesToWait(ROOM + 1);
    // So many events that their bytes, counted in an int, are next to none again.
    refusesToWait((int) ((1L << Integer.SIZE) / EVENT) + 1);
  }

  private void refusesToWait(int tooMany) {
    story.then("epoll_wait with room for %d events, asked for %,d", ROOM, tooMany);
    try {
      int result = epoll.await(epfd, events, tooMany, 0);
      throw story.finding(
          "an IndexOutOfBoundsException before the call: the kernel might write %,d bytes too far"
              .formatted((long) EVENT * (tooMany - ROOM)),
          "the call was made, and returned %s".formatted(Story.value(result)));
    } catch (IndexOutOfBoundsException e) {
      story.then("→ %s", e.getClass().getSimpleName());
    }
  }

  @Test
  @DisplayName("a call makes no garbage of its own")
  void makesNoGarbage() {
    add(source, EPOLLIN, TOKEN, 0, "0: registered");
    int calls = 4;
    long perRound =
        Allocations.perRun(
            100,
            100,
            LINKERS_OWN * calls,
            () -> {
              epoll.await(epfd, events, ROOM, 0);
              epoll.modify(epfd, source, EPOLLIN, TOKEN);
              epoll.remove(epfd, source);
              epoll.add(epfd, source, EPOLLIN, TOKEN);
            });
    story.then("100 rounds of wait, modify, remove, add");
    story.expect(
        perRound <= LINKERS_OWN * calls,
        "at most %d bytes for each call, which is the linker's own: a loop makes them all day"
            .formatted(LINKERS_OWN),
        "%,d bytes for each call".formatted(perRound / calls));
  }

  private void add(int fd, int events, long token, int wanted, String why) {
    story.expect(
        "epoll_ctl(ADD, %d, %s, token %x)".formatted(fd, flags(events), token),
        wanted,
        epoll.add(epfd, fd, events, token),
        why);
  }

  private void modify(int fd, int events, long token) {
    story.expect(
        "epoll_ctl(MOD, %d, %s, token %x)".formatted(fd, flags(events), token),
        0,
        epoll.modify(epfd, fd, events, token),
        "0: %d was registered, now it is watched otherwise".formatted(fd));
  }

  private void await(int millis, int wanted, String why) {
    story.expectEvents(
        "epoll_wait(%d, %d ms)".formatted(epfd, millis),
        wanted,
        epoll.await(epfd, events, ROOM, millis),
        why);
  }

  /** The one event of the last wait. */
  private void event(int flags, long token) {
    int actualFlags = events.get(JAVA_INT, 0);
    long actualToken = events.get(JAVA_LONG_UNALIGNED, EVENT - 8);
    story.expect(
        actualFlags == flags && actualToken == token,
        "%s with token %x".formatted(flags(flags), token),
        "%s with token %x".formatted(flags(actualFlags), actualToken));
  }

  private void write() {
    linux.write(sink, bytes, 0, 1);
    story.then("write(%d, 1 byte) → 1", sink);
  }

  private static String flags(int events) {
    return switch (events) {
      case EPOLLIN -> "EPOLLIN";
      case EPOLLOUT -> "EPOLLOUT";
      case EPOLLIN | EPOLLET -> "EPOLLIN|EPOLLET";
      case EPOLLIN | EPOLLONESHOT -> "EPOLLIN|EPOLLONESHOT";
      default -> "flags 0x%x".formatted(events);
    };
  }
}
