package readiness.serialization;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

  // tag::json-write[]
  /** Where the next value or name would stand. */
  private enum Place {
    /** Nothing is written. */
    BEGINNING,
    /** In an array, before its first element. */
    ARRAY,
    /** In an array, behind an element. */
    ELEMENT,
    /** In an object, before its first name. */
    OBJECT,
    /** In an object, behind a name. */
    NAME,
    /** In an object, behind a value. */
    MEMBER,
    /** The one value is written. */
    END
  }

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x80 * ONES;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** A sign and nineteen digits: how long a number of 64 bits can get. */
  private static final int MAX_DIGITS = 20;

  /** The first four of the six bytes that a control character takes. */
  private static final byte[] CONTROL = {'\\', 'u', '0', '0'};

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(ISO_8859_1);

  /** What follows the backslash for a character below U+0020; 0 if it has no short form. */
  private static final byte[] SHORT_FORMS = shortForms();

  private final JsonNesting nesting = new JsonNesting();
  private Place place = Place.BEGINNING;

  // end::json-write[]

  /** Writes one message into {@code out}, behind what is there. */
  public JsonWriter(ByteWriter out) {
    this.out = out;
  }

  // tag::json-write[]
  private static byte[] shortForms() {
    byte[] forms = new byte[' '];
    forms['\b'] = 'b';
    forms['\t'] = 't';
    forms['\n'] = 'n';
    forms['\f'] = 'f';
    forms['\r'] = 'r';
    return forms;
  }

  // end::json-write[]

  /**
   * An opening brace: names and values follow, in turns.
   *
   * @throws IllegalStateException if no value may stand here, or 512 objects and arrays are open
   */
  public JsonWriter beginObject() {
    // tag::json-write[]
    begin(true);
    out.writeByte('{');
    place = Place.OBJECT;
    return this;
    // end::json-write[]
  }

  /**
   * The closing brace of the innermost object.
   *
   * @throws IllegalStateException if an array is the innermost, nothing is open, or a name has no
   *     value yet
   */
  public JsonWriter endObject() {
    // tag::json-write[]
    if (place != Place.OBJECT && place != Place.MEMBER) {
      throw misuse("the end of an object");
    }
    nesting.pop();
    out.writeByte('}');
    return written();
    // end::json-write[]
  }

  /**
   * An opening bracket: values follow.
   *
   * @throws IllegalStateException if no value may stand here, or 512 objects and arrays are open
   */
  public JsonWriter beginArray() {
    // tag::json-write[]
    begin(false);
    out.writeByte('[');
    place = Place.ARRAY;
    return this;
    // end::json-write[]
  }

  /**
   * The closing bracket of the innermost array.
   *
   * @throws IllegalStateException if an object is the innermost, or nothing is open
   */
  public JsonWriter endArray() {
    // tag::json-write[]
    if (place != Place.ARRAY && place != Place.ELEMENT) {
      throw misuse("the end of an array");
    }
    nesting.pop();
    out.writeByte(']');
    return written();
    // end::json-write[]
  }

  /**
   * The name of the value that follows.
   *
   * @throws IllegalStateException if no name may stand here
   * @throws IllegalArgumentException if a surrogate stands alone in it; nothing is written then
   */
  public JsonWriter name(String name) {
    // tag::json-write[]
    requireName();
    byte[] text = Utf8.encode(name);
    comma();
    writeString(text);
    out.writeByte(':');
    place = Place.NAME;
    return this;
    // end::json-write[]
  }

  /**
   * The name of the value that follows, one that was made ready before.
   *
   * @throws IllegalStateException if no name may stand here
   */
  public JsonWriter name(JsonName name) {
    // tag::json-write[]
    requireName();
    comma();
    out.writeBytes(name.quoted);
    place = Place.NAME;
    return this;
    // end::json-write[]
  }

  /**
   * A string.
   *
   * @throws IllegalStateException if no value may stand here
   * @throws IllegalArgumentException if a surrogate stands alone in it: no UTF-8 says that. Nothing
   *     is written then
   */
  public JsonWriter value(String value) {
    // tag::json-write[]
    requireValue();
    byte[] text = Utf8.encode(value);
    comma();
    writeString(text);
    return written();
    // end::json-write[]
  }

  /**
   * A whole number, in full. Not every reader takes it in full: many, and JavaScript is one, make a
   * {@code double} of it, which is exact up to 2⁵³ (RFC 8259, section 6).
   *
   * @throws IllegalStateException if no value may stand here
   */
  public JsonWriter value(long value) {
    // tag::json-write[]
    requireValue();
    comma();
    writeLong(value);
    return written();
    // end::json-write[]
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
    // tag::json-write[]
    requireValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    comma();
    out.writeBytes(Double.toString(value).getBytes(ISO_8859_1));
    return written();
    // end::json-write[]
  }

  /**
   * {@code true} or {@code false}.
   *
   * @throws IllegalStateException if no value may stand here
   */
  public JsonWriter value(boolean value) {
    // tag::json-write[]
    return literal(value ? TRUE : FALSE);
    // end::json-write[]
  }

  /**
   * {@code null}.
   *
   * @throws IllegalStateException if no value may stand here
   */
  public JsonWriter nullValue() {
    // tag::json-write[]
    return literal(NULL);
    // end::json-write[]
  }

  /**
   * To be called at the end.
   *
   * @throws IllegalStateException unless exactly one value was written and all that was opened is
   *     closed
   */
  public void finish() {
    // tag::json-write[]
    if (place != Place.END) {
      throw misuse("the end of the message");
    }
    // end::json-write[]
  }

  // tag::json-write[]
  private void begin(boolean object) {
    requireValue();
    if (nesting.isFull()) {
      throw new IllegalStateException(
          "%d objects and arrays are open, and no more may be".formatted(nesting.depth()));
    }
    comma();
    nesting.push(object);
  }

  private JsonWriter literal(byte[] literal) {
    requireValue();
    comma();
    out.writeBytes(literal);
    return written();
  }

  private void requireValue() {
    if (place == Place.OBJECT || place == Place.MEMBER || place == Place.END) {
      throw misuse("a value");
    }
  }

  private void requireName() {
    if (place != Place.OBJECT && place != Place.MEMBER) {
      throw misuse("a name");
    }
  }

  private IllegalStateException misuse(String what) {
    return new IllegalStateException(
        switch (place) {
          case BEGINNING -> what + " where nothing is written yet";
          case ARRAY, ELEMENT -> what + " in an array";
          case OBJECT, MEMBER -> what + " in an object, where a name or its end has to follow";
          case NAME -> what + " behind a name, where its value has to follow";
          case END -> what + " behind the one value that a message has";
        });
  }

  /** Only what stands behind another one of its kind has a comma before it. */
  private void comma() {
    if (place == Place.ELEMENT || place == Place.MEMBER) {
      out.writeByte(',');
    }
  }

  /** Now a value is written; what may follow depends on what it stands in. */
  private JsonWriter written() {
    if (nesting.depth() == 0) {
      place = Place.END;
    } else {
      place = nesting.inObject() ? Place.MEMBER : Place.ELEMENT;
    }
    return this;
  }

  private void writeString(byte[] text) {
    out.ensure(text.length + 2);
    out.writeByte('"');
    int copied = 0;
    int at = nextEscape(text, 0);
    while (at < text.length) {
      append(text, copied, at);
      escape(text[at]);
      copied = at + 1;
      at = nextEscape(text, copied);
    }
    append(text, copied, at);
    out.writeByte('"');
  }

  private void append(byte[] text, int from, int to) {
    int count = to - from;
    out.ensure(count);
    System.arraycopy(text, from, out.bytes, out.length, count);
    out.length += count;
  }

  private void escape(byte each) {
    if (each >= ' ') {
      out.writeByte('\\');
      out.writeByte(each);
    } else if (SHORT_FORMS[each] != 0) {
      out.writeByte('\\');
      out.writeByte(SHORT_FORMS[each]);
    } else {
      out.writeBytes(CONTROL);
      out.writeByte(HEX[each >> 4]);
      out.writeByte(HEX[each & 0xf]);
    }
  }

  /**
   * The next byte that must not stand in a string as it is; the length if there is none. All bytes
   * of a character beyond ASCII are negative, so none of them is taken for something else.
   */
  private static int nextEscape(byte[] text, int from) {
    int at = from;
    for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
      long found = mustEscape(ByteReader.word(text, at));
      if (found != 0) {
        return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (at < text.length && (text[at] < 0 || text[at] >= ' ') && !quotes(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean quotes(byte each) {
    return each == '"' || each == '\\';
  }

  /**
   * Eight bytes at once: the high bit of each that has to be escaped. Subtracting borrows from the
   * high bit of a byte that is smaller; what a byte borrows from the next one above makes no
   * difference to the lowest that is found.
   */
  private static long mustEscape(long word) {
    long control = word - ' ' * ONES;
    long quote = (word ^ '"' * ONES) - ONES;
    long backslash = (word ^ '\\' * ONES) - ONES;
    return (control | quote | backslash) & ~word & HIGH_BITS;
  }

  private void writeLong(long value) {
    out.ensure(MAX_DIGITS);
    if (value < 0) {
      out.bytes[out.length++] = '-';
    }
    // Of the two signs, the negative one has a number more: −2⁶³ has no positive counterpart.
    long rest = value < 0 ? value : -value;
    int end = out.length + digits(rest);
    for (int at = end - 1; at >= out.length; at--) {
      out.bytes[at] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    out.length = end;
  }

  /** How many digits a number has that is 0 or less. */
  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest <= -10; rest /= 10) {
      digits++;
    }
    return digits;
  }
  // end::json-write[]
}
