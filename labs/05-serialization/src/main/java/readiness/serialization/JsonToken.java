package readiness.serialization;

/** What a JSON text is made of (RFC 8259, section 2); a name comes with its colon. */
public enum JsonToken {
  /** An opening brace. */
  BEGIN_OBJECT("an object"),

  /** A closing brace. */
  END_OBJECT("the end of an object"),

  /** An opening bracket. */
  BEGIN_ARRAY("an array"),

  /** A closing bracket. */
  END_ARRAY("the end of an array"),

  /** A name in an object, and the colon behind it. */
  NAME("a name"),

  /** A string that is a value. */
  STRING("a string"),

  /** A number. */
  NUMBER("a number"),

  /** The literal {@code true}. */
  TRUE("true"),

  /** The literal {@code false}. */
  FALSE("false"),

  /** The literal {@code null}. */
  NULL("null"),

  /** Nothing more: the text has ended, with one value read. */
  END("the end");

  private final String words;

  JsonToken(String words) {
    this.words = words;
  }

  /** What it is called in a message: {@code "a name"}. */
  @Override
  public String toString() {
    return words;
  }
}
