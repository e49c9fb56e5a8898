package readiness.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a loop still has to do. A loop that sleeps for ever may be right, since it has done
 * everything; or it has forgotten something, and then that is what the reader should be told.
 */
final class Outstanding {
  /**
   * Something that waits.
   *
   * @param what as in "the loop sleeps for ever while …"
   * @param expected what should have been done about it
   */
  record Work(String what, String expected) {}

  private final DescriptorTable descriptors;
  private final List<Peer> peers;

  Outstanding(DescriptorTable descriptors, List<Peer> peers) {
    this.descriptors = descriptors;
    this.peers = peers;
  }

  /** The first thing that waits, or null if all is done. */
  @Nullable Work find() {
    for (int fd = 0; fd < descriptors.end(); fd++) {
      if (descriptors.get(fd) instanceof SimSocket socket && isTheLoops(socket)) {
        Work work = socket.isListening() ? ofListener(fd, socket) : ofConnection(fd, socket);
        if (work != null) {
          return work;
        }
      }
    }
    for (Peer each : peers) {
      if (!each.done()) {
        return new Work(
            each.waitingFor(),
            "the script of every peer comes to its end, %s's too".formatted(each.name()));
      }
    }
    return null;
  }

  /** A test may have sockets of its own in the same simulation, which nobody waits for. */
  private static boolean isTheLoops(SimSocket socket) {
    return socket.accepted() || !socket.watchers().isEmpty();
  }

  private @Nullable Work ofListener(int fd, SimSocket listener) {
    int waiting = listener.queue().size();
    // A loop that has no descriptor left, or has asked not to be told, cannot or will not accept.
    if (waiting == 0 || descriptors.full() || isPaused(listener)) {
      return null;
    }
    return new Work(
        "%s connection%s to be accepted on fd %s%s"
            .formatted(waiting, waiting == 1 ? " waits" : "s wait", fd, registered(listener)),
        "every connection accepted");
  }

  private static boolean isPaused(SimSocket listener) {
    for (Watcher each : listener.watchers()) {
      if (each instanceof Registration registration && !registration.has(Epoll.EPOLLIN)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Work ofConnection(int fd, SimSocket socket) {
    int refused = socket.refused();
    if (refused > 0) {
      // Without room the loop waits for the peer, and has a right not to read meanwhile.
      return socket.writable()
          ? new Work(
              "%s bytes wait to be written on fd %s%s"
                  .formatted(Trace.number(refused), fd, registered(socket)),
              "EPOLLOUT asked for on fd %s, and the other %s bytes sent when it fires"
                  .formatted(fd, Trace.number(refused)))
          : null;
    }
    int unread = socket.unread();
    if (unread > 0) {
      return new Work(
          "%s bytes wait to be read on fd %s%s"
              .formatted(Trace.number(unread), fd, registered(socket)),
          "fd %s read until all that has arrived is taken".formatted(fd));
    }
    if (socket.error() != 0) {
      return new Work(
          "fd %s has failed with %s and nobody looks%s"
              .formatted(fd, Errno.name(socket.error()), registered(socket)),
          "fd %s closed: its connection is gone".formatted(fd));
    }
    if (socket.ended() && !socket.endSeen()) {
      return new Work(
          "the end of the peer's bytes waits to be read on fd %s%s"
              .formatted(fd, registered(socket)),
          "fd %s read until recv says 0".formatted(fd));
    }
    return null;
  }

  private static String registered(OpenFile file) {
    for (Watcher each : file.watchers()) {
      if (each instanceof Registration registration) {
        return registration.armed()
            ? " (registered for %s)".formatted(EventFlags.names(asked(registration)))
            : " (its one shot is spent, and it was not modified since)";
      }
    }
    return " (no epoll watches it)";
  }

  /** Without the two flags that the kernel adds by itself. */
  private static int asked(Registration registration) {
    return registration.events() & ~(Epoll.EPOLLERR | Epoll.EPOLLHUP);
  }
}
