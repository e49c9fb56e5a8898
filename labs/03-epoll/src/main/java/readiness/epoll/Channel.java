package readiness.epoll;

/** Something with a descriptor that the loop watches. */
abstract sealed class Channel permits Connection, Listener, WakeUp {
  final int fd;

  /** Comes back with each event for this channel, and with no other's. */
  final long token;

  /** The loop has been asked to let it go on, and has not done so yet. */
  boolean putOff;

  Channel(int fd, int generation) {
    this.fd = fd;
    this.token = Token.of(fd, generation);
  }

  /**
   * The kernel has reported something.
   *
   * @param events what: EPOLLIN, EPOLLOUT, EPOLLERR, EPOLLHUP, several of them at once
   */
  abstract void ready(int events);

  /**
   * Goes on with what it was put off with, unless it is closed by now: {@link EventLoop#putOff}.
   */
  void goOn() {}

  /** Closes the descriptor, and gives back what the channel holds. */
  abstract void close();
}
