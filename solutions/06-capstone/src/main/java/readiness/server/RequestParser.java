package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Reads the head of an HTTP/1.1 request out of a range of memory (RFC 9112, sections 2 to 6), after
 * the manner of picohttpparser: a length, or why there is none.
 *
 * <pre>
 *             ┌── a line is not complete ──→ INCOMPLETE, come again with more
 *   line ─────┼── a line is not allowed ───→ BAD, {@link #status()} says which answer it gets
 *    ↑        ├── an empty line ───────────→ the head's length
 *    └────────┴── any other line
 * </pre>
 *
 * A head may come in any number of pieces. Each line is read once it is whole, and the parser
 * remembers how far it has looked, so a head that comes byte by byte costs hardly more looks than
 * one that comes at once.
 *
 * <p><b>Strict.</b> What a message ends with decides where the next one begins, so wherever two
 * readers of the same bytes could disagree, this one refuses: that is what request smuggling lives
 * on (RFC 9112, section 11.2).
 *
 * <p>Not final for one reason: a test overrides {@link #at} to count the looks.
 */
class RequestParser {
  /** This is no request. Answer with {@link #status()} and close: the rest cannot be trusted. */
  static final int BAD = -1;

  /** The head is not whole yet. */
  static final int INCOMPLETE = -2;

  private static final byte[] VERSION = ascii("HTTP/");

  private final Limits limits;
  private final Request request = new Request();
  private final Framing framing = new Framing();

  /** How many bytes of the head have been searched for the end of a line. */
  private int looked;

  /** Where the line begins that is being looked for the end of. */
  private int line;

  private boolean hasRequestLine;
  private int status;

  RequestParser(Limits limits) {
    this.limits = limits;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Forgets the request, for the next one of the connection. */
  final void next() {
    request.clear();
    framing.clear();
    looked = 0;
    line = 0;
    hasRequestLine = false;
    status = 0;
  }

  /** What was read; complete once {@link #parse} has returned a length. */
  final Request request() {
    return request;
  }

  /** The status that a bad request is to be answered with; 0 as long as nothing is wrong. */
  final int status() {
    return status;
  }

  /** The byte at {@code offset}: every look at the input goes through here, and can be counted. */
  byte at(MemorySegment input, long offset) {
    return input.get(JAVA_BYTE, offset);
  }

  /** Turns the request down; the first reason stays. */
  private int refuse(int status) {
    if (this.status == 0) {
      this.status = status;
    }
    return BAD;
  }

  /**
   * Reads on. After {@link #INCOMPLETE}, call again with the same bytes and those that have come
   * since; they may stand elsewhere in memory, so what is kept are distances from {@code from}.
   * Empty lines before the request line are passed over and count as part of the head (RFC 9112,
   * section 2.2). A line ends with CR LF, and nothing else ends a line.
   *
   * @param from offset of the head's first byte
   * @param to offset behind the last byte that has arrived
   * @return the length of the head in bytes, {@link #BAD} or {@link #INCOMPLETE}. However the bytes
   *     were cut into pieces, the last answer is the same. A request line beyond its limit is
   *     refused with 414, a head beyond its limits with 431.
   */
  final int parse(MemorySegment input, long from, long to) {
    // tag::http-request[]
    int arrived = (int) Math.min(to - from, limits.head());
    while (looked < arrived) {
      looked = lineFeed(input, from, looked, arrived);
      if (!hasRequestLine && looked - line >= limits.requestLine()) {
        return refuse(414);
      }
      if (looked == arrived) {
        break;
      }
      looked++;
      int start = line;
      int end = looked - 2;
      line = looked;
      if (end < start || at(input, from + end) != '\r') {
        return refuse(400); // a bare LF: not everyone takes it for the end of a line
      }
      if (hasRequestLine && start == end) {
        return finish(input, from);
      }
      if (hasRequestLine) {
        field(input, from, start, end);
      } else if (start != end) {
        requestLine(input, from, start, end);
      }
      if (status != 0) {
        return BAD;
      }
    }
    return looked == limits.head() ? refuse(431) : INCOMPLETE;
    // end::http-request[]
  }

  /** Distance to the first LF in {@code [i, to)}, {@code to} if there is none. */
  private int lineFeed(MemorySegment input, long from, int i, int to) {
    while (i < to && at(input, from + i) != '\n') {
      i++;
    }
    return i;
  }

  /**
   * Reads {@code method SP target SP HTTP/1.x} into the request: one space each, nothing before or
   * behind. Another major version than 1 is refused with 505, everything else that is wrong with
   * 400.
   *
   * @param start distance from {@code from} to the line's first byte
   * @param end distance to its CR
   */
  private void requestLine(MemorySegment input, long from, int start, int end) {
    // tag::http-request[]
    hasRequestLine = true;
    int i = start;
    while (Grammar.isToken(at(input, from + i))) {
      i++; // the CR is no token and stops this
    }
    if (i == start || at(input, from + i) != ' ') {
      refuse(400);
      return;
    }
    request.method = Method.of(input, from + start, from + i);
    request.target = ++i;
    while (Grammar.isTarget(at(input, from + i))) {
      i++;
    }
    if (i == request.target || at(input, from + i) != ' ') {
      refuse(400);
      return;
    }
    request.targetEnd = i++;
    if (end - i != 8
        || !Grammar.same(input, from + i, from + i + 5, VERSION)
        || !Grammar.isDigit(at(input, from + i + 5))
        || at(input, from + i + 6) != '.'
        || !Grammar.isDigit(at(input, from + i + 7))) {
      refuse(400);
    } else if (at(input, from + i + 5) != '1') {
      refuse(505);
    } else {
      request.minor = at(input, from + i + 7) - '0';
    }
    // end::http-request[]
  }

  /**
   * Reads {@code name: value}, adds it to the request and takes in what it means for the framing.
   * Spaces and tabs round the value are not part of it. White space before the colon, a line that
   * begins with white space (the old way to continue one) and a control character in the value are
   * refused with 400, one field too many with 431.
   *
   * @param start distance from {@code from} to the line's first byte
   * @param end distance to its CR
   */
  private void field(MemorySegment input, long from, int start, int end) {
    // tag::http-request[]
    int colon = start;
    while (Grammar.isToken(at(input, from + colon))) {
      colon++;
    }
    if (colon == start || at(input, from + colon) != ':') {
      refuse(400);
      return;
    }
    int value = colon + 1;
    while (value < end && Grammar.isSpace(at(input, from + value))) {
      value++;
    }
    int valueEnd = end;
    while (valueEnd > value && Grammar.isSpace(at(input, from + valueEnd - 1))) {
      valueEnd--;
    }
    for (int i = value; i < valueEnd; i++) {
      if (!Grammar.isValue(at(input, from + i))) {
        refuse(400);
        return;
      }
    }
    if (request.fields() == limits.fields()) {
      refuse(431);
      return;
    }
    request.add(start, colon, value, valueEnd);
    status = framing.take(input, from + start, from + colon, from + value, from + valueEnd);
    // end::http-request[]
  }

  /** The empty line has come: the head is whole, if its fields make sense together. */
  private int finish(MemorySegment input, long from) {
    request.memory = input;
    request.start = from;
    int verdict = framing.decide(request);
    return verdict == Framing.FINE ? looked : refuse(verdict);
  }
}
