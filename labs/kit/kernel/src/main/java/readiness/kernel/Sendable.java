package readiness.kernel;

/**
 * What is to be sent on a socket, as far as the socket takes it at a time: bytes in memory, several
 * pieces gathered, a part of a file. The role is stated here so that the event loop need not know
 * how the bytes leave, and those who know it need no event loop.
 *
 * <p>Belongs to one thread at a time. Whoever was given it owns it, and closes it.
 */
public interface Sendable extends AutoCloseable {
  /** How many bytes have not left yet. At 0 there is nothing more to do than to close. */
  long remaining();

  /**
   * Makes one system call that sends from the first remaining byte on. Called while {@link
   * #remaining} is more than 0.
   *
   * @param sockets the calls, of the thread that asks
   * @param fd a connected socket, non-blocking where the caller must not wait
   * @return how many bytes the socket took, which are no longer {@link #remaining}; or the negated
   *     errno: {@code -EAGAIN} if there is no room, anything else if it cannot be sent
   */
  long sendTo(Sockets sockets, int fd);

  /** Gives back what it holds, sent or not. Once. */
  @Override
  void close();
}
