package readiness.book;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Makes "these" into “those”, in text and not in code. */
final class Quotes {
  private static final String OPENING_AFTER = " \u00a0\n\t([{—–/“‘";

  /** What stands before; a space where a paragraph begins. */
  private char before = ' ';

  private Quotes() {}

  static void round(Element body) {
    new Quotes().visit(body);
  }

  private void visit(Node node) {
    if (node instanceof TextNode text) {
      text.text(rounded(text.getWholeText()));
    } else if (node instanceof Element element) {
      if (element.nameIs("svg") || element.nameIs("pre")) return;
      if (element.isBlock()) before = ' ';
      if (element.nameIs("code")) before = 'x';
      else element.childNodes().forEach(this::visit);
    }
  }

  private String rounded(String text) {
    StringBuilder rounded = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      if (c == '"') c = OPENING_AFTER.indexOf(before) >= 0 ? '“' : '”';
      rounded.append(c);
      before = c;
    }
    return rounded.toString();
  }
}
