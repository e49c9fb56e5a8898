package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import readiness.kernel.Epoll;
import readiness.kernel.EventLayout;
import readiness.kernel.NotYet;

/**
 * {@link Epoll} on the real kernel, through {@code java.lang.foreign}.
 *
 * <p>The handles are {@code static final}, so the compiler sees through them. Errno is captured
 * into one segment and the event for epoll_ctl is written into another, both allocated once: a call
 * allocates nothing. No call is {@code critical}: a thread that waits inside such a call holds up
 * the garbage collector.
 *
 * <p>One instance for each thread, because its calls share the two segments.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public final class LinuxEpoll implements Epoll {
  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_DEL = 2;
  private static final int EPOLL_CTL_MOD = 3;

  /** The size of struct epoll_event, and where its second field begins: the next step tells why. */
  private static final int EVENT = EventLayout.platform().size();

  private static final int DATA = EVENT - 8;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

  // One handle for each function: EPOLL_CREATE1, CLOSE, EPOLL_CTL, EPOLL_WAIT.
  private static final MethodHandle EPOLL_CREATE1 = call("epoll_create1", JAVA_INT, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

  /** Where the linker puts errno after each call. */
  private final MemorySegment state = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());

  /** The struct epoll_event that epoll_ctl reads. */
  private final MemorySegment event = Arena.ofAuto().allocate(EVENT, 8);

  /** Binds a function of the C library: its name, what it returns, what it takes. */
  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    MemorySegment symbol = LINKER.defaultLookup().findOrThrow(name);
    return LINKER.downcallHandle(symbol, FunctionDescriptor.of(result, arguments), CAPTURE);
  }

  @Override
  public int create(int flags) {
    try {
      return result((int) EPOLL_CREATE1.invokeExact(state, flags));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  @Override
  public int close(int epfd) {
    try {
      return result((int) CLOSE.invokeExact(state, epfd));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /**
   * A call's result as the kernel gave it, before the C library split it in two. {@code (int)
   * ERRNO.get(state, 0L)} reads what the linker has put into {@link #state}.
   *
   * @param value what the C function returned: -1 means that it failed and that errno says why
   * @return {@code value}, or the negated errno if the call failed. Errno means nothing after a
   *     call that succeeded: it may still hold the error of an earlier one
   */
  private int result(int value) {
    throw new NotYet("epoll-calls");
  }

  @Override
  public int add(int epfd, int fd, int events, long token) {
    throw new NotYet("epoll-calls");
  }

  @Override
  public int modify(int epfd, int fd, int events, long token) {
    throw new NotYet("epoll-calls");
  }

  @Override
  public int remove(int epfd, int fd) {
    throw new NotYet("epoll-calls");
  }

  /** Fills the one struct epoll_event that epoll_ctl reads during the call, and copies. */
  private MemorySegment describe(int events, long token) {
    event.set(JAVA_INT, 0, events);
    event.set(JAVA_LONG_UNALIGNED, DATA, token);
    return event;
  }

  /**
   * epoll_ctl(2), all three operations of it.
   *
   * @param operation {@link #EPOLL_CTL_ADD}, {@link #EPOLL_CTL_MOD} or {@link #EPOLL_CTL_DEL}
   * @param event a filled struct epoll_event; EPOLL_CTL_DEL does not look at it
   */
  private int control(int epfd, int operation, int fd, MemorySegment event) {
    throw new NotYet("epoll-calls");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IndexOutOfBoundsException if {@code events} has no room for {@code max} structs of
   *     {@link #EVENT} bytes: the kernel would write behind its end
   */
  @Override
  public int await(int epfd, MemorySegment events, int max, int millis) {
    throw new NotYet("epoll-calls");
  }

  /** invokeExact declares Throwable; a bound call of matching types throws nothing checked. */
  private static RuntimeException impossible(Throwable e) {
    return switch (e) {
      case Error error -> throw error;
      case RuntimeException runtime -> runtime;
      default -> new IllegalStateException(e);
    };
  }
}
