package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * Writes answers one behind the other into the loop's output memory, from where they leave together
 * (RFC 9112, sections 4 to 7; RFC 9110, sections 6.4 and 8.6).
 *
 * <pre>
 *            status        header*      empty, body
 *   nothing ───────▶ head ──────────┬──────────────────────▶ answered
 *      │                            └─▶ body ──────────────▶
 *      │                         stream  piece*       end
 *      └──▶ later
 * </pre>
 *
 * <p>Each connection has a writer, and all writers of a loop share the output memory: nothing stays
 * in it when the loop goes on to the next connection. Belongs to the loop's thread. An answer with
 * its body in memory allocates nothing.
 */
public final class ResponseWriter {
  /** Where the bytes go when the output memory is full, and at {@link #flush}. */
  @FunctionalInterface
  interface Sink {
    /** Takes {@code data[from, from + length)}; the memory is reused after the call. */
    void send(MemorySegment data, long from, long length);
  }

  /**
   * The line {@code Date: ...} for the second that it is. Rendering a date costs more than the rest
   * of a small answer together, so it is done once in a second at most.
   */
  static final class DateField {
    private final LongSupplier epochMillis;
    private final LongFunction<String> text;
    private byte[] line = {};
    private long second = Long.MIN_VALUE;

    /**
     * A field that has not been rendered yet.
     *
     * @param epochMillis the time, as {@link System#currentTimeMillis}
     * @param text renders seconds since 1970
     */
    DateField(LongSupplier epochMillis, LongFunction<String> text) {
      this.epochMillis = epochMillis;
      this.text = text;
    }

    /** The second that it is, since 1970. */
    long now() {
      return Math.floorDiv(epochMillis.getAsLong(), 1000);
    }

    /**
     * The whole line with its CR LF; the caller must not change it.
     *
     * @param now the second that it is, since 1970
     */
    byte[] line(long now) {
      throw new NotYet("http-response");
    }
  }

  /** How far the answer is. */
  private enum Part {
    NOTHING,
    HEAD,
    BODY,
    LATER,
    ANSWERED
  }

  /** The length of a body of which only its end will tell how long it was. */
  public static final long UNKNOWN = -1;

  /** Digits of {@code Long.MAX_VALUE}. */
  private static final int MAX_DIGITS = 19;

  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

  private final MemorySegment out;
  private final DateField date;
  private final Sink sink;
  private final Supplier<Later> later;
  private final byte[] digits = new byte[MAX_DIGITS];

  /** Where the next byte goes in {@link #out}. */
  private long position;

  /** Where the answer under way begins in {@link #out}; -1 once a part of it has left. */
  private long start;

  private long now;
  private Part part = Part.ANSWERED;
  private boolean isHead;
  private boolean isHttp11;
  private boolean keepAlive;
  private int status;
  private boolean chunked;

  /** Bytes of body that Content-Length announced and that are still to come, or UNKNOWN. */
  private long promised;

  private @Nullable Body stream;

  /** A writer of answers that are there at once. */
  ResponseWriter(MemorySegment out, DateField date, Sink sink) {
    this(
        out,
        date,
        sink,
        () -> {
          throw new IllegalStateException("an answer is due now");
        });
  }

  /**
   * A writer with nothing written.
   *
   * @param out the output memory
   * @param date the Date field, one for all writers of a loop
   * @param sink where what is written goes
   * @param later gives an answer its place that comes later
   */
  ResponseWriter(MemorySegment out, DateField date, Sink sink, Supplier<Later> later) {
    this.out = out;
    this.date = date;
    this.sink = sink;
    this.later = later;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Begins an answer behind those that are written already.
   *
   * @param isHead whether the request was HEAD, whose answer has a head only
   * @param isHttp11 whether the client speaks HTTP/1.1; false means HTTP/1.0
   * @param keepAlive whether the connection is to serve another request afterwards
   */
  void begin(boolean isHead, boolean isHttp11, boolean keepAlive) {
    this.isHead = isHead;
    this.isHttp11 = isHttp11;
    this.keepAlive = keepAlive;
    now = date.now();
    part = Part.NOTHING;
    start = position;
    chunked = false;
    promised = UNKNOWN;
    stream = null;
  }

  /**
   * Writes the status line and the Date.
   *
   * @param code from 200 to 599
   */
  public ResponseWriter status(int code) {
    throw new NotYet("http-response");
  }

  /**
   * Writes a field. Content-Length, Transfer-Encoding, Connection and Date are the writer's own and
   * must not be given.
   *
   * @param name such as {@code Content-Type}
   * @param value what stands behind the colon
   * @throws IllegalArgumentException if the value holds a CR, an LF or a NUL: with one, whoever
   *     chose the value could add fields, or a whole answer, of their own
   */
  public ResponseWriter header(byte[] name, byte[] value) {
    throw new NotYet("http-response");
  }

  /**
   * The time of the answer, in seconds since 1970: its Date, whenever that is written. The clock is
   * read once for each answer, which on some machines costs as much as all the rest.
   */
  long now() {
    return now;
  }

  /**
   * Writes fields that were put together before: whole lines with their CR LF.
   *
   * @param lines nothing in them was chosen by a client: they are not looked at
   */
  ResponseWriter fields(byte[] lines) {
    follows(Part.HEAD);
    put(lines);
    return this;
  }

  /**
   * The answer comes later, by what this returns. The requests behind are taken up meanwhile, and
   * answers to them wait for this one.
   */
  public Later later() {
    follows(Part.NOTHING);
    part = Part.LATER;
    return later.get();
  }

  /** Writes a whole answer. */
  public void write(Response response) {
    status(response.status());
    for (Response.Field field : response.fields()) {
      header(field.name(), field.value());
    }
    body(MemorySegment.ofArray(response.body()));
  }

  /** Ends an answer without a body. */
  public void empty() {
    body(MemorySegment.NULL);
  }

  /**
   * Ends the head and writes the whole body, which Content-Length announces. Of an answer that has
   * no body (see {@link #hasBody}) no byte of it is written.
   *
   * @param data all of it; copied, and the caller's again after the call
   */
  public void body(MemorySegment data) {
    throw new NotYet("http-response");
  }

  /**
   * Ends the head and leaves the body to be fetched by {@link #takeStream}. An answer that has no
   * body closes it unread.
   *
   * @param length how many bytes the body has, or {@link #UNKNOWN}
   * @param body the writer's from now on
   */
  public void stream(long length, Body body) {
    throw new NotYet("http-response");
  }

  /** The body that is to be written piece by piece, which is the caller's now; null if none. */
  @Nullable Body takeStream() {
    Body taken = stream;
    stream = null;
    return taken;
  }

  /**
   * Writes the next piece of a streamed body: as it is when its length was announced, as a chunk
   * when not (RFC 9112, section 7.1: size in hexadecimal, CR LF, the bytes, CR LF). A piece of no
   * bytes is passed over, since a chunk of size 0 would be the end.
   *
   * @throws IllegalStateException if it is more than was announced
   */
  void piece(MemorySegment data, long length) {
    throw new NotYet("http-response");
  }

  /**
   * Ends a streamed body; one in chunks by the chunk of size 0.
   *
   * @throws IllegalStateException if it is less than was announced
   */
  void end() {
    throw new NotYet("http-response");
  }

  /** Holds a piece of the body against what Content-Length announced. */
  private void count(long length) {
    if (promised != UNKNOWN) {
      if (length > promised) {
        throw new IllegalStateException(length - promised + " bytes more than Content-Length says");
      }
      promised -= length;
    }
  }

  /**
   * Ends the head: writes how the body is framed, what becomes of the connection, and the empty
   * line.
   *
   * <ul>
   *   <li>204 and 304 have no body and no field that frames one.
   *   <li>A known length is announced by Content-Length, in the answer to HEAD as well.
   *   <li>An unknown length takes chunks in HTTP/1.1. HTTP/1.0 knows none: there the end of the
   *       connection is the end of the body, so the connection is not kept.
   *   <li>{@code Connection: close} if the connection is not kept, {@code Connection: keep-alive}
   *       if it is and the client speaks HTTP/1.0, where that is not a matter of course.
   * </ul>
   *
   * @param length of the body, or {@link #UNKNOWN}
   */
  private void endHead(long length) {
    throw new NotYet("http-response");
  }

  /** Whether the answer has a body: not to HEAD, and not with the status 204 or 304. */
  private boolean hasBody() {
    throw new NotYet("http-response");
  }

  /**
   * Writes a number, 0 or more, in digits of the given base, the letters among them in lower case,
   * without making a String of it.
   */
  private void put(long number, int base) {
    throw new NotYet("http-response");
  }

  private void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  private void put(byte[] bytes, int from, int length) {
    int at = from;
    int rest = length;
    for (int room = room(); room < rest; room = room()) {
      MemorySegment.copy(bytes, at, out, JAVA_BYTE, position, room);
      at += room;
      rest -= room;
      position += room;
      flush();
    }
    MemorySegment.copy(bytes, at, out, JAVA_BYTE, position, rest);
    position += rest;
  }

  private void put(MemorySegment data, long length) {
    long at = 0;
    for (int room = room(); room < length - at; room = room()) {
      MemorySegment.copy(data, at, out, position, room);
      at += room;
      position += room;
      flush();
    }
    MemorySegment.copy(data, at, out, position, length - at);
    position += length - at;
  }

  /** How many bytes fit in before {@link #flush}. */
  private int room() {
    return (int) (out.byteSize() - position);
  }

  /** Sends what is written. */
  void flush() {
    if (position > 0) {
      long length = position;
      position = 0;
      start = -1;
      sink.send(out, 0, length);
    }
  }

  /**
   * Takes the answer under way back, to begin another one in its place. A stream that belongs to it
   * is left to {@link #takeStream}.
   *
   * @return false if a part of it has left already: then only the connection's end can tell the
   *     client that something went wrong
   */
  boolean takeBack() {
    part = Part.ANSWERED;
    if (start < 0) {
      return false;
    }
    position = start;
    return true;
  }

  /** Whether the answer is complete, but for a body that is to be fetched. */
  boolean isAnswered() {
    return part == Part.ANSWERED || part == Part.BODY || part == Part.LATER;
  }

  /** Whether the answer comes later. */
  boolean isLater() {
    return part == Part.LATER;
  }

  /** Whether the connection is to serve another request after this answer. */
  boolean keepsAlive() {
    return keepAlive;
  }

  /** Whether the request was HEAD. */
  boolean isHead() {
    return isHead;
  }

  /** Whether the client speaks HTTP/1.1. */
  boolean isHttp11() {
    return isHttp11;
  }

  /** Tells a client that waits for a word before it sends a body that it may. No answer yet. */
  void goAhead() {
    put(CONTINUE);
  }

  private void follows(Part expected) {
    if (part != expected) {
      throw new IllegalStateException("this belongs into " + expected + ", not " + part);
    }
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
