package readiness.server;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent-encoding (RFC 3986, section 2.1) of UTF-8. */
final class Percent {
  private Percent() {}

  /**
   * Decodes once, and once only: what {@code %252e} stands for is {@code %2e}, not a dot.
   *
   * @param text ASCII, as it stood in a request target
   * @return null if a percent sign is not followed by two hexadecimal digits, or if the bytes are
   *     not UTF-8
   */
  static @Nullable String decode(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()) {
          return null;
        }
        int high = Grammar.hex((byte) text.charAt(++i));
        int low = Grammar.hex((byte) text.charAt(++i));
        if (high < 0 || low < 0) {
          return null;
        }
        c = (char) (16 * high + low);
      }
      bytes[length++] = (byte) c;
    }
    try {
      // A new decoder reports what is malformed; new String would put a question mark there.
      ByteBuffer encoded = ByteBuffer.wrap(bytes, 0, length);
      return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
