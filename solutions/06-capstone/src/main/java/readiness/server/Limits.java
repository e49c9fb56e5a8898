package readiness.server;

import java.util.Locale;

/**
 * How much a client may ask the server to hold.
 *
 * @param requestLine bytes of a request line with its CRLF; RFC 9112, section 3, asks for 8000 at
 *     least
 * @param head bytes of a whole head, from the request line to the empty line
 * @param fields how many header fields a head may have
 * @param memory bytes that all connections together may have waiting: halves of requests, and
 *     answers that are not taken. Who needs more is answered 503, or cut off in an answer
 */
public record Limits(int requestLine, int head, int fields, long memory) {
  /** 8 KiB for the request line, 32 KiB for the head, 100 fields, 256 MiB in all. */
  public static final Limits USUAL = new Limits(8 * 1024, 32 * 1024, 100);

  public Limits {
    if (requestLine < 1 || head < requestLine || fields < 1 || memory < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "limits: request line %d, head %d, fields %d, memory %d: each at least 1, and a head"
                  + " holds its line",
              requestLine,
              head,
              fields,
              memory));
    }
  }

  /** With the usual memory. */
  public Limits(int requestLine, int head, int fields) {
    this(requestLine, head, fields, 256L * 1024 * 1024);
  }

  /** These limits, but no head longer than so many bytes. */
  Limits within(int bytes) {
    return new Limits(Math.min(requestLine, bytes), Math.min(head, bytes), fields, memory);
  }
}
