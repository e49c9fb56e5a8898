package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Status lines, ready to be sent (RFC 9112, section 4; the codes are RFC 9110, section 15). */
final class Status {
  private static final int FIRST = 200;

  private static final byte[][] LINES = new byte[600 - FIRST][];
  private static final MemorySegment[] PAGES = new MemorySegment[LINES.length];

  /** What {@link #page} is made of. */
  static final byte[] PAGE_TYPE = "text/plain; charset=utf-8".getBytes(StandardCharsets.US_ASCII);

  static {
    Map<Integer, String> reasons =
        Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Found"),
            Map.entry(303, "See Other"),
            Map.entry(304, "Not Modified"),
            Map.entry(307, "Temporary Redirect"),
            Map.entry(308, "Permanent Redirect"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(411, "Length Required"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Range Not Satisfiable"),
            Map.entry(417, "Expectation Failed"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(502, "Bad Gateway"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));
    for (int code = FIRST; code < FIRST + LINES.length; code++) {
      // The space behind the code stays, even where no reason follows.
      String text = code + " " + reasons.getOrDefault(code, "");
      LINES[code - FIRST] = ("HTTP/1.1 " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
      PAGES[code - FIRST] =
          MemorySegment.ofArray((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Status() {}

  /**
   * The status line with its CR LF.
   *
   * @param code from 200 to 599
   */
  static byte[] line(int code) {
    return LINES[index(code)];
  }

  /** The code and its reason as a body, so that a person sees more than an empty window. */
  static MemorySegment page(int code) {
    return PAGES[index(code)];
  }

  /** The same, a copy in an array. */
  static byte[] pageBytes(int code) {
    return page(code).toArray(JAVA_BYTE);
  }

  private static int index(int code) {
    if (code < FIRST || code >= FIRST + LINES.length) {
      throw new IllegalArgumentException("status " + code + ": expected 200 to 599");
    }
    return code - FIRST;
  }
}
