package readiness.epoll;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;

/** An epoll whose waits come out as a test has written down, with the clock that they move. */
final class ScriptedEpoll implements Epoll {
  private record Wait(long nanos, int result) {}

  private final Story story;
  private final Queue<Wait> script = new ArrayDeque<>();
  private final List<Integer> asked = new ArrayList<>();
  private long now;
  private int reads;

  ScriptedEpoll(Story story, long now) {
    this.story = story;
    this.now = now;
  }

  /** The next wait takes {@code nanos} and returns {@code result}. */
  ScriptedEpoll next(long nanos, int result) {
    script.add(new Wait(nanos, result));
    return this;
  }

  long nanoTime() {
    reads++;
    return now;
  }

  /** How often the clock was read. */
  int reads() {
    return reads;
  }

  /** The timeouts that were asked for, in milliseconds. */
  List<Integer> asked() {
    return asked;
  }

  @Override
  public int await(int epfd, MemorySegment events, int max, int millis) {
    asked.add(millis);
    Wait wait = script.poll();
    if (wait == null) {
      throw story.finding(
          "no further epoll_wait: the last one has said all there is to say",
          "epoll_wait(%s)".formatted(limit(millis)));
    }
    now += wait.nanos;
    story.then(
        "epoll_wait(%s) → %s after %,d µs",
        limit(millis), Story.value(wait.result), wait.nanos / 1_000);
    return wait.result;
  }

  private static String limit(int millis) {
    return millis < 0 ? "no limit" : "%,d ms".formatted(millis);
  }

  @Override
  public int create(int flags) {
    return -Errno.EMFILE;
  }

  @Override
  public int add(int epfd, int fd, int events, long token) {
    return -Errno.EBADF;
  }

  @Override
  public int modify(int epfd, int fd, int events, long token) {
    return -Errno.EBADF;
  }

  @Override
  public int remove(int epfd, int fd) {
    return -Errno.EBADF;
  }

  @Override
  public int close(int epfd) {
    return -Errno.EBADF;
  }
}
