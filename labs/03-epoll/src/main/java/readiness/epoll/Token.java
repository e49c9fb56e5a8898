package readiness.epoll;

import readiness.kernel.NotYet;

/**
 * What a loop writes into the 64 bits that come back with each event: whose event it is.
 *
 * <pre>
 *   63            32 31             0
 *  | descriptor     | generation     |
 * </pre>
 *
 * <p>The descriptor alone would not do: the kernel gives its number to the next file as soon as it
 * is closed, while events for the old one may still lie in the array. The generation tells the two
 * apart.
 */
final class Token {
  private Token() {}

  /**
   * @param fd a descriptor, not negative
   * @param generation any number, also a negative one: a counter that has gone round
   */
  static long of(int fd, int generation) {
    throw new NotYet("event-array");
  }

  /** The descriptor in {@code token}. */
  static int fd(long token) {
    throw new NotYet("event-array");
  }

  /** The generation in {@code token}. */
  static int generation(long token) {
    throw new NotYet("event-array");
  }
}
