package readiness.book;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jsoup.nodes.Element;

/**
 * What other pages, and the whole, need to know of a page or of a part of one.
 *
 * @param links where it leads to within the book, as it says so
 * @param needs what it loads from the book
 * @param linked how many links it has, figures and listings likewise
 */
record Facts(
    HashSet<String> ids,
    ArrayList<String> links,
    ArrayList<Need> needs,
    int linked,
    int figures,
    int listings)
    implements Serializable {

  /** The attributes by which a page loads something. */
  static final List<String> LOADING =
      List.of("src", "href", "xlink:href", "srcset", "poster", "data");

  /** What an element loads. */
  record Need(String element, String address) implements Serializable {}

  /** Of the page that has all: what stands round the text, and the parts of it. */
  static Facts ofAll(Element page, List<Leaf> leaves) {
    Facts all = of(page);
    for (Leaf leaf : leaves) {
      all.ids.addAll(leaf.ofPart().ids);
      all.links.addAll(leaf.ofPart().links);
      all.needs.addAll(leaf.ofPart().needs);
    }
    return all;
  }

  static Facts of(Element page) {
    ArrayList<String> links = new ArrayList<>();
    for (String href : page.select("a[href]").eachAttr("href")) {
      if (!Links.isExternal(href) && !href.startsWith("/")) links.add(href);
    }
    ArrayList<Need> needs = new ArrayList<>();
    for (Element element : page.getAllElements()) {
      if (element.nameIs("a")) continue;
      for (String attribute : LOADING) {
        String address = element.attr(attribute);
        if (!address.isEmpty() && !address.startsWith("#") && !Links.isExternal(address)) {
          needs.add(new Need(element.tagName(), address));
        }
      }
    }
    return new Facts(
        new HashSet<>(page.select("[id]").eachAttr("id")),
        links,
        needs,
        page.select("a[href]").size(),
        page.select("figure.figure").size(),
        page.select("figure.listing").size());
  }
}
