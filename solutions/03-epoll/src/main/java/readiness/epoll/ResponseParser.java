package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one response of HTTP/1.1 or 1.0 as it comes, in pieces of any size (RFC 9112, sections 4 to
 * 7).
 *
 * <pre>
 *   STATUS ──▶ FIELDS ─┬─ there is none ──────────────────────────────────────▶ DONE
 *     ▲   1xx    │     ├─ Content-Length ──▶ LENGTH ── all of it ─────────────▶ DONE
 *     └──────────┘     ├─ chunked ──▶ SIZE ──▶ CHUNK ──▶ CHUNK_END ──▶ SIZE
 *                      │               └─ 0 ──▶ TRAILERS ── an empty line ────▶ DONE
 *                      └─ neither ──▶ UNTIL_END ── the server ends ───────────▶ DONE
 * </pre>
 *
 * <p>Everything but the body is lines, and a line is read once it is whole. So the only thing to
 * remember between two pieces, besides the state, is how far a line has been searched for its end.
 * The body's bytes are handed on where they lie.
 */
final class ResponseParser {
  /** This is no response: {@link #error} says what is wrong with it, and where. */
  static final long BAD = -1;

  /** A line may have so many bytes. */
  static final int LINE = 8 * 1024;

  /** The lines before the body and behind it may have so many bytes together. */
  static final int LINES = 64 * 1024;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.(\\d) ([1-9]\\d\\d)( .*)?", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
  private static final Pattern CONTENT_LENGTH = Pattern.compile("\\d{1,18}");

  /** A hexadecimal number that a long holds. */
  private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9a-fA-F]{1,15}");

  /** What comes next. */
  private enum Part {
    STATUS,
    FIELDS,
    LENGTH,
    UNTIL_END,
    SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    DONE
  }

  private final boolean head;
  private final Answer answer;

  private Part part = Part.STATUS;

  /** How many bytes of the line that comes next have been searched for its end. */
  private long looked;

  /** How many bytes of the response have been consumed. */
  private long consumed;

  /** How many of them were lines before the body or behind it. */
  private long lines;

  private int status;
  private int minor;
  private boolean chunked;

  /** What Content-Length says; -1 without it. */
  private long length = -1;

  /** How many bytes of the body, or of the chunk, are still to come. */
  private long left;

  private String error = "";

  /**
   * @param head whether the request was HEAD, whose answer has no body, whatever its fields say
   * @param answer hears the status and the body; {@link Answer#complete} and {@link Answer#failed}
   *     are left to others
   */
  ResponseParser(boolean head, Answer answer) {
    this.head = head;
    this.answer = answer;
  }

  /** Whether the response is whole. */
  boolean isDone() {
    return part == Part.DONE;
  }

  /** What is wrong, after {@link #BAD}. */
  String error() {
    return error;
  }

  /**
   * Reads on: as much of {@code input[from, to)} as can be understood by now.
   *
   * @return how many bytes were consumed, and nothing behind the response is. What is left is the
   *     beginning of a line: call again with the same bytes and what has come behind them. Or
   *     {@link #BAD}
   */
  long parse(MemorySegment input, long from, long to) {
    long at = from;
    while (at < to && part != Part.DONE) {
      long next =
          switch (part) {
            case LENGTH, UNTIL_END, CHUNK -> body(input, at, to);
            default -> line(input, at, to);
          };
      if (next == BAD) {
        return BAD;
      }
      if (next == at) {
        break;
      }
      consumed += next - at;
      at = next;
    }
    return at - from;
  }

  /**
   * Hands on what has come of the body, or of the chunk: the bytes of {@code input[from, to)}, but
   * no more than {@link #left}. When none is left, {@link #part} is what comes next.
   *
   * @return offset behind what was handed on
   */
  private long body(MemorySegment input, long from, long to) {
    // tag::client[]
    long end = from + Math.min(left, to - from);
    answer.body(input, from, end);
    left -= end - from;
    if (left == 0) {
      part = part == Part.CHUNK ? Part.CHUNK_END : Part.DONE;
    }
    return end;
    // end::client[]
  }

  /**
   * Reads the line that begins at {@code from}, if all of it has come.
   *
   * @return offset behind it; {@code from} if it is not whole; {@link #BAD}
   */
  private long line(MemorySegment input, long from, long to) {
    long feed = from + looked;
    while (feed < to && input.get(JAVA_BYTE, feed) != '\n') {
      feed++;
    }
    looked = feed - from;
    if (looked > LINE) {
      bad("a line of more than %,d bytes".formatted(LINE));
      return BAD;
    }
    if (feed == to) {
      return from;
    }
    looked = 0;
    String line = text(input, from, feed);
    return read(line) ? feed + 1 : BAD;
  }

  private static String text(MemorySegment input, long from, long to) {
    byte[] bytes = input.asSlice(from, to - from).toArray(JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Reads a line, up to its LF; whether it may stand where it does. */
  private boolean read(String withCr) {
    if (!withCr.endsWith("\r")) {
      return bad("a line that ends without CR", withCr);
    }
    String line = withCr.substring(0, withCr.length() - 1);
    if (line.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
      return bad("a control character", line);
    }
    return switch (part) {
      case SIZE -> chunkSize(line);
      case CHUNK_END -> chunkEnd(line);
      default -> count(line) && headLine(line);
    };
  }

  private boolean count(String line) {
    lines += line.length() + 2;
    return lines <= LINES || bad("more than %,d bytes of fields".formatted(LINES));
  }

  private boolean headLine(String line) {
    if (part == Part.STATUS) {
      return statusLine(line);
    }
    if (!line.isEmpty()) {
      return field(line);
    }
    if (part == Part.TRAILERS) {
      part = Part.DONE;
    } else if (status < 200) {
      // That was said on the way; the answer is still to come.
      part = Part.STATUS;
      length = -1;
      chunked = false;
    } else {
      answer.status(status);
      bodyBegins();
    }
    return true;
  }

  private boolean statusLine(String line) {
    Matcher matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      return bad("no status line", line);
    }
    minor = Integer.parseInt(matcher.group(1));
    status = Integer.parseInt(matcher.group(2));
    part = Part.FIELDS;
    return status != 101 || bad("another protocol, which nobody asked for", line);
  }

  private boolean field(String line) {
    int colon = line.indexOf(':');
    if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches()) {
      return bad("no field", line);
    }
    String value = line.substring(colon + 1).strip();
    return part == Part.TRAILERS
        || switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
          case "content-length" -> contentLength(value, line);
          case "transfer-encoding" -> transferEncoding(value, line);
          default -> true;
        };
  }

  private boolean contentLength(String value, String line) {
    if (length >= 0 || chunked) {
      return bad("a second word on where the body ends", line);
    }
    if (!CONTENT_LENGTH.matcher(value).matches()) {
      return bad("no number of bytes", line);
    }
    length = Long.parseLong(value);
    return true;
  }

  private boolean transferEncoding(String value, String line) {
    if (length >= 0 || chunked) {
      return bad("a second word on where the body ends", line);
    }
    chunked = minor > 0 && value.equalsIgnoreCase("chunked");
    return chunked || bad("a coding that nobody asked for", line);
  }

  /**
   * The fields have come: says what comes next (RFC 9112, section 6.3). Of these, the first that is
   * so:
   *
   * <ol>
   *   <li>The request was HEAD, or the status is 204 or 304: no body, so that was all.
   *   <li>{@link #chunked}: the size of the first chunk.
   *   <li>There is a {@link #length}: so many bytes are {@link #left}. For 0 that was all.
   *   <li>Otherwise the body goes on until the server ends, and nobody knows how much is left:
   *       {@code Long.MAX_VALUE}.
   * </ol>
   */
  private void bodyBegins() {
    // tag::client[]
    if (head || status == 204 || status == 304) {
      part = Part.DONE;
    } else if (chunked) {
      part = Part.SIZE;
    } else if (length >= 0) {
      left = length;
      part = length == 0 ? Part.DONE : Part.LENGTH;
    } else {
      left = Long.MAX_VALUE;
      part = Part.UNTIL_END;
    }
    // end::client[]
  }

  /**
   * Reads the line before a chunk (RFC 9112, section 7.1): it begins with the size in hexadecimal
   * digits ({@link #CHUNK_SIZE}), behind them perhaps white space, perhaps a semicolon and
   * extensions, which nobody here understands. The chunk comes next, or behind the last one, whose
   * size is 0, the trailers.
   *
   * @return whether it is such a line; if not, {@link #bad} has been told
   */
  private boolean chunkSize(String line) {
    // tag::client[]
    int semicolon = line.indexOf(';');
    String size = (semicolon < 0 ? line : line.substring(0, semicolon)).stripTrailing();
    if (!CHUNK_SIZE.matcher(size).matches()) {
      return bad("no chunk size", line);
    }
    left = Long.parseLong(size, 16);
    part = left == 0 ? Part.TRAILERS : Part.CHUNK;
    return true;
    // end::client[]
  }

  private boolean chunkEnd(String line) {
    part = Part.SIZE;
    return line.isEmpty() || bad("more in a chunk than its size", line);
  }

  /**
   * The server has finished sending.
   *
   * @return whether the response is whole by that: if it was, or if this is what it ends with
   */
  boolean ended() {
    // tag::client[]
    if (part == Part.UNTIL_END) {
      part = Part.DONE;
    }
    return part == Part.DONE;
    // end::client[]
  }

  /** What is missing of a response that is not whole. */
  String missing() {
    return switch (part) {
      case STATUS -> consumed == 0 ? "the whole answer" : "the answer itself";
      case FIELDS -> "some of its fields, and the body";
      case LENGTH -> "%,d bytes of the body".formatted(left);
      case CHUNK -> "%,d bytes of a chunk, and what follows it".formatted(left);
      case SIZE, CHUNK_END -> "the next chunk, and what follows it";
      case TRAILERS -> "the line behind the last chunk";
      case UNTIL_END -> "nobody knows how much of the body";
      case DONE -> "nothing";
    };
  }

  private boolean bad(String what) {
    error = "%s, from byte %,d of the answer on".formatted(what, consumed);
    return false;
  }

  private boolean bad(String what, String line) {
    String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
    return bad("%s: \"%s\"".formatted(what, shown.replaceAll("[^ -~…]", "?")));
  }
}
