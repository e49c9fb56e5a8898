package readiness.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import readiness.epoll.Connection;
import readiness.epoll.Protocol;
import readiness.kernel.NotYet;

/**
 * HTTP/1.1 on one connection: requests in, answers out, in order.
 *
 * <pre>
 *      ┌────────────────── next request ──────────────────┐
 *      ▼                                                  │
 *   its head ──▶ the answer ──▶ the answer's body, ──▶ its body,
 *      │             │          if it is streamed      passed over
 *      │ bad         │ not kept
 *      └─────────────┴──▶ closing: nothing more is read
 * </pre>
 *
 * The answers to all requests that have arrived together are collected in the loop's output memory
 * and leave with one send. While an answer is streamed, while the client leaves too much of its
 * answers unread, and when many requests have been answered in a row, no further one is taken up:
 * the input stays with the connection, which asks again when what waited has gone and the others
 * have had their turn.
 */
final class HttpConnection implements Protocol {
  private static final System.Logger LOG = System.getLogger("readiness.server");

  private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);

  /** With more than this waiting to be sent, no further request is answered. */
  private static final long ENOUGH_UNSENT = 64 * 1024;

  /** So many requests are answered in a row, and then it is the others' turn. */
  private static final int REQUESTS_IN_A_TURN = 64;

  /** So many pieces of a streamed body, and then it is the others' turn. */
  private static final int PIECES_IN_A_TURN = 4;

  private final HttpProtocol shared;
  private final RequestParser parser;
  private final ResponseWriter writer;
  private final BodySkipper skipper = new BodySkipper();
  private @Nullable Connection connection;
  private @Nullable Body stream;
  private boolean closing;

  HttpConnection(HttpProtocol shared) {
    this.shared = shared;
    this.parser = new RequestParser(shared.limits);
    this.writer = new ResponseWriter(shared.out, shared.date, this::send);
  }

  private void send(MemorySegment data, long from, long length) {
    if (connection != null) {
      connection.send(data, from, length);
    }
  }

  @Override
  public long received(Connection connection, MemorySegment input, long from, long to) {
    this.connection = connection;
    long at = from;
    int requests = 0;
    while (at < to && !closing && stream == null && connection.unsent() <= ENOUGH_UNSENT) {
      boolean next = skipper.isDone();
      if (next && requests++ == REQUESTS_IN_A_TURN) {
        // There is room to send, most likely, so this asks to be called in the next turn.
        connection.sendMore();
        break;
      }
      long end = next ? head(connection, input, at, to) : body(input, at, to);
      if (end == at) {
        break;
      }
      at = end;
    }
    writer.flush();
    if (closing && stream == null) {
      connection.closeWhenSent();
      return to - from;
    }
    return at - from;
  }

  /** Answers the request that begins at {@code from}; offset behind its head, if that is whole. */
  private long head(Connection connection, MemorySegment input, long from, long to) {
    int length = parser.parse(input, from, to);
    if (length == RequestParser.INCOMPLETE) {
      return from;
    }
    if (length == RequestParser.BAD) {
      refuse(parser.request(), parser.status());
      return to;
    }
    answer(connection, parser.request());
    skipper.begin(parser.request());
    parser.next();
    return from + length;
  }

  /** Passes over the body of the request that was answered last. */
  private long body(MemorySegment input, long from, long to) {
    long next = skipper.skip(input, from, to);
    if (next == BodySkipper.BAD) {
      // Nobody knows where the next request would begin.
      closing = true;
      return to;
    }
    return next;
  }

  private void answer(Connection connection, Request request) {
    // Who waits for a word before the body need not send it: the answer is there.
    boolean readsOn = BodySkipper.canSkip(request) && !request.expectsContinue();
    boolean isHead = request.method() == Method.HEAD;
    writer.begin(isHead, request.isHttp11(), request.keepsAlive() && readsOn);
    try {
      dispatch(request);
    } catch (NotYet e) {
      throw e; // says more where it is than as a 500
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, () -> "no answer to " + request.targetText(), e);
      if (writer.takeBack()) {
        refuse(request, 500);
      } else {
        cut(connection);
      }
      return;
    }
    closing = !writer.keepsAlive();
    stream = writer.takeStream();
    if (stream != null) {
      pump(connection, stream);
    }
  }

  private void dispatch(Request request) {
    if (request.path() < 0) {
      refuse(request, 400);
    } else if (request.method() == Method.OTHER || request.method() == Method.CONNECT) {
      page(501);
    } else {
      shared.handler.handle(request, writer);
      if (!writer.isAnswered()) {
        throw new IllegalStateException("the handler left the request without an answer");
      }
    }
  }

  /** Answers what is no request, or has none, and closes. */
  private void refuse(Request request, int status) {
    writer.begin(request.method() == Method.HEAD, true, false);
    page(status);
    closing = true;
  }

  private void page(int status) {
    writer.status(status).header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(status));
  }

  /** Sends some pieces of the body; the rest when those have gone, or when it is our turn again. */
  private void pump(Connection connection, Body body) {
    try {
      for (int i = 0; i < PIECES_IN_A_TURN && connection.unsent() == 0; i++) {
        long length = body.read(shared.piece, shared.piece.byteSize());
        if (length == 0) {
          writer.end();
          writer.flush();
          release();
          return;
        }
        writer.piece(shared.piece, length);
        writer.flush();
      }
      connection.sendMore();
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.WARNING, "an answer ends before its time", e);
      cut(connection);
    }
  }

  @Override
  public void drained(Connection connection) {
    if (stream == null) {
      return;
    }
    pump(connection, stream);
    if (closing && stream == null) {
      connection.closeWhenSent();
    }
  }

  @Override
  public void closed() {
    release();
  }

  /** Closes in the middle of an answer: by that the client learns that it is not whole. */
  private void cut(Connection connection) {
    release();
    closing = true;
    connection.close();
  }

  private void release() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
