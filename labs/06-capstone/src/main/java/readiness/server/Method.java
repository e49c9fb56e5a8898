package readiness.server;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A request method (RFC 9110, section 9.3). Names are case-sensitive. */
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  DELETE,
  CONNECT,
  OPTIONS,
  TRACE,
  PATCH,

  /** A token that is none of the above: such a request is answered with 501. */
  OTHER;

  private static final Method[] KNOWN = values();

  private final byte[] token = name().getBytes(StandardCharsets.US_ASCII);

  /** The method that {@code memory[from, to)} names, {@link #OTHER} if none. */
  static Method of(MemorySegment memory, long from, long to) {
    for (Method each : KNOWN) {
      if (each != OTHER && Grammar.same(memory, from, to, each.token)) {
        return each;
      }
    }
    return OTHER;
  }
}
