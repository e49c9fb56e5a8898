package readiness.dissect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Optional;

/** Text, made fit to be printed: shortened, and with nothing in it that a terminal would obey. */
final class Text {
  /** How many characters of a text are printed. */
  private static final int SHOWN = 60;

  private final StringBuilder shown = new StringBuilder();
  private long characters;
  private boolean controls;

  private Text() {}

  /** What bytes say in UTF-8; nothing if they are not UTF-8. */
  static Optional<String> of(byte[] bytes, int from, int to) {
    Text text = new Text();
    return text.decode(bytes, from, to) ? Optional.of(text.quoted()) : Optional.empty();
  }

  /**
   * The same for bytes of which nobody knows whether they are meant as text: what has a control
   * character in it is not, but for tabs and the ends of lines.
   */
  static Optional<String> guess(byte[] bytes, int from, int to) {
    Text text = new Text();
    return text.decode(bytes, from, to) && !text.controls
        ? Optional.of(text.quoted())
        : Optional.empty();
  }

  /** A text in quotation marks. */
  static String quote(String whole) {
    Text text = new Text();
    text.take(whole);
    return text.quoted();
  }

  /** A text that is plain, and perhaps long. */
  static String shortened(String plain) {
    return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…";
  }

  /** {@code 1 byte}, {@code 2 bytes}. */
  static String bytes(int count) {
    return count(count, "byte");
  }

  /** So many of something. */
  static String count(int count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }

  /** A piece at a time, so that 64 MiB take no more memory than a word. */
  private boolean decode(byte[] bytes, int from, int to) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(Math.clamp(to - from, 2, 1024));
    CharsetDecoder decoder = UTF_8.newDecoder();
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
      take(out.flip());
    } while (result.isOverflow());
    return !result.isError();
  }

  private void take(CharSequence more) {
    more.codePoints().forEach(this::take);
  }

  private void take(int character) {
    if (character < ' ' && "\t\n\r".indexOf(character) < 0 || character == 0x7f) {
      controls = true;
    }
    characters++;
    if (characters <= SHOWN) {
      show(character);
    }
  }

  private void show(int character) {
    switch (character) {
      case '"', '\\' -> shown.append('\\').appendCodePoint(character);
      case '\t' -> shown.append("\\t");
      case '\n' -> shown.append("\\n");
      case '\r' -> shown.append("\\r");
      default -> {
        if (isPrintable(character)) {
          shown.appendCodePoint(character);
        } else {
          shown.append("\\u{").append(Integer.toHexString(character)).append('}');
        }
      }
    }
  }

  /** Formats among what is not: they turn the direction of a line, or cannot be seen. */
  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private String quoted() {
    return characters <= SHOWN
        ? "\"" + shown + "\""
        : "\"" + shown + "…\", " + characters + " characters";
  }
}
