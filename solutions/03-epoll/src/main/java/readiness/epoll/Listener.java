package readiness.epoll;

import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;

import java.util.function.Supplier;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/** A listening socket: takes connections out of its accept queue and gives them to the loop. */
final class Listener extends Channel {
  /** So many are turned away in a turn, when there is no descriptor for them. */
  static final int AT_ONCE = 64;

  private final EventLoop loop;
  private final Sockets sockets;
  private final Supplier<Protocol> protocol;

  Listener(int fd, int generation, EventLoop loop, Supplier<Protocol> protocol) {
    super(fd, generation);
    this.loop = loop;
    this.sockets = loop.sockets();
    this.protocol = protocol;
  }

  /**
   * Accepts every connection that waits, not one: each wait costs a system call, and between two of
   * them a burst of clients would queue up. {@link #goesOn} says when there is none left.
   *
   * <p>What accept4 returns must be non-blocking and close-on-exec, which Linux does not inherit
   * from the listener (accept(2)); {@link EventLoop#adopt} takes it from there.
   */
  @Override
  void ready(int events) {
    // tag::echo[]
    int accepted;
    do {
      accepted = sockets.accept4(fd, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (accepted >= 0) {
        loop.adopt(accepted, protocol);
      }
    } while (goesOn(accepted));
    // end::echo[]
  }

  /**
   * Whether there is reason to call accept4 again after {@code result}.
   *
   * @param result of accept4: a descriptor, or a negated errno
   */
  private boolean goesOn(int result) {
    return result >= 0
        || switch (-result) {
          case Errno.EAGAIN -> false;
          // The one in front has gone already: look at the next.
          case Errno.EINTR, Errno.ECONNABORTED -> true;
          // An error of the connection in front, which is gone with it (accept(2), error handling).
          // Others may wait behind it: they are reported again. Not at once, since one of these
          // also
          // means that the socket can never accept.
          case Errno.ENETDOWN,
              Errno.EPROTO,
              Errno.ENOPROTOOPT,
              Errno.EHOSTDOWN,
              Errno.ENONET,
              Errno.EHOSTUNREACH,
              Errno.EOPNOTSUPP,
              Errno.ENETUNREACH,
              Errno.EPERM ->
              false;
          case Errno.EBADF, Errno.EINVAL, Errno.ENOTSOCK ->
              throw new IllegalStateException(
                  "accept4 on fd %d: %s".formatted(fd, Errno.name(result)));
          case Errno.EMFILE, Errno.ENFILE -> {
            turnAway();
            yield false;
          }
          // Out of memory for instance. The queue stays as it is and the listener readable, so
          // asking again at once would spin.
          default -> {
            loop.door().shut();
            yield false;
          }
        };
  }

  /**
   * There is no descriptor for the connection in front, if there is one: Linux looks for a
   * descriptor first. Gives up the {@link Door#reserve}; with the descriptor that is free by that
   * accepts who waits and closes what was accepted, one after the other, so that they hear at once
   * that it comes to nothing; then holds the reserve again.
   *
   * <p>After {@link #AT_ONCE} of them it is the turn of those who are connected: who is turned away
   * may come back faster than the queue is emptied. The listener is reported again.
   *
   * <p>Accepting is paused if there is no reserve, before or after, and if accept4 {@link
   * #isShortage fails for want of something} though the reserve was given up.
   */
  private void turnAway() {
    // tag::descriptors[]
    // > // Perhaps there will be one the next time.
    if (!loop.door().reserve().release()) {
      loop.door().shut();
      return;
    }
    int accepted = 0;
    for (int i = 0; i < AT_ONCE && accepted >= 0; i++) {
      accepted = sockets.accept4(fd, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (accepted >= 0) {
        sockets.close(accepted);
      }
    }
    if (!loop.door().reserve().hold() || isShortage(accepted)) {
      loop.door().shut();
    }
    // end::descriptors[]
  }

  /** Whether accept4 failed for a reason that another call at once would meet again. */
  private static boolean isShortage(int result) {
    return result < 0
        && result != -Errno.EAGAIN
        && result != -Errno.EINTR
        && result != -Errno.ECONNABORTED;
  }

  /** Accepts everyone who waits by now, then closes: in this order, since closing resets them. */
  void lastCall() {
    // tag::many-loops[]
    ready(EPOLLIN);
    close();
    // end::many-loops[]
  }

  @Override
  void close() {
    loop.closed(this);
  }
}
