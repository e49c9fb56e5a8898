package readiness.ready.view;

import java.util.ArrayList;
import java.util.List;

/** AsciiDoc as a terminal can show it: without marks, paragraphs joined, code as it stands. */
public final class PlainText {
  private PlainText() {}

  /** The text as it is printed. */
  public static String of(String asciidoc) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    boolean code = false;
    for (String line : asciidoc.split("\n", -1)) {
      if (line.strip().equals("----")) {
        code = !code;
        flush(paragraph, paragraphs);
      } else if (code) {
        paragraphs.add("    " + line);
      } else if (line.isBlank()) {
        flush(paragraph, paragraphs);
        paragraphs.add("");
      } else if (!line.startsWith("[") && !line.startsWith("//")) {
        boolean item = line.matches("[*.-]+ .*");
        if (item) {
          flush(paragraph, paragraphs);
        }
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(unmarked(line.strip()));
      }
    }
    flush(paragraph, paragraphs);
    return String.join("\n", paragraphs).replaceAll("\\A(?:[ \t]*\n)+", "").stripTrailing();
  }

  private static void flush(StringBuilder paragraph, List<String> to) {
    if (!paragraph.isEmpty()) {
      to.add(paragraph.toString());
      paragraph.setLength(0);
    }
  }

  /** Links keep their text and address; bold, code and passthroughs lose their marks. */
  private static String unmarked(String line) {
    return line.replaceAll("(?:link:|xref:)?(https?://[^\\[\\s]+)\\[([^\\]]+)\\]", "$2 ($1)")
        .replaceAll("(?:link|xref):[^\\[\\s]+\\[([^\\]]+)\\]", "$1")
        .replaceAll("<<[^,>]+,([^>]+)>>", "$1")
        .replaceAll("`\\+([^`]*)\\+`", "$1")
        .replaceAll("`([^`]+)`", "$1")
        .replaceAll("(?<![\\w*])\\*([^*\\s][^*]*)\\*(?![\\w*])", "$1")
        .replaceAll("(?<![\\w_])_([^_\\s][^_]*)_(?![\\w_])", "$1");
  }
}
