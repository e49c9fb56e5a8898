package readiness.epoll;

import readiness.kernel.Sockets;

/**
 * A descriptor that is held for the moment when there is no other: given up, it makes room for one
 * accept4, by which somebody can be turned away who would otherwise wait at a door that nobody
 * opens. What it refers to does not matter; it is an eventfd(2).
 *
 * <p>Belongs to its loop's thread.
 */
final class Reserve {
  private static final int NONE = -1;

  private final Sockets sockets;
  private int fd = NONE;

  Reserve(Sockets sockets) {
    this.sockets = sockets;
  }

  /**
   * Takes the descriptor, if it is not held already.
   *
   * @return whether it is held now; false if somebody else was faster
   */
  boolean hold() {
    if (fd == NONE) {
      fd = Math.max(NONE, sockets.eventfd(0, Sockets.EFD_CLOEXEC));
    }
    return fd != NONE;
  }

  /**
   * Gives it up.
   *
   * @return whether there is a free descriptor now; false if it was not held
   */
  boolean release() {
    if (fd == NONE) {
      return false;
    }
    sockets.close(fd);
    fd = NONE;
    return true;
  }
}
