package readiness.experiment.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import readiness.epoll.EventArray;
import readiness.epoll.LinuxEpoll;
import readiness.kernel.Epoll;
import readiness.kernel.Errno;

/**
 * A set of descriptors to be read from, and the question which of them are ready: the same with
 * each of the three calls. A question does not wait, and costs what a loop pays for it, the look
 * through the answer included.
 *
 * <p>Belongs to one thread. The descriptors stay the caller's.
 */
interface Waiting extends AutoCloseable {
  /**
   * Asks, and counts.
   *
   * @return how many are ready
   */
  int ready();

  @Override
  void close();

  /** With select(2). */
  static Waiting select(int[] fds) {
    return new Select(fds);
  }

  /** With poll(2). */
  static Waiting poll(int[] fds) {
    return new Poll(fds);
  }

  /** With epoll_wait(2). */
  static Waiting epoll(int[] fds) {
    return new EpollSet(fds);
  }

  /** Three bitmaps that the call overwrites, so that they have to be made anew for each. */
  final class Select implements Waiting {
    /** What a bitmap of the C library has room for; a higher number would lie behind its end. */
    static final int FD_SETSIZE = 1024;

    private static final MethodHandle SELECT =
        call("select", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment watched = arena.allocate(FD_SETSIZE / Byte.SIZE, Long.BYTES);
    private final MemorySegment asked = arena.allocate(FD_SETSIZE / Byte.SIZE, Long.BYTES);

    /** struct timeval of nothing: do not wait. */
    private final MemorySegment now = arena.allocate(2 * Long.BYTES, Long.BYTES);

    private int end;

    private Select(int[] fds) {
      for (int fd : fds) {
        if (fd >= FD_SETSIZE) {
          throw new IllegalArgumentException("select cannot watch descriptor " + fd);
        }
        long word = watched.getAtIndex(JAVA_LONG, fd / Long.SIZE);
        watched.setAtIndex(JAVA_LONG, fd / Long.SIZE, word | 1L << fd);
        end = Math.max(end, fd + 1);
      }
    }

    @Override
    public int ready() {
      asked.copyFrom(watched);
      try {
        check(
            "select",
            (int) SELECT.invokeExact(end, asked, MemorySegment.NULL, MemorySegment.NULL, now));
      } catch (Throwable e) {
        throw impossible(e);
      }
      int ready = 0;
      for (int word = 0; word * Long.SIZE < end; word++) {
        ready += Long.bitCount(asked.getAtIndex(JAVA_LONG, word));
      }
      return ready;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  /** An array of struct pollfd: the descriptor, what is asked for, what is so. */
  final class Poll implements Waiting {
    private static final short POLLIN = 1;
    private static final int SIZE = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final Arena arena = Arena.ofConfined();
    private final int count;
    private final MemorySegment array;

    private Poll(int[] fds) {
      count = fds.length;
      array = arena.allocate((long) count * SIZE, Integer.BYTES);
      for (int i = 0; i < count; i++) {
        array.set(JAVA_INT, (long) i * SIZE, fds[i]);
        array.set(JAVA_SHORT, (long) i * SIZE + EVENTS, POLLIN);
      }
    }

    @Override
    public int ready() {
      try {
        check("poll", (int) POLL.invokeExact(array, (long) count, 0));
      } catch (Throwable e) {
        throw impossible(e);
      }
      int ready = 0;
      for (int i = 0; i < count; i++) {
        ready += array.get(JAVA_SHORT, (long) i * SIZE + REVENTS) & POLLIN;
      }
      return ready;
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  /** The kernel keeps the set; what comes back are the ready ones and nothing else. */
  final class EpollSet implements Waiting {
    private final LinuxEpoll epoll = new LinuxEpoll();
    private final EventArray events;
    private final int epfd;

    private EpollSet(int[] fds) {
      events = new EventArray(fds.length);
      epfd = check("epoll_create1", epoll.create(Epoll.EPOLL_CLOEXEC));
      for (int fd : fds) {
        check("epoll_ctl", epoll.add(epfd, fd, Epoll.EPOLLIN, fd));
      }
    }

    @Override
    public int ready() {
      int returned = check("epoll_wait", epoll.await(epfd, events.memory(), events.capacity(), 0));
      int ready = 0;
      for (int i = 0; i < returned; i++) {
        ready += events.events(i) & Epoll.EPOLLIN;
      }
      return ready;
    }

    @Override
    public void close() {
      epoll.close(epfd);
    }
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  private static int check(String call, int result) {
    if (result < 0) {
      String reason = result == -1 ? "" : ": " + Errno.name(result);
      throw new IllegalStateException(call + " fails" + reason);
    }
    return result;
  }

  private static RuntimeException impossible(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException runtime -> runtime;
      default -> new IllegalStateException(e);
    };
  }
}
