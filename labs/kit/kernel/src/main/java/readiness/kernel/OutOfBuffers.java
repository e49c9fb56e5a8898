package readiness.kernel;

/**
 * {@link Buffers} lend no more: what they may lend at once is lent. Not the end of the memory, but
 * of what was set aside; whoever asked goes without, and what others hold is theirs still.
 *
 * <p>Carries no stack trace: it is thrown when there are many connections, and not once.
 */
public final class OutOfBuffers extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param wanted how many bytes were asked for
   * @param lent how many are lent
   * @param limit how many may be
   */
  public OutOfBuffers(long wanted, long lent, long limit) {
    super(
        "no buffer of %s bytes: %s of at most %s bytes are lent".formatted(wanted, lent, limit),
        null,
        false,
        false);
  }
}
