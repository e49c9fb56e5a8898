package readiness.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Stands where a step is still to be written.
 *
 * <p>The one that was thrown last is remembered: a server rightly catches what a handler throws and
 * answers 500, but its test wants to say "not written yet" and not "500".
 */
public final class NotYet extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  private static volatile @Nullable NotYet latest;

  private final String step;

  /**
   * @param step the id of the step that fills the gap, as in {@code ready check STEP}
   */
  public NotYet(String step) {
    super("not written yet: step " + step);
    this.step = step;
    latest = this;
  }

  /** The id of the step that fills the gap. */
  public String step() {
    return step;
  }

  /** The gap that was reached last, on any thread; null if none was since {@link #forget}. */
  public static @Nullable NotYet latest() {
    return latest;
  }

  /** Forgets the gap that was reached last. */
  public static void forget() {
    latest = null;
  }
}
