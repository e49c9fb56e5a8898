package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * Writes JSON (RFC 8259), in UTF-8 and without white space, straight into bytes.
 *
 * <pre>
 *   json.beginObject();
 *   json.name("id").value(7);
 *   json.name("emails").beginArray().value("a@b.example").endArray();
 *   json.endObject().finish();            // {"id":7,"emails":["a@b.example"]}
 * </pre>
 *
 * <p>In a string, what section 7 asks for is escaped and nothing else: the quotation mark, the
 * backslash and the control characters below U+0020, these as {@code \b \t \n \f \r} where there is
 * such a form and as <code>\</code>{@code u001F} where not. A slash stays as it is, also in {@code
 * </script>}: who puts JSON into a page of HTML has to escape it for HTML. So do U+2028 and U+2029,
 * and U+007F. The same name twice in an object is the caller's fault and is not noticed.
 *
 * <p>A call that would make something else than JSON is refused with an {@link
 * IllegalStateException}, before a byte of it is written. For one message; belongs to one thread.
 */
public final class JsonWriter {
  private final ByteWriter out;

  /** Writes one message into {@code out}, behind what is there. */
  public JsonWriter(ByteWriter out) {
    this.out = out;
  }

  /**
   * An opening brace: names and values follow, in turns.
   *
   * @throws IllegalStateException if no value may stand here, or 512 objects and arrays are open
   */
  public JsonWriter beginObject() {
    throw new NotYet("json-write");
  }

  /**
   * The closing brace of the innermost object.
   *
   * @throws IllegalStateException if an array is the innermost, nothing is open, or a name has no
   *     value yet
   */
  public JsonWriter endObject() {
    throw new NotYet("json-write");
  }

  /**
   * An opening bracket: values follow.
   *
   * @throws IllegalStateException if no value may stand here, or 512 objects and arrays are open
   */
  public JsonWriter beginArray() {
    throw new NotYet("json-write");
  }

  /**
   * The closing bracket of the innermost array.
   *
   * @throws IllegalStateException if an object is the innermost, or nothing is open
   */
  public JsonWriter endArray() {
    throw new NotYet("json-write");
  }

  /**
   * The name of the value that follows.
   *
   * @throws IllegalStateException if no name may stand here
   * @throws IllegalArgumentException if a surrogate stands alone in it; nothing is written then
   */
  public JsonWriter name(String name) {
    throw new NotYet("json-write");
  }

  /**
   * The name of the value that follows, one that was made ready before.
   *
   * @throws IllegalStateException if no name may stand here
   */
  public JsonWriter name(JsonName name) {
    throw new NotYet("json-write");
  }

  /**
   * A string.
   *
   * @throws IllegalStateException if no value may stand here
   * @throws IllegalArgumentException if a surrogate stands alone in it: no UTF-8 says that. Nothing
   *     is written then
   */
  public JsonWriter value(String value) {
    throw new NotYet("json-write");
  }

  /**
   * A whole number, in full. Not every reader takes it in full: many, and JavaScript is one, make a
   * {@code double} of it, which is exact up to 2⁵³ (RFC 8259, section 6).
   *
   * @throws IllegalStateException if no value may stand here
   */
  public JsonWriter value(long value) {
    throw new NotYet("json-write");
  }

  /**
   * A number in the shortest form that is read back as the same {@code double}, as {@link
   * Double#toString(double)} has it: {@code 0.1}, {@code 1.0E10}, {@code -0.0}.
   *
   * @throws IllegalStateException if no value may stand here
   * @throws IllegalArgumentException if it is infinite or not a number, which JSON cannot say (RFC
   *     8259, section 6); nothing is written then
   */
  public JsonWriter value(double value) {
    throw new NotYet("json-write");
  }

  /**
   * {@code true} or {@code false}.
   *
   * @throws IllegalStateException if no value may stand here
   */
  public JsonWriter value(boolean value) {
    throw new NotYet("json-write");
  }

  /**
   * {@code null}.
   *
   * @throws IllegalStateException if no value may stand here
   */
  public JsonWriter nullValue() {
    throw new NotYet("json-write");
  }

  /**
   * To be called at the end.
   *
   * @throws IllegalStateException unless exactly one value was written and all that was opened is
   *     closed
   */
  public void finish() {
    throw new NotYet("json-write");
  }
}
