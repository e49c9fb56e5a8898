package readiness.serialization;

/**
 * What becomes of a reader's field, over all messages that the writer can write: the worst that can
 * happen. They stand in the order of the harm that they do. A message that is refused is known to
 * be bad; a value that is silently another one is not.
 */
enum Outcome {
  /** Whatever was written is read. */
  READ("read"),

  /** The writer has no such field, and the reader finds none: it takes its default. */
  DEFAULT("default"),

  /** The writer has it, and the reader does not find it, or not where or as it looks for it. */
  LOST("lost"),

  /** What fits into the reader's type is read; what does not makes it refuse the message. */
  LIMITED("limited"),

  /** There are messages that are refused, though the reader's type could hold what was written. */
  REFUSED("refused"),

  /** What fits into the reader's type is read; of what does not, a part is, silently. */
  CUT("cut"),

  /** The reader finds something that was not written, or not as this field, silently. */
  MISREAD("misread");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** Whether nobody loses anything by it. */
  boolean safe() {
    return compareTo(LOST) < 0;
  }

  /** The one of two that does more harm. */
  Outcome or(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** As it stands in a table. */
  @Override
  public String toString() {
    return word;
  }
}
