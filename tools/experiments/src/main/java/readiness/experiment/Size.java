package readiness.experiment;

/** How much an experiment does. */
public enum Size {
  /** Enough to see orders of magnitude: a second or two. For tests. */
  SMALL,

  /** Some ten seconds at most: for a reader who waits. */
  SHORT,

  /** More rounds, and longer ones: for a figure of the book. */
  LONG;

  /** The one of three that belongs to this size. */
  public int of(int small, int usual, int large) {
    return switch (this) {
      case SMALL -> small;
      case SHORT -> usual;
      case LONG -> large;
    };
  }
}
