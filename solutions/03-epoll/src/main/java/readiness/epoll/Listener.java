package readiness.epoll;

import static readiness.kernel.Epoll.EPOLLIN;
import static readiness.kernel.Sockets.SOCK_CLOEXEC;
import static readiness.kernel.Sockets.SOCK_NONBLOCK;

import java.util.function.Supplier;
import readiness.kernel.Errno;
import readiness.kernel.Sockets;

/** A listening socket: takes connections out of its accept queue and gives them to the loop. */
final class Listener extends Channel {
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
        loop.adopt(accepted, protocol.get());
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
          case Errno.EBADF, Errno.EINVAL, Errno.ENOTSOCK, Errno.EOPNOTSUPP ->
              throw new IllegalStateException(
                  "accept4 on fd %d: %s".formatted(fd, Errno.name(result)));
          case Errno.EMFILE, Errno.ENFILE -> turnAway();
          // Out of memory for instance. The queue stays as it is and the listener readable, so
          // asking again at once would spin.
          default -> {
            loop.pauseAccepting();
            yield false;
          }
        };
  }

  /**
   * There is no descriptor for the connection in front, if there is one: Linux looks for a
   * descriptor first. Gives up the {@link EventLoop#reserve}, accepts with the descriptor that is
   * free by that, closes what was accepted, and holds the reserve again: who came hears at once
   * that it comes to nothing. Without a reserve, or if somebody else has taken it meanwhile,
   * accepting is paused.
   *
   * @return whether to look for the next one: somebody was turned away, and the reserve is back
   */
  private boolean turnAway() {
    // tag::descriptors[]
    // > // Perhaps there will be one the next time.
    // > return false;
    if (!loop.reserve().release()) {
      loop.pauseAccepting();
      return false;
    }
    int accepted = sockets.accept4(fd, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted >= 0) {
      sockets.close(accepted);
    }
    if (!loop.reserve().hold()) {
      loop.pauseAccepting();
      return false;
    }
    return accepted >= 0;
    // end::descriptors[]
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
