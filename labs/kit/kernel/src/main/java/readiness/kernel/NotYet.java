package readiness.kernel;

/** Stands where a step is still to be written. */
public final class NotYet extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  private final String step;

  /**
   * @param step the id of the step that fills the gap, as in {@code ready check STEP}
   */
  public NotYet(String step) {
    super("not written yet: step " + step);
    this.step = step;
  }

  /** The id of the step that fills the gap. */
  public String step() {
    return step;
  }
}
