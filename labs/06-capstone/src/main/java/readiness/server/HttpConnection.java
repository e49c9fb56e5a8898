package readiness.server;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import readiness.epoll.Connection;
import readiness.epoll.Protocol;
import readiness.epoll.Timer;
import readiness.kernel.NotYet;
import readiness.kernel.OutOfBuffers;

/**
 * HTTP/1.1 on one connection: requests in, answers out, in order.
 *
 * <pre>
 *         wanted ▶ COLLECT ─ whole ─┐
 *           │                       ▼
 *   HEAD ─ whole ──────────▶ the answer ──┬─ it has a streamed body ──▶ STREAM ─ all of it ─┐
 *    ▲ │                                  └─ it has none, or comes later ───────────────────┤
 *    │ │ bad                                                                                │
 *    │ └──────────▶ CLOSING ◀───────────────────────────────────────────────── not kept ────┤
 *    │                 ▲ bad                                                                │
 *    └─ passed over ─ BODY ◀────────────────────────────────────────────────── kept ────────┘
 * </pre>
 *
 * The answers to all requests that have arrived together are collected in the loop's output memory
 * and leave with one send. While an answer is streamed, while the client leaves too much of its
 * answers unread, and when many requests have been answered in a row, no further one is taken up:
 * the input stays with the connection, which asks again when what waited has gone and the others
 * have had their turn.
 *
 * <p>An answer may come {@link Later}. Requests behind it are taken up meanwhile, and what is said
 * to them waits in the {@link Pipeline}.
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

  /** So many answers are waited for at once, and then no further request is taken up. */
  private static final int WAITING = 16;

  /** What comes next on the connection. */
  private enum Phase {
    /** The head of a request comes, or the rest of it. */
    HEAD,

    /** The body of a request comes that is to be answered when it is whole. */
    COLLECT,

    /** The answer's body goes out, piece by piece; what comes in waits. */
    STREAM,

    /** The body of the request that was answered comes, and is passed over. */
    BODY,

    /** The last answer has been written, or has its place: nothing more is read. */
    CLOSING
  }

  private final HttpProtocol shared;
  private final RequestParser parser;
  private final ResponseWriter writer;
  private final BodyReader reader = new BodyReader();
  private final Pipeline pipeline = new Pipeline();
  private @Nullable Connection connection;
  private Phase phase = Phase.HEAD;

  /** What is streamed in {@link Phase#STREAM}; null in all others. */
  private @Nullable Body stream;

  /** What has come of a body in {@link Phase#COLLECT}; null in all others. */
  private @Nullable BodyBuffer collected;

  /** Writes what comes later; null as long as nothing did. */
  private @Nullable ResponseWriter laterWriter;

  /** The answer that got its place last. */
  private @Nullable Later latest;

  /** Runs while half a head is there, or half a body that is wanted: {@link #await}. */
  private @Nullable Timer deadline;

  HttpConnection(HttpProtocol shared) {
    this.shared = shared;
    this.parser = new RequestParser(shared.limits);
    this.writer = new ResponseWriter(shared.out, shared.date, this::send, this::later);
  }

  /** Sends what was answered at once, unless an answer before it is waited for. */
  private void send(MemorySegment data, long from, long length) {
    if (!pipeline.isEmpty()) {
      pipeline.hold(data, from, length);
    } else {
      sendNow(data, from, length);
    }
  }

  private void sendNow(MemorySegment data, long from, long length) {
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
    while (goesOn && at < to && connection.unsent() <= ENOUGH_UNSENT && !waitsForMuch()) {
      long next =
          switch (phase) {
            case HEAD ->
                requests++ < REQUESTS_IN_A_TURN
                    ? head(connection, input, at, to)
                    : nextTurn(connection, at);
            case COLLECT -> collect(connection, input, at, to);
            case BODY -> body(input, at, to);
            case STREAM, CLOSING -> at;
          };
      goesOn = next > at;
      at = next;
    }
    writer.flush();
    if (phase == Phase.CLOSING) {
      closeWhenAnswered(connection);
      return to - from;
    }
    if (waitsForMuch()) {
      connection.holdInput();
    }
    return at - from;
  }

  /** Whether nothing more is to be taken up until an answer is there that is waited for. */
  private boolean waitsForMuch() {
    return pipeline.waiting() >= WAITING
        || pipeline.held() > ENOUGH_UNSENT
        || phase == Phase.STREAM && !pipeline.isEmpty();
  }

  /** Nothing more is read; closes behind the last answer. */
  private void closeWhenAnswered(Connection connection) {
    enter(Phase.CLOSING);
    if (pipeline.isEmpty()) {
      connection.closeWhenSent();
    }
  }

  /** Enough for one turn. There is room to send, most likely, so this asks for the next one. */
  private static long nextTurn(Connection connection, long at) {
    connection.sendMore();
    return at;
  }

  /** Takes up the request that begins at {@code from}; offset behind its head, if that is whole. */
  private long head(Connection connection, MemorySegment input, long from, long to) {
    int length = parser.parse(input, from, to);
    if (length == RequestParser.INCOMPLETE) {
      await(connection, shared.patience.head());
      return from;
    }
    inTime();
    if (length == RequestParser.BAD) {
      refuse(parser.request(), parser.status());
      answered();
      return to;
    }
    Request request = parser.request();
    reader.begin(request);
    begin(request);
    try {
      long limit =
          isForHandler(request) && request.hasBody() ? shared.handler.bodyLimit(request) : 0;
      if (limit == 0) {
        answer(connection, request);
      } else if (request.contentLength > limit) {
        page(413);
        answered();
      } else {
        request.keep(length);
        collected = new BodyBuffer(connection.buffers(), limit);
        reader.collect(collected);
        enter(Phase.COLLECT);
        if (request.expectsContinue() && from + length == to) {
          writer.goAhead();
        }
        await(connection, shared.patience.body());
        return from + length;
      }
    } catch (NotYet e) {
      throw e; // says more where it is than as a 500
    } catch (RuntimeException | Error e) {
      apologize(connection, request, e);
    }
    parser.next();
    return from + length;
  }

  /** Begins the answer to a request. */
  private void begin(Request request) {
    // Who waits for a word before the body need not send it: the answer is there.
    boolean readsOn = reader.isDone() || BodyReader.canSkip(request) && !request.expectsContinue();
    boolean isHead = request.method() == Method.HEAD;
    writer.begin(isHead, request.isHttp11(), request.keepsAlive() && readsOn);
  }

  /** Collects what there is of a body, and answers when it is whole. */
  private long collect(Connection connection, MemorySegment input, long from, long to) {
    Request request = parser.request();
    long next;
    try {
      next = reader.read(input, from, to);
    } catch (OutOfBuffers | OutOfMemoryError e) {
      return refuseBody(request, 503, to);
    }
    if (next < 0) {
      return refuseBody(request, next == BodyReader.BAD ? 400 : 413, to);
    }
    if (reader.isDone() && collected != null) {
      inTime();
      request.body = collected.content();
      begin(request);
      try {
        answer(connection, request);
      } catch (NotYet e) {
        throw e;
      } catch (RuntimeException | Error e) {
        apologize(connection, request, e);
      } finally {
        releaseBody();
      }
      parser.next();
    }
    return next;
  }

  /** Nobody knows where the next request would begin, or nobody wants to read so far. */
  private long refuseBody(Request request, int status, long to) {
    inTime();
    releaseBody();
    refuse(request, status);
    answered();
    return to;
  }

  private void releaseBody() {
    if (collected != null) {
      collected.release();
      collected = null;
    }
  }

  /** Half of something is there, and the rest has so much time. What comes whole needs none. */
  private void await(Connection connection, Duration patience) {
    if (deadline == null) {
      deadline = connection.schedule(patience, () -> lastWord(connection, 408));
    }
  }

  private void inTime() {
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
    boolean waitsForClient = phase == Phase.HEAD || phase == Phase.COLLECT;
    if (waitsForClient && connection.unsent() == 0 && pipeline.isEmpty()) {
      inTime();
      releaseBody();
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
    long next = reader.read(input, from, to);
    if (next == BodyReader.BAD) {
      // Nobody knows where the next request would begin.
      enter(Phase.CLOSING);
      return to;
    }
    if (reader.isDone()) {
      enter(Phase.HEAD);
    }
    return next;
  }

  private void answer(Connection connection, Request request) {
    dispatch(request);
    stream = writer.takeStream();
    if (stream == null) {
      answered();
    } else {
      enter(Phase.STREAM);
      pump(connection, stream);
    }
  }

  /** Gives an answer that comes later its place behind what was answered so far. */
  private Later later() {
    if (connection == null) {
      throw new IllegalStateException("no connection, so no request either");
    }
    writer.flush();
    latest =
        new Later(
            connection::execute,
            this::finished,
            writer.isHead(),
            writer.isHttp11(),
            writer.keepsAlive());
    pipeline.open(latest);
    return latest;
  }

  /** An answer is there that was to come later. On the loop's thread. */
  private void finished(Later later, Response response) {
    Connection connection = this.connection;
    if (connection == null || connection.isClosed()) {
      return;
    }
    pipeline.finish(later, response, outlet(connection));
    if (pipeline.isEmpty() && stream != null) {
      pump(connection, stream);
    }
    if (phase == Phase.CLOSING) {
      closeWhenAnswered(connection);
    } else if (!waitsForMuch()) {
      connection.releaseInput();
    }
  }

  private Pipeline.Outlet outlet(Connection connection) {
    return new Pipeline.Outlet() {
      @Override
      public void send(Later later, Response response) {
        write(connection, later, response);
      }

      @Override
      public void send(MemorySegment bytes) {
        sendHeld(bytes);
      }
    };
  }

  /** By way of the output memory, since the kernel sees no memory of the heap. */
  private void sendHeld(MemorySegment bytes) {
    long length;
    for (long at = 0; at < bytes.byteSize(); at += length) {
      length = Math.min(bytes.byteSize() - at, shared.out.byteSize());
      MemorySegment.copy(bytes, at, shared.out, 0, length);
      sendNow(shared.out, 0, length);
    }
  }

  private void write(Connection connection, Later later, Response response) {
    if (laterWriter == null) {
      laterWriter = new ResponseWriter(shared.out, shared.date, this::sendNow);
    }
    laterWriter.begin(later.isHead, later.isHttp11, later.keepAlive);
    try {
      laterWriter.write(response);
    } catch (RuntimeException | Error e) {
      if (!laterWriter.takeBack()) {
        cut(connection, () -> "an answer ends before its time", e);
        return;
      }
      shared.failed(() -> "an answer that cannot be sent", e);
      laterWriter.begin(later.isHead, later.isHttp11, later.keepAlive);
      laterWriter.write(Response.page(500));
    }
    laterWriter.flush();
  }

  /** Answers 500 in place of what the handler has begun, or cuts that off if it has left. */
  private void apologize(Connection connection, Request request, Throwable reason) {
    stream = writer.takeStream();
    Supplier<String> what = () -> "no answer to " + request.targetText();
    if (writer.isLater() && latest != null) {
      fail(what, reason);
      answered();
      finished(latest, Response.page(500));
    } else if (writer.takeBack()) {
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

  /** Whether a request has a form and a method that the handler is asked about. */
  private static boolean isForHandler(Request request) {
    return request.method() != Method.OTHER
        && switch (request.form()) {
          case NONE, SECURE, AUTHORITY -> false;
          case ORIGIN, ABSOLUTE, ASTERISK -> true;
        };
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
      enter(reader.isDone() ? Phase.HEAD : Phase.BODY);
    }
  }

  /** Sends some pieces of the body; the rest when those have gone, or when it is our turn again. */
  private void pump(Connection connection, Body body) {
    if (!pipeline.isEmpty()) {
      return; // until all that is before it has left
    }
    try {
      for (int i = 0; i < PIECES_IN_A_TURN && connection.unsent() == 0; i++) {
        long length = body.read(shared.piece, shared.piece.byteSize());
        if (length == 0) {
          writer.end();
          writer.flush();
          answered();
          release();
          connection.releaseInput();
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
      closeWhenAnswered(connection);
    }
  }

  @Override
  public void ended(Connection connection) {
    closeWhenAnswered(connection);
  }

  @Override
  public void stopping(Connection connection) {
    closeWhenAnswered(connection);
  }

  @Override
  public void closed() {
    inTime();
    releaseBody();
    if (!pipeline.isEmpty()) {
      pipeline.cancel();
    }
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
