package readiness.book;

import java.io.Serializable;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A passage, finished.
 *
 * @param page the page of its own
 * @param part its part of the page that has all
 * @param search what the search knows of it
 * @param ofPage what the gate needs to know of the page
 * @param ofPart and of the part
 */
record Leaf(String page, String part, String search, Facts ofPage, Facts ofPart)
    implements Serializable {

  static Leaf of(Passage passage, Links links, Shell shell, Sources sources, Problems problems) {
    Element body = Markup.fragment(passage.piece().body());
    links.fromRoot(passage, body);
    Document page = shell.page(passage, body);
    links.fromPage(passage.path(), page);
    Element part = shell.part(passage, body);
    String html = page.outerHtml();
    Document read = Jsoup.parse(html);
    return new Leaf(
        html,
        part.outerHtml(),
        SearchIndex.entries(passage, body),
        new Inspection(read, passage.place(), sources, problems).all(),
        Facts.of(part));
  }
}
