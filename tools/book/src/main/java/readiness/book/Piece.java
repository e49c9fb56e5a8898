package readiness.book;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/**
 * A part of a text that becomes a page, as far as it can be made without knowing any other.
 *
 * @param id its name in links; stable, since it is in addresses
 * @param title HTML
 * @param place where it begins
 * @param body HTML as {@link Markup} leaves it
 * @param titles what a link without a text shows, in HTML, by the id that it leads to; empty for an
 *     id without a title
 * @param links where its links lead within the book, as they are written
 * @param pictures the addresses of its pictures, as they are written
 */
record Piece(
    String id,
    String title,
    Place place,
    String body,
    LinkedHashMap<String, String> titles,
    ArrayList<String> links,
    ArrayList<String> pictures)
    implements Sheet.Entry {

  static Piece of(String id, String title, Place place, Element body) {
    LinkedHashMap<String, String> titles = new LinkedHashMap<>(Map.of(id, title));
    for (Element element : body.select("[id]")) {
      titles.putIfAbsent(element.id(), title(element));
    }
    List<String> links =
        body.select("a[href]").eachAttr("href").stream()
            .filter(href -> !Links.isExternal(href))
            .distinct()
            .toList();
    return new Piece(
        id,
        title,
        place,
        body.html(),
        titles,
        new ArrayList<>(links),
        new ArrayList<>(body.select("img[src]").eachAttr("src")));
  }

  /** Changes with all that a finished page takes from it. */
  String digest() {
    return Inputs.digest(String.join("\n", id, title, place.toString(), body));
  }

  private static String title(Element element) {
    Element title =
        element.nameIs("h2") || element.nameIs("h3") || element.nameIs("h4")
            ? element
            : element.selectFirst("> .title, > figcaption, > summary");
    if (title == null) return "";
    Element copy = title.clone();
    copy.select(".anchor").remove();
    return copy.html();
  }
}
