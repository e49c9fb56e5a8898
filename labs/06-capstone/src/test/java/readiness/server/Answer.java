package readiness.server;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Finding;

/**
 * An answer, read by the letter of RFC 9112: whatever is not as it has to be is a {@link Finding}
 * that shows the bytes and the place.
 *
 * @param status the code
 * @param fields as they came, {@code Name: value}
 * @param body without its framing
 * @param end offset behind the answer
 * @param isDelimited whether something else than the connection's end tells where the body ends
 */
record Answer(int status, List<String> fields, byte[] body, int end, boolean isDelimited) {
  /** The value of the field of that name; null if there is none, all values if there are more. */
  @Nullable String field(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    List<String> values =
        fields.stream()
            .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(start))
            .map(each -> each.substring(start.length()).strip())
            .toList();
    return values.isEmpty() ? null : String.join(" and ", values);
  }

  /** The body as text. */
  String text() {
    return Wire.text(body);
  }

  /** Reads all answers in {@code bytes} to GET. */
  static List<Answer> all(byte[] bytes) {
    List<Answer> answers = new ArrayList<>();
    for (int at = 0; at < bytes.length; at = answers.getLast().end) {
      answers.add(read(bytes, at, false));
    }
    return answers;
  }

  /**
   * Reads one answer.
   *
   * @param from where it begins
   * @param isHead whether it answers HEAD
   */
  static Answer read(byte[] bytes, int from, boolean isHead) {
    return new Reader(bytes, from).read(isHead);
  }

  private static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    Answer read(boolean isHead) {
      int start = at;
      String line = line("a status line");
      if (!line.matches("HTTP/1\\.1 [1-5][0-9]{2} [ -~]*")) {
        throw wrong(start, "a status line such as HTTP/1.1 200 OK");
      }
      int status = Integer.parseInt(line.substring(9, 12));
      List<String> fields = new ArrayList<>();
      start = at;
      for (line = line("a field"); !line.isEmpty(); line = line("a field")) {
        if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \\t\\x21-\\x7e\\x80-\\xff]*")) {
          throw wrong(start, "a field such as Name: value");
        }
        fields.add(line);
        start = at;
      }
      return body(new Answer(status, fields, new byte[0], at, true), isHead);
    }

    private Answer body(Answer head, boolean isHead) {
      String length = head.field("Content-Length");
      String coding = head.field("Transfer-Encoding");
      if (length != null && coding != null) {
        throw wrong(at, "a body framed in one way, not by Content-Length and by chunks");
      }
      if (head.status == 204 && (length != null || coding != null)) {
        throw wrong(at, "no field that frames a body: 204 has none (RFC 9110, section 8.6)");
      }
      if (isHead || head.status == 204 || head.status == 304) {
        return head;
      }
      if (coding != null) {
        if (!coding.equals("chunked")) {
          throw wrong(at, "Transfer-Encoding: chunked");
        }
        return new Answer(head.status, head.fields, chunks(), at, true);
      }
      if (length == null) {
        byte[] rest = take(bytes.length - at);
        return new Answer(head.status, head.fields, rest, at, false);
      }
      if (!length.matches("[0-9]{1,18}")) {
        throw wrong(at, "a Content-Length in decimal digits, not " + length);
      }
      byte[] body = take(Long.parseLong(length));
      return new Answer(head.status, head.fields, body, at, true);
    }

    private byte[] chunks() {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        int start = at;
        String size = line("the size of a chunk");
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
          throw wrong(start, "the size of a chunk, in hexadecimal digits");
        }
        byte[] chunk = take(Long.parseLong(size, 16));
        body.writeBytes(chunk);
        start = at;
        if (!line("the CR LF behind a chunk").isEmpty()) {
          throw wrong(start, "CR LF behind a chunk of 0x%s bytes".formatted(size));
        }
        if (chunk.length == 0) {
          return body.toByteArray();
        }
      }
    }

    private String line(String what) {
      int start = at;
      while (at < bytes.length && bytes[at] != '\n') {
        at++;
      }
      if (at == bytes.length) {
        throw wrong(at, what + ", and CR LF behind it");
      }
      if (at == start || bytes[at - 1] != '\r') {
        throw wrong(at, "CR before LF");
      }
      at++;
      return Wire.text(Arrays.copyOfRange(bytes, start, at - 2));
    }

    private byte[] take(long length) {
      if (length > bytes.length - at) {
        throw wrong(bytes.length, "a body of %,d bytes".formatted(length));
      }
      byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) length);
      at += (int) length;
      return taken;
    }

    private Finding wrong(int caret, String expected) {
      List<String> shown = Wire.show(Wire.text(bytes), caret);
      // Of a long body the end tells enough.
      return new Finding(
          shown.size() > 24 ? shown.subList(shown.size() - 24, shown.size()) : shown,
          expected,
          caret < bytes.length ? "something else at the mark" : "the bytes end before");
    }
  }
}
