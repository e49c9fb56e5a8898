package readiness.serialization;

import org.jspecify.annotations.Nullable;

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

  // tag::json-read[]
  /** What may come next. */
  private enum Expected {
    /** A value. */
    VALUE,
    /** The first element of an array, or its end. */
    ELEMENT_OR_END,
    /** The first name in an object, or its end. */
    NAME_OR_END,
    /** A comma and what follows it, or the end of what is open. */
    COMMA_OR_END,
    /** Nothing: one value was read. */
    NOTHING
  }

  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = 0x80 * ONES;

  /** So many decimal digits always fit into a long. */
  private static final int SAFE_DIGITS = 18;

  /** Whole numbers up to here are doubles, all of them. */
  private static final long EXACT = 1L << 53;

  /** The powers of ten that are doubles exactly. */
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final JsonNesting nesting = new JsonNesting();
  private Expected expected = Expected.VALUE;
  private JsonToken token = JsonToken.END;

  /** Where the last token is, a string's with its quotation marks. */
  private int from;

  private int to;

  /**
   * The text of a string or name that is not plain ASCII or has an escape: whether that is good is
   * known only when it is read, so it is read at once. All others are good as they stand, and
   * become a {@code String} when somebody asks.
   */
  private @Nullable String decoded;

  /** Strings without their escapes. */
  private byte[] unescaped = {};

  // end::json-read[]

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
    // tag::json-read[]
    decoded = null;
    int at = skipSpace(in.position);
    token =
        switch (expected) {
          case VALUE -> value(at);
          case ELEMENT_OR_END -> is(at, ']') ? end(at, JsonToken.END_ARRAY) : value(at);
          case NAME_OR_END -> is(at, '}') ? end(at, JsonToken.END_OBJECT) : name(at);
          case COMMA_OR_END -> commaOrEnd(at);
          case NOTHING -> nothing(at);
        };
    return token;
    // end::json-read[]
  }

  /**
   * Reads the next token.
   *
   * @param wanted what has to come
   * @throws MalformedJsonException if something else comes
   */
  public void expect(JsonToken wanted) {
    // tag::json-read[]
    next();
    require(wanted);
    // end::json-read[]
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
    // tag::json-read[]
    if (token == JsonToken.NAME) {
      next();
    }
    if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
      int outside = nesting.depth() - 1;
      while (nesting.depth() > outside) {
        next();
      }
    }
    // end::json-read[]
  }

  /**
   * Whether the last token is this name, however it was written: {@code "id"} or <code>"\</code>
   * {@code u0069d"}.
   *
   * @throws MalformedJsonException if it is no name
   */
  public boolean nameIs(JsonName name) {
    // tag::json-read[]
    require(JsonToken.NAME);
    return decoded == null
        ? name.matches(in.bytes, from + 1, to - from - 2)
        : decoded.equals(name.text());
    // end::json-read[]
  }

  /**
   * What the last token says: the text of a string or a name without quotation marks and escapes; a
   * number as it was written, for those who want it exactly.
   *
   * @throws MalformedJsonException if it is something else
   */
  public String text() {
    // tag::json-read[]
    if (token == JsonToken.NUMBER) {
      return Utf8.decode(in.bytes, from, to - from);
    }
    if (token != JsonToken.NAME) {
      require(JsonToken.STRING);
    }
    return decoded == null ? Utf8.decode(in.bytes, from + 1, to - from - 2) : decoded;
    // end::json-read[]
  }

  /**
   * The whole number that the last token is. It has to be written as one: {@code 1.0} and {@code
   * 1e2} are refused; {@code -0} is 0.
   *
   * @throws MalformedJsonException if it is something else, or does not fit into 64 bits
   */
  public long longValue() {
    // tag::json-read[]
    require(JsonToken.NUMBER);
    boolean negative = in.bytes[from] == '-';
    // Negative all along: of the two signs, it has a number more.
    long value = 0;
    for (int at = negative ? from + 1 : from; at < to; at++) {
      int digit = in.bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw malformed("a whole number should stand here");
      }
      // −2⁶³ is −922337203685477580 · 10 − 8.
      if (value < Long.MIN_VALUE / 10 || value == Long.MIN_VALUE / 10 && digit > 8) {
        throw malformed("a number that does not fit into 64 bits");
      }
      value = 10 * value - digit;
    }
    if (value == Long.MIN_VALUE && !negative) {
      throw malformed("a number that does not fit into 64 bits");
    }
    return negative ? value : -value;
    // end::json-read[]
  }

  /**
   * The same for 32 bits.
   *
   * @throws MalformedJsonException if it is something else, or does not fit into 32 bits
   */
  public int intValue() {
    // tag::json-read[]
    long value = longValue();
    if (value != (int) value) {
      throw malformed("a number that does not fit into 32 bits");
    }
    return (int) value;
    // end::json-read[]
  }

  /**
   * The double next to the number that the last token is (of two as near, the one whose last bit is
   * 0), so 0 for one that is too small; {@code -0} is −0.0.
   *
   * @throws MalformedJsonException if it is no number, or so large that it would become infinite
   */
  public double doubleValue() {
    // tag::json-read[]
    require(JsonToken.NUMBER);
    byte[] bytes = in.bytes;
    boolean negative = bytes[from] == '-';
    int at = negative ? from + 1 : from;
    long digits = 0;
    int count = 0;
    int exponent = 0;
    boolean fraction = false;
    for (; at < to && (bytes[at] | 0x20) != 'e'; at++) {
      if (bytes[at] == '.') {
        fraction = true;
      } else {
        digits = 10 * digits + (bytes[at] - '0');
        count++;
        exponent -= fraction ? 1 : 0;
      }
    }
    // Two doubles that are exact make one rounding, which is the right one (Clinger 1990).
    if (at == to && count <= SAFE_DIGITS && digits <= EXACT && -exponent < POWERS_OF_TEN.length) {
      double value = digits / POWERS_OF_TEN[-exponent];
      return negative ? -value : value;
    }
    double value = Double.parseDouble(text());
    if (Double.isInfinite(value)) {
      throw malformed("a number beyond the largest double");
    }
    return value;
    // end::json-read[]
  }

  /** How many objects and arrays are open. */
  public int depth() {
    // tag::json-read[]
    return nesting.depth();
    // end::json-read[]
  }

  /** Where the last token begins, in bytes from the beginning of the message. */
  public int position() {
    // tag::json-read[]
    return from;
    // end::json-read[]
  }

  /** Where the last token ends: the first byte behind it, of a name that before its colon. */
  public int end() {
    // tag::json-read[]
    return to;
    // end::json-read[]
  }

  /** The failure of this message, to be thrown, at the last token. */
  public MalformedJsonException malformed(String reason) {
    // tag::json-read[]
    return malformed(from, reason);
    // end::json-read[]
  }

  // tag::json-read[]
  private MalformedJsonException malformed(int at, String reason) {
    return MalformedJsonException.at(in.bytes, start, at, reason);
  }

  private MalformedJsonException unexpected(int at, String wanted) {
    return malformed(at, "%s should follow, and %s does".formatted(wanted, found(at)));
  }

  private String found(int at) {
    if (at >= in.limit) {
      return "nothing";
    }
    byte found = in.bytes[at];
    return found > ' ' && found < 0x7f ? "'%c'".formatted(found) : "byte %02x".formatted(found);
  }

  private void require(JsonToken wanted) {
    if (token != wanted) {
      throw malformed("%s should stand here, and it is %s".formatted(wanted, token));
    }
  }

  private boolean is(int at, char wanted) {
    return at < in.limit && in.bytes[at] == wanted;
  }

  /** The first byte from here that is no white space (section 2), or the limit. */
  private int skipSpace(int at) {
    byte[] bytes = in.bytes;
    while (at < in.limit
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  private JsonToken commaOrEnd(int at) {
    boolean object = nesting.inObject();
    if (is(at, ',')) {
      int next = skipSpace(at + 1);
      return object ? name(next) : value(next);
    }
    if (object) {
      return is(at, '}') ? end(at, JsonToken.END_OBJECT) : wrong(at, "a comma or '}'");
    }
    return is(at, ']') ? end(at, JsonToken.END_ARRAY) : wrong(at, "a comma or ']'");
  }

  private JsonToken wrong(int at, String wanted) {
    throw unexpected(at, wanted);
  }

  private JsonToken nothing(int at) {
    if (at < in.limit) {
      throw unexpected(at, "nothing");
    }
    return token(at, at, JsonToken.END);
  }

  /** Notes where a token is; what comes behind it is read next. */
  private JsonToken token(int from, int to, JsonToken token) {
    this.from = from;
    this.to = to;
    in.position = to;
    return token;
  }

  private JsonToken value(int at) {
    if (at >= in.limit) {
      throw unexpected(at, "a value");
    }
    return switch (in.bytes[at]) {
      case '{' -> begin(at, JsonToken.BEGIN_OBJECT);
      case '[' -> begin(at, JsonToken.BEGIN_ARRAY);
      case '"' -> valueRead(at, string(at), JsonToken.STRING);
      case 't' -> valueRead(at, literal(at, "true"), JsonToken.TRUE);
      case 'f' -> valueRead(at, literal(at, "false"), JsonToken.FALSE);
      case 'n' -> valueRead(at, literal(at, "null"), JsonToken.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
          valueRead(at, number(at), JsonToken.NUMBER);
      default -> throw unexpected(at, "a value");
    };
  }

  private JsonToken valueRead(int from, int to, JsonToken token) {
    expected = nesting.depth() == 0 ? Expected.NOTHING : Expected.COMMA_OR_END;
    return token(from, to, token);
  }

  private JsonToken begin(int at, JsonToken token) {
    if (nesting.isFull()) {
      throw malformed(at, "more than %d objects and arrays are open".formatted(nesting.depth()));
    }
    boolean object = token == JsonToken.BEGIN_OBJECT;
    nesting.push(object);
    expected = object ? Expected.NAME_OR_END : Expected.ELEMENT_OR_END;
    return token(at, at + 1, token);
  }

  private JsonToken end(int at, JsonToken token) {
    nesting.pop();
    return valueRead(at, at + 1, token);
  }

  private JsonToken name(int at) {
    if (!is(at, '"')) {
      throw unexpected(at, "a name");
    }
    int end = string(at);
    int colon = skipSpace(end);
    if (!is(colon, ':')) {
      throw unexpected(colon, "a colon");
    }
    token(at, end, JsonToken.NAME);
    in.position = colon + 1;
    expected = Expected.VALUE;
    return JsonToken.NAME;
  }

  private int literal(int at, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (!is(at + i, literal.charAt(i))) {
        throw unexpected(at + i, "the rest of " + literal);
      }
    }
    return at + literal.length();
  }

  /** Looks at a number from its first byte on, and says where it ends (section 6). */
  private int number(int from) {
    int at = is(from, '-') ? from + 1 : from;
    if (is(at, '0')) {
      at++;
      if (isDigit(at)) {
        throw malformed(at, "a number that begins with 0 has no digit behind it");
      }
    } else {
      at = digits(at);
    }
    if (is(at, '.')) {
      at = digits(at + 1);
    }
    if (is(at, 'e') || is(at, 'E')) {
      at++;
      at = digits(is(at, '+') || is(at, '-') ? at + 1 : at);
    }
    if (at - from > MAX_NUMBER) {
      throw malformed(from, "a number of more than %,d bytes".formatted(MAX_NUMBER));
    }
    return at;
  }

  /** One digit or more. */
  private int digits(int from) {
    if (!isDigit(from)) {
      throw unexpected(from, "a digit");
    }
    int at = from + 1;
    while (isDigit(at)) {
      at++;
    }
    return at;
  }

  private boolean isDigit(int at) {
    return at < in.limit && in.bytes[at] >= '0' && in.bytes[at] <= '9';
  }

  /** Reads a string from its first quotation mark on, and says where it ends (section 7). */
  private int string(int from) {
    byte[] bytes = in.bytes;
    int limit = in.limit;
    boolean escapes = false;
    boolean beyondAscii = false;
    int at = from + 1;
    while (true) {
      at = nextStop(bytes, at, limit);
      if (at >= limit) {
        throw unexpected(limit, "the end of a string");
      }
      if (bytes[at] == '"') {
        break;
      } else if (bytes[at] == '\\') {
        escapes = true;
        // Whatever it is, it does not end the string; what it is, unescape looks at.
        at += 2;
      } else if (bytes[at] < 0) {
        beyondAscii = true;
        do {
          at++;
        } while (bytes[at] < 0);
      } else {
        throw malformed(at, "byte %02x has to be escaped in a string".formatted(bytes[at]));
      }
    }
    if (at - from - 1 > MAX_STRING) {
      throw malformed(from, "a string of more than %,d bytes".formatted(MAX_STRING));
    }
    if (beyondAscii || escapes) {
      decoded = decode(from + 1, at, beyondAscii, escapes);
    }
    return at + 1;
  }

  /**
   * The next byte of a string that is not plain: a quotation mark, a backslash, a control character
   * or one of several bytes; the limit, or more, if there is none. Eight bytes at once: a
   * subtraction borrows from the high bit of each byte that is too small, and what it borrows from
   * the next one above makes no difference to the lowest that is found.
   */
  private static int nextStop(byte[] bytes, int from, int limit) {
    for (int at = from; at < limit; at += Long.BYTES) {
      long word = ByteReader.word(bytes, at);
      long control = word - ' ' * ONES;
      long quote = (word ^ '"' * ONES) - ONES;
      long backslash = (word ^ '\\' * ONES) - ONES;
      long stops = (word | control | quote | backslash) & HIGH_BITS;
      if (stops != 0) {
        return at + Long.numberOfTrailingZeros(stops) / Byte.SIZE;
      }
    }
    return limit;
  }

  /** The text of a string, between its quotation marks. */
  private String decode(int from, int to, boolean beyondAscii, boolean escapes) {
    if (beyondAscii) {
      String text;
      try {
        text = Utf8.decode(in.bytes, from, to - from);
      } catch (MalformedException e) {
        throw malformed(e.position(), e.reason());
      }
      if (!escapes) {
        return text;
      }
    }
    return unescape(from, to);
  }

  /** What comes out is never longer than what goes in: the longest escape is 6 bytes for 3. */
  private String unescape(int from, int to) {
    if (unescaped.length < to - from) {
      unescaped = new byte[to - from];
    }
    int length = 0;
    int at = from;
    while (at < to) {
      int run = at;
      while (at < to && in.bytes[at] != '\\') {
        at++;
      }
      System.arraycopy(in.bytes, run, unescaped, length, at - run);
      length += at - run;
      if (at < to) {
        int character = escaped(at);
        at += in.bytes[at + 1] != 'u' ? 2 : character > Character.MAX_VALUE ? 12 : 6;
        length = put(character, length);
      }
    }
    return Utf8.decode(unescaped, 0, length);
  }

  /** The character (code point) of the escape that begins here. */
  private int escaped(int at) {
    byte kind = in.bytes[at + 1];
    return switch (kind) {
      case '"', '\\', '/' -> kind;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = hex(at + 2);
        if (!Character.isSurrogate((char) unit)) {
          yield unit;
        }
        yield pair(at, unit);
      }
      default -> throw malformed(at + 1, "a backslash and then " + found(at + 1) + " is no escape");
    };
  }

  /** Of a character beyond U+FFFF, two escapes follow each other, its surrogates. */
  private int pair(int at, int high) {
    if (in.bytes[at + 6] == '\\' && in.bytes[at + 7] == 'u') {
      int low = hex(at + 8);
      if (Character.isSurrogatePair((char) high, (char) low)) {
        return Character.toCodePoint((char) high, (char) low);
      }
    }
    throw malformed(at, "a surrogate without its other half: U+%04X".formatted(high));
  }

  private int hex(int from) {
    int unit = 0;
    for (int at = from; at < from + 4; at++) {
      int digit = Character.digit(in.bytes[at], 16);
      if (digit < 0) {
        throw malformed(at, found(at) + " is no hexadecimal digit");
      }
      unit = unit << 4 | digit;
    }
    return unit;
  }

  /** Appends a character to {@link #unescaped} as UTF-8 has it (RFC 3629, section 3). */
  private int put(int character, int length) {
    if (character < 0x80) {
      unescaped[length++] = (byte) character;
    } else if (character < 0x800) {
      unescaped[length++] = (byte) (0xc0 | character >> 6);
      unescaped[length++] = continuation(character);
    } else if (character < 0x1_0000) {
      unescaped[length++] = (byte) (0xe0 | character >> 12);
      unescaped[length++] = continuation(character >> 6);
      unescaped[length++] = continuation(character);
    } else {
      unescaped[length++] = (byte) (0xf0 | character >> 18);
      unescaped[length++] = continuation(character >> 12);
      unescaped[length++] = continuation(character >> 6);
      unescaped[length++] = continuation(character);
    }
    return length;
  }

  private static byte continuation(int character) {
    return (byte) (0x80 | character & 0x3f);
  }
  // end::json-read[]
}
