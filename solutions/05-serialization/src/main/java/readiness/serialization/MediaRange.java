package readiness.serialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    // tag::negotiation[]
    List<MediaRange> ranges = new ArrayList<>();
    for (String element : split(accept, ',')) {
      MediaRange range = of(element);
      if (range != null) {
        ranges.add(range);
      }
    }
    return ranges;
    // end::negotiation[]
  }

  /**
   * Cuts a text at a separator, but for those in quotes; in quotes, a backslash takes its meaning
   * from what follows (RFC 9110, section 5.6.4). Looks at each character once.
   *
   * @return the pieces, without the white space round them: one more than there are separators
   */
  static List<String> split(String text, char separator) {
    // tag::negotiation[]
    List<String> pieces = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (quoted && c == '\\') {
        i++;
      } else if (!quoted && c == separator) {
        pieces.add(text.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    pieces.add(text.substring(begin).strip());
    return pieces;
    // end::negotiation[]
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
    // tag::negotiation[]
    List<String> parts = split(element.toLowerCase(Locale.ROOT), ';');
    String range = parts.getFirst().equals("*") ? "*/*" : parts.getFirst();
    int slash = range.indexOf('/');
    if (slash < 0 || !isToken(range.substring(0, slash)) || !isToken(range.substring(slash + 1))) {
      return null;
    }
    String type = range.substring(0, slash);
    String subtype = range.substring(slash + 1);
    if (type.equals("*") && !subtype.equals("*")) {
      return null;
    }
    boolean isPlain = true;
    int weight = 1000;
    for (String parameter : parts.subList(1, parts.size())) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      String value = parameter.substring(equals + 1);
      if (equals < 0 || !isToken(parameter.substring(0, equals)) || !isValue(value)) {
        return null;
      }
      switch (parameter.substring(0, equals)) {
        case "q" -> weight = weight(value);
        case "charset" -> isPlain &= isUtf8(value);
        default -> isPlain = false;
      }
    }
    return weight < 0 ? null : new MediaRange(type, subtype, isPlain, weight);
    // end::negotiation[]
  }

  /**
   * Reads a weight: 0 to 1, with up to three digits behind the point (RFC 9110, section 12.4.2).
   * {@code .2} is read as 0.2, for the same client's sake.
   *
   * @return in thousandths; −1 if it is none
   */
  static int weight(String text) {
    // tag::negotiation[]
    if (!WEIGHT.matcher(text).matches()) {
      return -1;
    }
    int weight = (int) Math.round(1000 * Double.parseDouble("0" + text));
    return weight > 1000 ? -1 : weight;
    // end::negotiation[]
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
    // tag::negotiation[]
    if (!isPlain) {
      return 0;
    }
    if (type.equals("*")) {
      return 1;
    }
    if (!type.equals(offer.type())) {
      return 0;
    }
    return subtype.equals("*") ? 2 : subtype.equals(offer.subtype()) ? 3 : 0;
    // end::negotiation[]
  }
}
