package readiness.epoll;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a server sends, byte by byte, and what a client is to make of it.
 *
 * @param what is special about it
 * @param head whether it answers a HEAD
 * @param bytes all that is sent, as Latin-1
 * @param untilEnd whether only the server's end says where the body ends
 */
record Response(
    String what, boolean head, String bytes, int status, String body, boolean untilEnd) {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  /** What a body may not be mistaken for. */
  private static final String LOOKS_LIKE_FRAMING = "\r\n0\r\n\r\nHTTP/1.1 500 No\r\n\r\n";

  static List<Response> all() {
    String utf8 = latin1("größer als gedacht".getBytes(StandardCharsets.UTF_8));
    String every = everyByte();
    List<Response> all = new ArrayList<>();
    all.add(of("a length", 200, OK + "Content-Length: 5\r\n\r\nhello", "hello"));
    all.add(of("a length of 0", 200, OK + "content-length:0\r\n\r\n", ""));
    all.add(
        of(
            "a length in bytes, where a letter has two",
            200,
            OK + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\n\r\n" + utf8,
            utf8));
    all.add(
        of(
            "every byte there is",
            404,
            "HTTP/1.1 404 \r\nContent-Length: 256\r\n\r\n" + every,
            every));
    all.add(of("204", 204, "HTTP/1.1 204 No Content\r\nServer: x\r\n\r\n", ""));
    all.add(of("304 with a length", 304, "HTTP/1.1 304\r\nContent-Length: 99\r\n\r\n", ""));
    all.add(
        new Response(
            "the answer to a HEAD", true, OK + "Content-Length: 99\r\n\r\n", 200, "", false));
    all.add(
        new Response(
            "the answer to a HEAD, in chunks that do not come", true, CHUNKED, 200, "", false));
    all.add(
        of("two chunks", 200, CHUNKED + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"));
    all.add(
        of(
            "a chunk of hexadecimal 1a bytes, one of 1A, one of 10",
            200,
            CHUNKED
                + "1a\r\n%s\r\n1A\r\n%s\r\n010\r\n%s\r\n0\r\n\r\n"
                    .formatted("x".repeat(26), "y".repeat(26), "z".repeat(16)),
            "x".repeat(26) + "y".repeat(26) + "z".repeat(16)));
    all.add(
        of(
            "chunks with extensions, and trailers behind them",
            200,
            CHUNKED
                + "5;a=b\r\nhello\r\n6 ; c=\"d;e\"\r\n world\r\n00;last\r\n"
                + "Content-Length: 7\r\nExpires: never\r\n\r\n",
            "hello world"));
    all.add(
        of(
            "a chunk that holds what looks like chunks",
            200,
            CHUNKED
                + "%x\r\n%s\r\n0\r\n\r\n"
                    .formatted(LOOKS_LIKE_FRAMING.length(), LOOKS_LIKE_FRAMING),
            LOOKS_LIKE_FRAMING));
    all.add(of("no chunk but the last", 200, CHUNKED + "0\r\n\r\n", ""));
    all.add(
        new Response(
            "neither length nor chunks: all until the server ends",
            false,
            "HTTP/1.0 200 OK\r\nServer: old\r\n\r\n" + LOOKS_LIKE_FRAMING,
            200,
            LOOKS_LIKE_FRAMING,
            true));
    all.add(
        of(
            "a word on the way, and then the answer",
            200,
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + OK
                + "CONTENT-LENGTH: \t 2 \t\r\n\r\nhi",
            "hi"));
    return all;
  }

  private static Response of(String what, int status, String bytes, String body) {
    return new Response(what, false, bytes, status, body, false);
  }

  /** A response with a long body, which may be anything. */
  static Response any(Random random) {
    byte[] body = new byte[random.nextInt(random.nextBoolean() ? 100 : 20_000)];
    random.nextBytes(body);
    String text = latin1(body);
    return switch (random.nextInt(3)) {
      case 0 ->
          of(
              "a length",
              200,
              OK + "Content-Length: %d\r\n\r\n%s".formatted(body.length, text),
              text);
      case 1 ->
          new Response(
              "all until the end", false, "HTTP/1.0 200 OK\r\n\r\n" + text, 200, text, true);
      default -> of("chunks", 200, CHUNKED + chunks(text, random) + "0\r\n\r\n", text);
    };
  }

  private static String chunks(String body, Random random) {
    StringBuilder chunks = new StringBuilder();
    int at = 0;
    while (at < body.length()) {
      int size = Math.min(body.length() - at, 1 + random.nextInt(3_000));
      chunks.append("%x\r\n%s\r\n".formatted(size, body.substring(at, at + size)));
      at += size;
    }
    return chunks.toString();
  }

  private static String everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return latin1(bytes);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  byte[] sent() {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** How many bytes stand before the body. */
  int headLength() {
    return bytes.length() - (untilEnd ? body.length() : 0);
  }

  /** What is heard of it in the end. */
  String wanted() {
    return Heard.describe(status, body.getBytes(StandardCharsets.ISO_8859_1), "complete");
  }
}
