package readiness.book;

import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * Footnotes at the end of their passage, numbered from 1 there.
 *
 * @param texts in HTML, by their number in the whole document
 */
record Footnotes(Map<String, String> texts) {
  void place(Element body, String id) {
    Element list = null;
    int number = 0;
    for (Element mark : body.select("sup.footnote, sup.footnoteref")) {
      Element link = mark.selectFirst("a");
      String text = link == null ? null : texts.get(link.text());
      if (link == null || text == null) continue;
      if (list == null) {
        Element notes = body.appendElement("section").addClass("footnotes");
        notes.attr("role", "doc-endnotes").attr("aria-label", "Footnotes");
        list = notes.appendElement("ol");
      }
      number++;
      String here = "note-" + id + "-" + number;
      String back = here + "-mark";
      list.appendElement("li")
          .id(here)
          .append(text + " ")
          .appendElement("a")
          .attr("href", "#" + back)
          .attr("role", "doc-backlink")
          .attr("aria-label", "Back to the text")
          .text("↩");
      mark.empty()
          .appendElement("a")
          .id(back)
          .attr("href", "#" + here)
          .attr("role", "doc-noteref")
          .attr("aria-label", "Footnote " + number)
          .text(String.valueOf(number));
    }
  }
}
