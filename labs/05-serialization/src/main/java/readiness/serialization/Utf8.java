package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Text in UTF-8, strictly (RFC 3629). What {@code String} cannot read it replaces by U+FFFD, and a
 * half of a surrogate pair it writes as a question mark: either way something else arrives than
 * what was sent, and nobody is told. Here both are refused.
 *
 * <p>{@code String} does the work all the same, since the JVM knows it by heart; we look afterwards
 * whether it may have replaced something.
 */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The text of these bytes.
   *
   * @throws MalformedException if they are not UTF-8; its position is an index into {@code bytes}
   */
  static String decode(byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, UTF_8);
    // Somebody may also have sent U+FFFD itself, so this is only a first sign.
    if (text.indexOf(REPLACEMENT) >= 0) {
      validate(bytes, from, length);
    }
    return text;
  }

  /**
   * Whether these bytes are UTF-8.
   *
   * @throws MalformedException if not; its position is an index into {@code bytes}
   */
  private static void validate(byte[] bytes, int from, int length) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, length);
    CharBuffer out = CharBuffer.allocate(256);
    CharsetDecoder decoder = UTF_8.newDecoder();
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new MalformedException("no UTF-8: %02x".formatted(bytes[in.position()]), in.position());
    }
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if a surrogate stands alone in it (Unicode 16, section 3.9)
   */
  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length != text.length() || replaced(bytes)) {
      refuseLoneSurrogates(text);
    }
    return bytes;
  }

  /** Whether something may have been replaced, in bytes of which each stands for a character. */
  private static boolean replaced(byte[] bytes) {
    for (byte each : bytes) {
      if (each == '?') {
        return true;
      }
    }
    return false;
  }

  private static void refuseLoneSurrogates(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int pair = text.codePointAt(i);
        if (pair <= Character.MAX_VALUE) {
          throw new IllegalArgumentException(
              "character %d of a text is a surrogate without its other half: U+%04X"
                  .formatted(i, pair));
        }
        i++;
      }
    }
  }
}
