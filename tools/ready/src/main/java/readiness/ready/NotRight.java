package readiness.ready;

/** The environment is not right: what is wrong, and how to mend it. Ends the command with 3. */
public final class NotRight extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String mend;

  /** Says {@code what} is wrong, and how to {@code mend} it. */
  public NotRight(String what, String mend) {
    super(what);
    this.mend = mend;
  }

  /** How to mend it. */
  public String mend() {
    return mend;
  }
}
