package readiness.book;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * What the book's search looks through: an entry for each section, as a script that sets one
 * variable. What is folded as a solution stays out, so that a search does not tell it.
 */
final class SearchIndex {
  private SearchIndex() {}

  static String of(List<String> entries) {
    return "window.readinessSearch = [\n" + String.join(",\n", entries) + "\n];\n";
  }

  /** The entries of one passage. */
  static String entries(Passage passage, Element body) {
    List<String> entries = new ArrayList<>();
    String page =
        (passage.number() + " " + Jsoup.parseBodyFragment(passage.title()).text()).strip();
    String title = "";
    String to = passage.path();
    StringBuilder text = new StringBuilder();
    for (Element part : body.children()) {
      if (part.nameIs("h2")) {
        entries.add(entry(page, title, to, text));
        text.setLength(0);
        title = part.ownText();
        to = passage.path() + "#" + part.id();
      } else {
        text.append(words(part)).append(' ');
      }
    }
    entries.add(entry(page, title, to, text));
    return String.join(",\n", entries);
  }

  private static String words(Element part) {
    Element copy = part.clone();
    copy.select(".solution, .anchor, .conum, svg desc, svg style").remove();
    return copy.hasClass("solution") ? "" : copy.text();
  }

  private static String entry(String page, String title, String to, CharSequence text) {
    return "{\"page\":%s,\"title\":%s,\"to\":%s,\"text\":%s}"
        .formatted(quoted(page), quoted(title), quoted(to), quoted(text.toString().strip()));
  }

  /** As a string of JavaScript. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '<' -> quoted.append("\\u003c");
        default -> {
          if (c < ' ' || c == '\u2028' || c == '\u2029') {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
