package readiness.server;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import readiness.epoll.Connection;
import readiness.epoll.Protocol;
import readiness.epoll.Timer;
import readiness.kernel.NotYet;

/**
 * HTTP/1.1 on one connection: requests in, answers out, in order.
 *
 * <pre>
 *   HEAD ─ whole ──▶ the answer ──┬─ it has a streamed body ──▶ STREAM ─ all of it ─┐
 *    ▲ │                          └─ it has none ───────────────────────────────────┤
 *    │ │ bad                                                                        │
 *    │ └──────────▶ CLOSING ◀───────────────────────────────────────── not kept ────┤
 *    │                 ▲ bad                                                        │
 *    └─ passed over ─ BODY ◀────────────────────────────────────────── kept ────────┘
 * </pre>
 *
 * The answers to all requests that have arrived together are collected in the loop's output memory
 * and leave with one send. While an answer is streamed, while the client leaves too much of its
 * answers unread, and when many requests have been answered in a row, no further one is taken up:
 * the input stays with the connection, which asks again when what waited has gone and the others
 * have had their turn.
 *
 * <p>What a {@link Handler} or a {@link Body} throws ends this connection and nothing else: {@link
 * HttpProtocol#failed}.
 */
final class HttpConnection implements Protocol {
  private static final byte[] CONTENT_TYPE = "Content-Type".getBytes(StandardCharsets.US_ASCII);

  /** With more than this waiting to be sent, no further request is answered. */
  private static final long ENOUGH_UNSENT = 64 * 1024;

  /** So many requests are answered in a row, and then it is the others' turn. */
  private static final int REQUESTS_IN_A_TURN = 64;

  /** So many pieces of a streamed body, and then it is the others' turn. */
  private static final int PIECES_IN_A_TURN = 4;

  /** What comes next on the connection. */
  private enum Phase {
    /** The head of a request comes, or the rest of it. */
    HEAD,

    /** The answer's body goes out, piece by piece; what comes in waits. */
    STREAM,

    /** The body of the request that was answered comes, and is passed over. */
    BODY,

    /** The last answer has been written: nothing more is read. */
    CLOSING
  }

  private final HttpProtocol shared;
  private final RequestParser parser;
  private final ResponseWriter writer;
  private final BodySkipper skipper = new BodySkipper();
  private @Nullable Connection connection;
  private Phase phase = Phase.HEAD;

  /** What is streamed in {@link Phase#STREAM}; null in all others. */
  private @Nullable Body stream;

  /** Runs while half a head is there: {@link #awaitHead}. */
  private @Nullable Timer deadline;

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

  /** The only way from one phase to another: what a phase begins or ends, it does here. */
  private void enter(Phase next) {
    phase = next;
  }

  @Override
  public long received(Connection connection, MemorySegment input, long from, long to) {
    this.connection = connection;
    long at = from;
    int requests = 0;
    boolean goesOn = true;
    while (goesOn && at < to && connection.unsent() <= ENOUGH_UNSENT) {
      long next =
          switch (phase) {
            case HEAD ->
                requests++ < REQUESTS_IN_A_TURN
                    ? head(connection, input, at, to)
                    : later(connection, at);
            case BODY -> body(input, at, to);
            case STREAM, CLOSING -> at;
          };
      goesOn = next > at;
      at = next;
    }
    writer.flush();
    if (phase == Phase.CLOSING) {
      connection.closeWhenSent();
      return to - from;
    }
    return at - from;
  }

  /** Enough for one turn. There is room to send, most likely, so this asks for the next one. */
  private static long later(Connection connection, long at) {
    connection.sendMore();
    return at;
  }

  /** Answers the request that begins at {@code from}; offset behind its head, if that is whole. */
  private long head(Connection connection, MemorySegment input, long from, long to) {
    int length = parser.parse(input, from, to);
    if (length == RequestParser.INCOMPLETE) {
      awaitHead(connection);
      return from;
    }
    headCame();
    if (length == RequestParser.BAD) {
      refuse(parser.request(), parser.status());
      answered();
      return to;
    }
    skipper.begin(parser.request());
    answer(connection, parser.request());
    parser.next();
    return from + length;
  }

  /** Half a head is there, and the rest has so much time. A head that comes whole needs none. */
  private void awaitHead(Connection connection) {
    if (deadline == null) {
      deadline = connection.schedule(shared.patience.head(), () -> headIsLate(connection));
    }
  }

  private void headIsLate(Connection connection) {
    lastWord(connection, 408);
  }

  private void headCame() {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
  }

  @Override
  public void exhausted(Connection connection) {
    this.connection = connection;
    lastWord(connection, 503);
  }

  /**
   * Answers, in place of a request that does not come, and closes; unless an answer is under way.
   */
  private void lastWord(Connection connection, int status) {
    if (phase == Phase.HEAD && connection.unsent() == 0) {
      refuse(parser.request(), status);
      answered();
      writer.flush();
      connection.closeWhenSent();
    } else {
      connection.close();
    }
  }

  /** Passes over the body of the request that was answered last. */
  private long body(MemorySegment input, long from, long to) {
    long next = skipper.skip(input, from, to);
    if (next == BodySkipper.BAD) {
      // Nobody knows where the next request would begin.
      enter(Phase.CLOSING);
      return to;
    }
    if (skipper.isDone()) {
      enter(Phase.HEAD);
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
    } catch (RuntimeException | Error e) {
      apologize(connection, request, e);
      return;
    }
    stream = writer.takeStream();
    if (stream == null) {
      answered();
    } else {
      enter(Phase.STREAM);
      pump(connection, stream);
    }
  }

  /** Answers 500 in place of what the handler has begun, or cuts that off if it has left. */
  private void apologize(Connection connection, Request request, Throwable reason) {
    stream = writer.takeStream();
    Supplier<String> what = () -> "no answer to " + request.targetText();
    if (writer.takeBack()) {
      fail(what, reason);
      refuse(request, 500);
      answered();
    } else {
      cut(connection, what, reason);
    }
  }

  private void dispatch(Request request) {
    switch (request.form()) {
      case NONE -> refuse(request, 400);
      case SECURE -> page(421);
      case AUTHORITY -> page(501);
      case ORIGIN, ABSOLUTE, ASTERISK -> handle(request);
    }
  }

  private void handle(Request request) {
    if (request.method() == Method.OTHER) {
      page(501);
      return;
    }
    shared.handler.handle(request, writer);
    if (!writer.isAnswered()) {
      throw new IllegalStateException("the handler left the request without an answer");
    }
  }

  /** Answers what is no request, or has no answer; the connection is not kept. */
  private void refuse(Request request, int status) {
    writer.begin(request.method() == Method.HEAD, true, false);
    page(status);
  }

  private void page(int status) {
    writer.status(status).header(CONTENT_TYPE, Status.PAGE_TYPE).body(Status.page(status));
  }

  /** The answer is whole: the request's body comes next, or the next request, or the end. */
  private void answered() {
    if (!writer.keepsAlive()) {
      enter(Phase.CLOSING);
    } else {
      enter(skipper.isDone() ? Phase.HEAD : Phase.BODY);
    }
  }

  /** Sends some pieces of the body; the rest when those have gone, or when it is our turn again. */
  private void pump(Connection connection, Body body) {
    try {
      for (int i = 0; i < PIECES_IN_A_TURN && connection.unsent() == 0; i++) {
        long length = body.read(shared.piece, shared.piece.byteSize());
        if (length == 0) {
          writer.end();
          writer.flush();
          answered();
          release();
          return;
        }
        writer.piece(shared.piece, length);
        writer.flush();
      }
      connection.sendMore();
    } catch (NotYet e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      cut(connection, () -> "an answer ends before its time", e);
    }
  }

  @Override
  public void drained(Connection connection) {
    if (stream == null) {
      return;
    }
    pump(connection, stream);
    if (phase == Phase.CLOSING) {
      connection.closeWhenSent();
    }
  }

  @Override
  public void closed() {
    headCame();
    release();
  }

  /** Closes in the middle of an answer: by that the client learns that it is not whole. */
  private void cut(Connection connection, Supplier<String> what, Throwable reason) {
    fail(what, reason);
    enter(Phase.CLOSING);
    connection.close();
  }

  /** Gives the stream back, if there is one, and tells once of all that went wrong. */
  private void fail(Supplier<String> what, Throwable reason) {
    Throwable another = giveBack();
    if (another != null && another != reason) {
      reason.addSuppressed(another);
    }
    shared.failed(what, reason);
  }

  /** Gives the stream back, if there is one. After a failure even there the connection ends. */
  private void release() {
    Throwable failure = giveBack();
    if (failure != null) {
      shared.failed(() -> "a streamed body does not close", failure);
      enter(Phase.CLOSING);
    }
  }

  /** What the streamed body throws when it is closed; null if nothing. */
  private @Nullable Throwable giveBack() {
    Body body = stream;
    stream = null;
    try {
      if (body != null) {
        body.close();
      }
      return null;
    } catch (NotYet e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }
}
