package readiness.measure;

/** A process does not answer: it has ended, or says why not. */
public final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoAnswer(String message) {
    super(message);
  }
}
