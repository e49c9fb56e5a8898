package readiness.bench;

/** Why nothing is measured, in words for the reader, and the exit code that goes with it. */
public final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is measured does not work. */
  public static final int FAILS = 1;

  /** The environment is not right. */
  public static final int NOT_RIGHT = 3;

  private final int status;

  public Stopped(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
