package readiness.serialization;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * One element of an Accept field: a media type, or all of a kind, and how much it is wanted (RFC
 * 9110, section 12.5.1).
 *
 * <pre>
 *   text/html;level=1;q=0.4
 *   ────┬──── ───┬─── ──┬──
 *     range  parameter  weight
 * </pre>
 *
 * @param type in lower case; {@code *} for all
 * @param subtype in lower case; {@code *} for all of the type
 * @param isPlain whether it has no parameters. One that has is for a variant that nobody here has,
 *     but for {@code charset=utf-8}: that is all that we speak
 * @param weight in thousandths, 0 to 1000; 0 means "not this"
 */
record MediaRange(String type, String subtype, boolean isPlain, int weight) {
  /** A token (RFC 9110, section 5.6.2). */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** A weight, or 1 with something behind the point, which is too much. */
  private static final Pattern WEIGHT = Pattern.compile("[01](\\.[0-9]{0,3})?|\\.[0-9]{1,3}");

  /**
   * The ranges of a field, in their order. What is no range is left out, as if it had not been
   * sent: an Accept says what somebody would like, and the rest of it says that still.
   */
  static List<MediaRange> list(String accept) {
    throw new NotYet("negotiation");
  }

  /**
   * Cuts a text at a separator, but for those in quotes; in quotes, a backslash takes its meaning
   * from what follows (RFC 9110, section 5.6.4). Looks at each character once.
   *
   * @return the pieces, without the white space round them: one more than there are separators
   */
  static List<String> split(String text, char separator) {
    throw new NotYet("negotiation");
  }

  /**
   * Reads one element. Names of types, and of parameters, are not case-sensitive. Behind a
   * semicolon there may be nothing (RFC 9110, section 5.6.6). A single {@code *} is read as {@code
   * *}{@code /*}: HttpURLConnection of a JDK 8 sends that.
   *
   * @return null if it is none: no slash, no type, {@code *}{@code /json}, a parameter without a
   *     value, a weight that is none
   */
  static @Nullable MediaRange of(String element) {
    throw new NotYet("negotiation");
  }

  /**
   * Reads a weight: 0 to 1, with up to three digits behind the point (RFC 9110, section 12.4.2).
   * {@code .2} is read as 0.2, for the same client's sake.
   *
   * @return in thousandths; −1 if it is none
   */
  static int weight(String text) {
    throw new NotYet("negotiation");
  }

  /** Whether a charset's name is that of UTF-8, in quotes or not. */
  static boolean isUtf8(String charset) {
    return charset.equals("utf-8") || charset.equals("\"utf-8\"");
  }

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Whether a parameter may have this value: a token, or a string in quotes. */
  static boolean isValue(String text) {
    if (!text.startsWith("\"")) {
      return isToken(text);
    }
    int end = 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return end == text.length() - 1;
  }

  /**
   * How closely this range means a type: 3 if it names it, 2 if it names its kind, 1 if it is
   * {@code *}{@code /*}, 0 if it does not mean it at all.
   */
  int closeness(MediaType offer) {
    throw new NotYet("negotiation");
  }
}
