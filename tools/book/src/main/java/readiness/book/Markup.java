package readiness.book;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * From the HTML that AsciiDoc's converter writes to HTML that says what things are: figures,
 * captions, notes, verdicts, footnotes. Theme and screen readers both live on that.
 */
final class Markup {
  private static final Pattern GUARD = Pattern.compile("\\s*(//|#|--|;;)\\s*$");

  private final Questions questions;
  private final Footnotes footnotes;

  /**
   * For one text.
   *
   * @param footnotes their text in HTML by their number in the text
   */
  Markup(Map<String, String> footnotes, Sources sources, Problems problems) {
    this.questions = new Questions(sources, problems);
    this.footnotes = new Footnotes(footnotes);
  }

  /**
   * The body of a piece, its headings from {@code h2} downwards.
   *
   * @param html as the converter writes it, without the title
   * @param level how deep the piece stands in its text: as many levels its headings go up
   */
  Element body(String id, Place place, String html, int level) {
    Element body = fragment(html);
    headings(body, level);
    listings(body);
    figures(body);
    notes(body);
    questions.mark(body, place);
    Turns.mark(body, id);
    tables(body);
    footnotes.place(body, id);
    Quotes.round(body);
    for (Element link : body.select("a[href^=http]")) link.attr("rel", "external noopener");
    for (Element paragraph : body.select("div.paragraph[id]")) {
      paragraph.expectFirst("> p").id(paragraph.id());
      paragraph.removeAttr("id");
    }
    body.select("div.paragraph:not(:has(> .title)), [class~=^sect]:is(div)").unwrap();
    return body;
  }

  /** HTML as an element, written again as it was. */
  static Element fragment(String html) {
    Document document = Jsoup.parseBodyFragment(html);
    document.outputSettings().prettyPrint(false);
    return document.body();
  }

  /** A section's subsections: the converter counts from the text's title, a page from its own. */
  private static void headings(Element body, int up) {
    for (Element heading : body.select("h2, h3, h4, h5, h6")) {
      heading.tagName("h" + (heading.tagName().charAt(1) - '0' - up));
      if (!heading.id().isEmpty()) {
        heading
            .appendElement("a")
            .addClass("anchor")
            .attr("href", "#" + heading.id())
            .attr("aria-label", "Link to this section")
            .text("#");
      }
    }
  }

  private static void listings(Element body) {
    for (Element block : body.select("div.listingblock, div.literalblock")) {
      block.tagName("figure");
      block.classNames(Set.of("listing"));
      Element title = block.selectFirst("> .title");
      if (title != null) caption(title);
      for (Element content : block.select("> .content")) content.unwrap();
      for (Element mark : block.select("b.conum")) callout(mark);
    }
    for (Element list : body.select("div.colist")) {
      list.select("> ol").addClass("callouts").unwrap();
      list.tagName("ol").classNames(Set.of("callouts"));
    }
  }

  /** {@code // (1)} becomes a mark that is neither a comment nor copied with the code. */
  private static void callout(Element mark) {
    if (mark.previousSibling() instanceof TextNode before) {
      Matcher guard = GUARD.matcher(before.getWholeText());
      if (guard.find()) before.text(before.getWholeText().substring(0, guard.start()) + " ");
    }
    mark.tagName("span").text(mark.text().replaceAll("[()]", ""));
  }

  private static void caption(Element title) {
    title.tagName("figcaption").removeAttr("class");
  }

  private static void figures(Element body) {
    for (Element block : body.select("div.exampleblock.figure, div.imageblock")) {
      block.tagName("figure");
      block.classNames(Set.of("figure"));
      for (Element content : block.select("> .content")) {
        content.tagName("div").classNames(Set.of("drawing"));
      }
      Element title = block.selectFirst("> .title");
      if (title != null) {
        caption(title);
        block.appendChild(title);
      }
    }
  }

  private static void notes(Element body) {
    for (Element block : body.select("div.admonitionblock")) {
      Element content = block.selectFirst("td.content");
      Element kind = block.selectFirst("td.icon .title");
      if (content == null || kind == null) continue;
      Element note = new Element("aside").attr("role", "note");
      note.classNames(block.classNames()).removeClass("admonitionblock").addClass("note");
      note.appendElement("p").addClass("title").text(kind.text());
      Element text = note.appendElement("div");
      text.appendChildren(List.copyOf(content.childNodes()));
      if (text.selectFirst("> p, > div, > ul, > ol, > figure") == null) text.tagName("p");
      block.replaceWith(note);
    }
  }

  private static void tables(Element body) {
    for (Element table : body.select("table.tableblock")) {
      table.wrap("<div class=\"table\"></div>");
      table.select("p.tableblock:only-child").unwrap();
      Element caption = table.selectFirst("> caption");
      if (caption != null) caption.removeAttr("class");
    }
  }
}
