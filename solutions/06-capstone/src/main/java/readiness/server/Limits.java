package readiness.server;

import java.util.Locale;

/**
 * How much a client may ask the server to hold.
 *
 * @param requestLine bytes of a request line with its CRLF; RFC 9112, section 3, asks for 8000 at
 *     least
 * @param head bytes of a whole head, from the request line to the empty line
 * @param fields how many header fields a head may have
 */
public record Limits(int requestLine, int head, int fields) {
  /** 8 KiB for the request line, 32 KiB for the head, 100 fields. */
  public static final Limits USUAL = new Limits(8 * 1024, 32 * 1024, 100);

  public Limits {
    if (requestLine < 1 || head < requestLine || fields < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "limits: request line %d, head %d, fields %d: each at least 1, and a head holds its"
                  + " line",
              requestLine,
              head,
              fields));
    }
  }

  /** These limits, but no head longer than so many bytes. */
  Limits within(int bytes) {
    return new Limits(Math.min(requestLine, bytes), Math.min(head, bytes), fields);
  }
}
