package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * What the fields of a head say about the message itself: whom it is for, where its body ends, and
 * whether another message follows (RFC 9112, sections 3.2, 6 and 9.3). All other fields are the
 * handler's affair.
 *
 * <p>The fields are taken one by one, in the order in which they come; what they mean together,
 * {@link #decide} says at the end.
 */
final class Framing {
  /** Nothing is wrong: no status to refuse the request with. */
  static final int FINE = 0;

  /** What Connection has asked for. */
  private enum Persistence {
    UNSAID,
    KEEP_ALIVE,
    CLOSE
  }

  /** {@link #length} without a Content-Length. */
  private static final long NONE = -1;

  private static final byte[] HOST = ascii("host");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] NOTHING = {};

  private boolean hasHost;

  /** What Content-Length says, or {@link #NONE}. */
  private long length = NONE;

  /** How many codings Transfer-Encoding has listed so far. */
  private int codings;

  /** Whether the last of the {@link #codings} is {@code chunked}. */
  private boolean chunked;

  private Persistence persistence = Persistence.UNSAID;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Forgets everything, for the next request. */
  void clear() {
    hasHost = false;
    length = NONE;
    codings = 0;
    chunked = false;
    persistence = Persistence.UNSAID;
  }

  /**
   * Takes in what a field says, if it is one of the four that count here.
   *
   * @param name offset of its name in {@code input}
   * @param value offset of its value, white space left out
   * @return {@link #FINE}, or the status that the request is to be refused with
   */
  int take(MemorySegment input, long name, long nameEnd, long value, long valueEnd) {
    if (Grammar.sameIgnoringCase(input, name, nameEnd, HOST)) {
      return host(input, value, valueEnd);
    }
    if (Grammar.sameIgnoringCase(input, name, nameEnd, CONTENT_LENGTH)) {
      return contentLength(input, value, valueEnd);
    }
    if (Grammar.sameIgnoringCase(input, name, nameEnd, TRANSFER_ENCODING)) {
      return transferEncoding(input, value, valueEnd);
    }
    if (Grammar.sameIgnoringCase(input, name, nameEnd, CONNECTION)) {
      connection(input, value, valueEnd);
    }
    return FINE;
  }

  /** Host names one host, or none: a second Host, and what is no host, is refused with 400. */
  private int host(MemorySegment input, long value, long valueEnd) {
    boolean isSecond = hasHost;
    hasHost = true;
    return isSecond || Authority.hostEnd(input, value, valueEnd) < 0 ? 400 : FINE;
  }

  /**
   * Content-Length is one decimal number (RFC 9112, section 6.3), and {@link #length} from then on.
   * Refused with 400: an empty value, anything but digits, a number beyond {@code Long.MAX_VALUE},
   * a second Content-Length, even an equal one.
   */
  private int contentLength(MemorySegment input, long value, long valueEnd) {
    // tag::http-request[]
    if (length != NONE || value == valueEnd) {
      return 400;
    }
    length = 0;
    for (long i = value; i < valueEnd; i++) {
      int digit = input.get(JAVA_BYTE, i) - '0';
      if (digit < 0 || digit > 9 || length > (Long.MAX_VALUE - digit) / 10) {
        return 400;
      }
      length = 10 * length + digit;
    }
    return FINE;
    // end::http-request[]
  }

  /**
   * Transfer-Encoding is a list of codings, in the order in which they were applied; several fields
   * make one list. Elements of a list that are empty do not count (RFC 9110, section 5.6.1.2), but
   * one coding there has to be. {@code chunked} says where the body ends, so it is the last and
   * stands once. Whatever follows it is refused with 400, and so is a list that names none.
   */
  private int transferEncoding(MemorySegment input, long value, long valueEnd) {
    // tag::http-request[]
    for (long i = value; i < valueEnd; ) {
      long comma = comma(input, i, valueEnd);
      if (!isElement(input, i, comma, NOTHING)) {
        if (chunked) {
          return 400;
        }
        chunked = isElement(input, i, comma, CHUNKED);
        codings++;
      }
      i = comma + 1;
    }
    return codings == 0 ? 400 : FINE;
    // end::http-request[]
  }

  /** Connection is a list of options; {@code close} wins over {@code keep-alive}. */
  private void connection(MemorySegment input, long value, long valueEnd) {
    for (long i = value; i < valueEnd; ) {
      long comma = comma(input, i, valueEnd);
      if (isElement(input, i, comma, CLOSE)) {
        persistence = Persistence.CLOSE;
      } else if (persistence == Persistence.UNSAID && isElement(input, i, comma, KEEP_ALIVE)) {
        persistence = Persistence.KEEP_ALIVE;
      }
      i = comma + 1;
    }
  }

  /** Offset of the first comma at {@code from} or behind it, {@code to} if there is none. */
  private static long comma(MemorySegment input, long from, long to) {
    long i = from;
    while (i < to && input.get(JAVA_BYTE, i) != ',') {
      i++;
    }
    return i;
  }

  /** Whether the list element in {@code [from, to)}, white space left out, is {@code name}. */
  private static boolean isElement(MemorySegment input, long from, long to, byte[] name) {
    long start = from;
    while (start < to && Grammar.isSpace(input.get(JAVA_BYTE, start))) {
      start++;
    }
    long end = to;
    while (end > start && Grammar.isSpace(input.get(JAVA_BYTE, end - 1))) {
      end--;
    }
    return Grammar.sameIgnoringCase(input, start, end, name);
  }

  /**
   * The head is whole: decides what only all its fields together can tell, and notes it in the
   * request.
   *
   * <ul>
   *   <li>HTTP/1.1 without Host: 400.
   *   <li>Transfer-Encoding that does not end with {@code chunked}, that stands beside a
   *       Content-Length, or in HTTP/1.0, which has none: 400 (RFC 9112, section 6.1 and 6.3).
   *   <li>Chunked, but with another coding before: 501, this server decodes none.
   *   <li>The connection persists in HTTP/1.1 unless {@code close} was asked for, in HTTP/1.0 only
   *       if {@code keep-alive} was (RFC 9112, section 9.3).
   * </ul>
   *
   * @param request gets {@link Request#keepAlive}, {@link Request#chunked} and {@link
   *     Request#contentLength}
   * @return {@link #FINE}, or the status that the request is to be refused with
   */
  int decide(Request request) {
    // tag::http-request[]
    if (request.isHttp11() && !hasHost) {
      return 400;
    }
    if (codings > 0 && (length != NONE || !chunked || !request.isHttp11())) {
      return 400;
    }
    if (codings > 1) {
      return 501;
    }
    request.chunked = chunked;
    request.contentLength = Math.max(length, 0);
    request.keepAlive =
        request.isHttp11()
            ? persistence != Persistence.CLOSE
            : persistence == Persistence.KEEP_ALIVE;
    return FINE;
    // end::http-request[]
  }
}
