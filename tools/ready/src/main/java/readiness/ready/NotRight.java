package readiness.ready;

/** The environment is not right: what is wrong, and how to mend it. Ends the command with 3. */
final class NotRight extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String mend;

  NotRight(String what, String mend) {
    super(what);
    this.mend = mend;
  }

  String mend() {
    return mend;
  }
}
