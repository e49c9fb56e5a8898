package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request to its end, where the next request is looked for: {@code
 * Content-Length} bytes, or chunks (RFC 9112, section 7.1). What is in it is passed over, or {@link
 * #collect collected}. As strict as the parser, and for the same reason.
 *
 * <pre>
 *   SIZE ─CR LF─▶ DATA ─all─▶ DATA_END ─CR LF─▶ SIZE
 *     └── size 0 ─▶ TRAILER ─empty line─▶ DONE
 * </pre>
 *
 * Between a size and its CR LF there may be extensions, which nobody here understands: white space,
 * a semicolon, and the rest of the line. A trailer is a field, {@code name: value}, and nothing
 * else: a line that is none might be a request to somebody who looks for one.
 */
final class BodyReader {
  /** This is no chunked body, or too much of one to be passed over. */
  static final long BAD = -1;

  /** What was to be collected is more than was wanted. */
  static final long TOO_LONG = -2;

  /** As many bytes are passed over; whoever sends more is not worth reading. */
  static final long LIMIT = 1024 * 1024;

  private enum Part {
    DONE,
    LENGTH,
    SIZE,
    SIZE_END,
    EXTENSION,
    DATA,
    DATA_END,
    TRAILER,
    TRAILER_VALUE
  }

  private Part part = Part.DONE;

  /** Where the data go; null if they are passed over. */
  private @Nullable BodyBuffer buffer;

  /** Bytes of data still to come. */
  private long left;

  /** Bytes of the body so far, the framing included, but for data that were collected. */
  private long passed;

  /** Digits of a chunk's size, or bytes of a trailer's name. */
  private int count;

  private boolean afterCr;

  /** Whether the body that the request declares is short enough to be passed over. */
  static boolean canSkip(Request request) {
    return request.chunked || request.contentLength <= LIMIT;
  }

  /** Begins with the body that belongs to a request; there may be none. It is passed over. */
  void begin(Request request) {
    buffer = null;
    part = request.chunked ? Part.SIZE : request.contentLength > 0 ? Part.LENGTH : Part.DONE;
    left = request.contentLength;
    passed = 0;
    count = 0;
    afterCr = false;
  }

  /** Has what comes collected, and not passed over. */
  void collect(BodyBuffer buffer) {
    this.buffer = buffer;
  }

  /** Whether the whole body has come. */
  boolean isDone() {
    return part == Part.DONE;
  }

  /**
   * Reads what there is of the body.
   *
   * @return offset behind it, or {@link #BAD}, or {@link #TOO_LONG}
   * @throws readiness.kernel.OutOfBuffers if there is no memory to collect it in
   */
  long read(MemorySegment input, long from, long to) {
    long at = from;
    while (at < to && part != Part.DONE) {
      if (part == Part.LENGTH || part == Part.DATA) {
        long some = Math.min(left, to - at);
        if (buffer == null) {
          passed += some;
        } else if (!buffer.append(input, at, some)) {
          return TOO_LONG;
        }
        left -= some;
        at += some;
        if (left == 0) {
          part = part == Part.LENGTH ? Part.DONE : Part.DATA_END;
        }
      } else {
        passed++;
        if (!frame(input.get(JAVA_BYTE, at++))) {
          return BAD;
        }
      }
      if (passed > LIMIT && part != Part.LENGTH) {
        return BAD;
      }
    }
    return at;
  }

  /** One byte of what stands round the data; false if it may not stand there. */
  private boolean frame(byte b) {
    if (afterCr) {
      afterCr = false;
      return b == '\n' && lineEnds();
    }
    if (b == '\r') {
      afterCr = true;
      return mayEnd();
    }
    return switch (part) {
      case SIZE -> size(b);
      case SIZE_END -> sizeEnd(b);
      case TRAILER -> trailer(b);
      case EXTENSION, TRAILER_VALUE -> Grammar.isValue(b);
      default -> false;
    };
  }

  /** Whether the line may end here: not before the size is there, nor within a trailer's name. */
  private boolean mayEnd() {
    return switch (part) {
      case SIZE -> count > 0;
      case SIZE_END -> false;
      case TRAILER -> count == 0;
      default -> true;
    };
  }

  private boolean size(byte b) {
    int digit = Grammar.hex(b);
    if (digit >= 0) {
      left = count == 0 ? digit : 16 * left + digit;
      return ++count < 16; // and so it cannot overflow
    }
    return count > 0 && sizeEnd(b);
  }

  /** Behind the size: white space, and the semicolon before the extensions. */
  private boolean sizeEnd(byte b) {
    part = b == ';' ? Part.EXTENSION : Part.SIZE_END;
    return b == ';' || Grammar.isSpace(b);
  }

  /** A byte of a trailer's name, or the colon behind it. */
  private boolean trailer(byte b) {
    if (b == ':') {
      part = Part.TRAILER_VALUE;
      return count > 0;
    }
    count++;
    return Grammar.isToken(b);
  }

  private boolean lineEnds() {
    part =
        switch (part) {
          case SIZE, EXTENSION -> left > 0 ? Part.DATA : Part.TRAILER;
          case DATA_END -> Part.SIZE;
          case TRAILER_VALUE -> Part.TRAILER;
          default -> Part.DONE;
        };
    count = 0;
    return true;
  }
}
