package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a request, as offsets into the memory in which it arrived: nothing is copied and
 * nothing becomes a {@code String} unless somebody asks.
 *
 * <p>One instance serves all requests of a connection, one after the other. It is filled by {@link
 * RequestParser}, belongs to the loop's thread, and a {@link Handler} may look at it during its
 * call only.
 */
public final class Request {
  /** Offsets of one field: name, its end, value, its end. */
  private static final int OFFSETS = 4;

  /** What a target looks like (RFC 9112, section 3.2). */
  enum Form {
    /** {@code /path?query}: most of them. */
    ORIGIN,

    /** {@code http://host/path?query}: what proxies are sent and servers must take. */
    ABSOLUTE,

    /** The same with {@code https}, which no connection without TLS may answer. */
    SECURE,

    /** {@code host:port}, of CONNECT and of no other method. */
    AUTHORITY,

    /** {@code *}, of OPTIONS and of no other method. */
    ASTERISK,

    /** Nothing of that kind. */
    NONE
  }

  private static final byte[] EXPECT = ascii("expect");
  private static final byte[] HTTP = ascii("http://");
  private static final byte[] HTTPS = ascii("https://");

  MemorySegment memory = MemorySegment.NULL;

  /** What was collected of the body; empty if it was passed over. */
  MemorySegment body = MemorySegment.NULL;

  /** Where the head begins in {@link #memory}. The offsets below count from here. */
  long start;

  Method method = Method.OTHER;
  int target;
  int targetEnd;

  /** 0 for HTTP/1.0, 1 for HTTP/1.1 and whatever 1.x may come. */
  int minor;

  /** Whether the connection may serve another request after this one. */
  boolean keepAlive;

  /** Bytes of body that Content-Length declares; 0 without that field. */
  long contentLength;

  /** Whether the body comes in chunks. */
  boolean chunked;

  private int fields;
  private int[] offsets = new int[16 * OFFSETS];

  Request() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Forgets everything, for the next request. */
  void clear() {
    memory = MemorySegment.NULL;
    body = MemorySegment.NULL;
    start = 0;
    method = Method.OTHER;
    target = 0;
    targetEnd = 0;
    minor = 0;
    keepAlive = false;
    contentLength = 0;
    chunked = false;
    fields = 0;
  }

  /** Remembers a field: name in {@code [name, nameEnd)}, value in {@code [value, valueEnd)}. */
  void add(int name, int nameEnd, int value, int valueEnd) {
    int at = fields++ * OFFSETS;
    if (at == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * at);
    }
    offsets[at] = name;
    offsets[at + 1] = nameEnd;
    offsets[at + 2] = value;
    offsets[at + 3] = valueEnd;
  }

  /**
   * Keeps a copy of the head's memory, so that it may still be looked at when the memory in which
   * it arrived is used again.
   *
   * @param length of the head in bytes
   */
  void keep(int length) {
    memory = MemorySegment.ofArray(memory.asSlice(start, length).toArray(JAVA_BYTE));
    start = 0;
  }

  /**
   * A copy of this request with its body, which lives as long as it is wanted, and on any thread.
   * This one is used again for the connection's next request.
   */
  public Request detached() {
    Request copy = new Request();
    long end = start;
    for (int i = 0; i < fields; i++) {
      end = Math.max(end, valueEnd(i));
    }
    end = Math.max(end, targetEnd());
    copy.memory = MemorySegment.ofArray(memory.asSlice(start, end - start).toArray(JAVA_BYTE));
    copy.body = MemorySegment.ofArray(body.toArray(JAVA_BYTE)).asReadOnly();
    copy.method = method;
    copy.target = target;
    copy.targetEnd = targetEnd;
    copy.minor = minor;
    copy.keepAlive = keepAlive;
    copy.contentLength = contentLength;
    copy.chunked = chunked;
    copy.fields = fields;
    copy.offsets = Arrays.copyOf(offsets, fields * OFFSETS);
    return copy;
  }

  /**
   * The whole body, if {@link Handler#bodyLimit} wanted it; empty if not, or if there is none.
   * Valid as long as the request.
   */
  public MemorySegment body() {
    return body;
  }

  public Method method() {
    return method;
  }

  /** Whether the request is HTTP/1.1; false means HTTP/1.0. */
  public boolean isHttp11() {
    return minor >= 1;
  }

  /** How many header fields there are. */
  public int fields() {
    return fields;
  }

  /** Whether the client would have the connection serve another request after this one. */
  public boolean keepsAlive() {
    return keepAlive;
  }

  /** Whether a body follows the head. */
  public boolean hasBody() {
    return chunked || contentLength > 0;
  }

  /** Whether the client waits for a word before it sends the body (RFC 9110, section 10.1.1). */
  boolean expectsContinue() {
    return hasBody() && field(EXPECT) >= 0;
  }

  /** The form of the target; {@link Form#NONE} if it has none that its method may have. */
  Form form() {
    if (method == Method.CONNECT) {
      long host = Authority.hostEnd(memory, target(), targetEnd());
      return host > target() && host + 1 < targetEnd() ? Form.AUTHORITY : Form.NONE;
    }
    byte first = memory.get(JAVA_BYTE, target());
    if (first == '/') {
      return Form.ORIGIN;
    }
    if (first == '*') {
      return method == Method.OPTIONS && targetEnd - target == 1 ? Form.ASTERISK : Form.NONE;
    }
    if (isAbsolute(HTTP)) {
      return Form.ABSOLUTE;
    }
    return isAbsolute(HTTPS) ? Form.SECURE : Form.NONE;
  }

  /** Whether the target begins with {@code scheme} and a host. */
  private boolean isAbsolute(byte[] scheme) {
    long host = host(scheme);
    return host >= 0 && Authority.hostEnd(memory, host, authorityEnd(host)) > host;
  }

  /** Offset behind {@code scheme}, -1 if the target does not begin with it. */
  private long host(byte[] scheme) {
    long host = target() + scheme.length;
    boolean begins = host < targetEnd() && Grammar.sameIgnoringCase(memory, target(), host, scheme);
    return begins ? host : -1;
  }

  /** Offset of what ends a host and its port: the path, the query or the target's end. */
  private long authorityEnd(long host) {
    return end(host, '/', end(host, '?', targetEnd()));
  }

  /**
   * Offset in {@link #memory()} of the path: where the target begins, or behind the host of the
   * absolute form that proxies are sent and servers must take (RFC 9112, section 3.2).
   *
   * @return -1 if the target is none of {@code /path}, {@code http://host/path} and {@code *}
   */
  public long path() {
    byte first = memory.get(JAVA_BYTE, target());
    if (first == '/' || (first == '*' && targetEnd - target == 1)) {
      return target();
    }
    long host = Math.max(host(HTTP), host(HTTPS));
    return host < 0 ? -1 : authorityEnd(host);
  }

  /** Offset in {@link #memory()} behind the path: of the question mark, or of the target's end. */
  public long pathEnd() {
    return end(target(), '?', targetEnd());
  }

  /** Offset of the first {@code mark} in {@code [from, to)}, {@code to} if there is none. */
  private long end(long from, char mark, long to) {
    long i = from;
    while (i < to && memory.get(JAVA_BYTE, i) != mark) {
      i++;
    }
    return i;
  }

  /** The memory that the offsets of this request point into. */
  public MemorySegment memory() {
    return memory;
  }

  /** Offset in {@link #memory()} of the request target's first byte. */
  public long target() {
    return start + target;
  }

  /** Offset in {@link #memory()} behind the request target. */
  public long targetEnd() {
    return start + targetEnd;
  }

  /**
   * The first field of this name.
   *
   * @param name in lower case
   * @return its index, for {@link #value} and {@link #valueEnd}; -1 if there is none
   */
  public int field(byte[] name) {
    return field(name, 0);
  }

  /** The first field of this name at index {@code from} or behind it; -1 if there is none. */
  public int field(byte[] name, int from) {
    for (int i = from; i < fields; i++) {
      int at = i * OFFSETS;
      if (Grammar.sameIgnoringCase(memory, start + offsets[at], start + offsets[at + 1], name)) {
        return i;
      }
    }
    return -1;
  }

  /** Offset in {@link #memory()} of the value of field {@code index}, white space left out. */
  public long value(int index) {
    return start + offsets[index * OFFSETS + 2];
  }

  /** Offset in {@link #memory()} behind the value of field {@code index}. */
  public long valueEnd(int index) {
    return start + offsets[index * OFFSETS + 3];
  }

  /** The value of field {@code index} as text; allocates. */
  public String valueText(int index) {
    return text(value(index), valueEnd(index));
  }

  /** The request target as text; allocates. */
  public String targetText() {
    return text(target(), targetEnd());
  }

  /**
   * The path as text, as it was sent; a slash if none was sent, which {@code http://host} is short
   * for. Allocates.
   */
  public String pathText() {
    return path() == pathEnd() ? "/" : text(path(), pathEnd());
  }

  private String text(long from, long to) {
    return new String(
        memory.asSlice(from, to - from).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }
}
