package readiness.timeline;

import java.util.Locale;

/** Text on its way into HTML and SVG. */
final class Markup {
  private Markup() {}

  /** Safe between tags and within quotes. What XML has no character for becomes a question mark. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        case '\n', '\t' -> safe.append(c);
        default -> safe.append(c < ' ' || c == 0x7f ? '?' : c);
      }
    }
    return safe.toString();
  }

  /** With thousands apart. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 byte}, {@code 2 bytes}. */
  static String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }
}
