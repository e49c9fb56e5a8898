package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * Reads JSON as RFC 8259 has it, and nothing else, token by token out of UTF-8 bytes. Whoever calls
 * decides how to go on; nothing is kept of what was read, and nothing is called twice.
 *
 * <pre>
 *   json.expect(BEGIN_OBJECT);
 *   while (json.next() == NAME) {         // NAME or END_OBJECT: nothing else can come here
 *     if (json.nameIs(ID)) {
 *       json.next();
 *       id = json.intValue();
 *     } else {
 *       json.skip();
 *     }
 *   }
 *   json.expect(END);
 * </pre>
 *
 * <p>What the RFC leaves to a reader is decided here as follows.
 *
 * <ul>
 *   <li>Any value may be the whole text, also a number or a string (section 2).
 *   <li>A byte order mark is refused (section 8.1 allows that).
 *   <li>Names are reported as they come, also the same one twice; the caller decides (section 4).
 *   <li>At most 512 objects and arrays may be open, a string or name may have 4 MiB and a number
 *       1,000 bytes (section 9).
 *   <li>Numbers of any size are read; it is {@link #longValue} and {@link #doubleValue} that refuse
 *       what does not fit (section 6).
 *   <li>An escape that is half of a surrogate pair is refused (section 8.2 warns of it), and so is
 *       all that is no UTF-8.
 * </ul>
 *
 * <p>Whatever is wrong ends in a {@link MalformedJsonException} with line and column; then the
 * reader is of no more use. For one message; belongs to one thread.
 */
public final class JsonReader {
  /**
   * How long a string or a name may be: 4 MiB between its quotation marks, with its escapes. A
   * longer one is wrong at its first quotation mark.
   */
  public static final int MAX_STRING = 4 << 20;

  /**
   * How long a number may be, in bytes: to make a BigInteger of it takes more than in proportion. A
   * longer one is wrong at its first byte.
   */
  public static final int MAX_NUMBER = 1_000;

  private final ByteReader in;

  /** Where the text begins in the message: there is line 1, column 1. */
  private final int start;

  /** Reads what is left of {@code in}. */
  public JsonReader(ByteReader in) {
    this.in = in;
    this.start = in.position;
  }

  /**
   * Reads the next token. Commas and colons are not reported, but they have been looked for.
   *
   * <p>The sequence is always one of JSON: a name is followed by a value, whatever has begun ends,
   * and {@link JsonToken#END} comes when one value was read and nothing but white space is left,
   * then again and again.
   *
   * @throws MalformedJsonException if what comes is no JSON, or beyond a limit
   */
  public JsonToken next() {
    throw new NotYet("json-read");
  }

  /**
   * Reads the next token.
   *
   * @param wanted what has to come
   * @throws MalformedJsonException if something else comes
   */
  public void expect(JsonToken wanted) {
    throw new NotYet("json-read");
  }

  /**
   * Reads on until the value that has begun is read. It is checked as any other.
   *
   * <ul>
   *   <li>after a name: its value
   *   <li>after the beginning of an object or array: the rest of it
   *   <li>after any other token: nothing
   * </ul>
   *
   * @throws MalformedJsonException as {@link #next}
   */
  public void skip() {
    throw new NotYet("json-read");
  }

  /**
   * Whether the last token is this name, however it was written: {@code "id"} or <code>"\</code>
   * {@code u0069d"}.
   *
   * @throws MalformedJsonException if it is no name
   */
  public boolean nameIs(JsonName name) {
    throw new NotYet("json-read");
  }

  /**
   * What the last token says: the text of a string or a name without quotation marks and escapes; a
   * number as it was written, for those who want it exactly.
   *
   * @throws MalformedJsonException if it is something else
   */
  public String text() {
    throw new NotYet("json-read");
  }

  /**
   * The whole number that the last token is. It has to be written as one: {@code 1.0} and {@code
   * 1e2} are refused; {@code -0} is 0.
   *
   * @throws MalformedJsonException if it is something else, or does not fit into 64 bits
   */
  public long longValue() {
    throw new NotYet("json-read");
  }

  /**
   * The same for 32 bits.
   *
   * @throws MalformedJsonException if it is something else, or does not fit into 32 bits
   */
  public int intValue() {
    throw new NotYet("json-read");
  }

  /**
   * The double next to the number that the last token is (of two as near, the one whose last bit is
   * 0), so 0 for one that is too small; {@code -0} is −0.0.
   *
   * @throws MalformedJsonException if it is no number, or so large that it would become infinite
   */
  public double doubleValue() {
    throw new NotYet("json-read");
  }

  /** How many objects and arrays are open. */
  public int depth() {
    throw new NotYet("json-read");
  }

  /** Where the last token begins, in bytes from the beginning of the message. */
  public int position() {
    throw new NotYet("json-read");
  }

  /** Where the last token ends: the first byte behind it, of a name that before its colon. */
  public int end() {
    throw new NotYet("json-read");
  }

  /** The failure of this message, to be thrown, at the last token. */
  public MalformedJsonException malformed(String reason) {
    throw new NotYet("json-read");
  }
}
