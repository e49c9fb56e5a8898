package readiness.book;

import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
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
 * Looks at the finished pages as a browser would get them, and finds what a reader would stumble
 * over: links that lead nowhere, pages that need a network, pictures without words, marks that
 * nobody filled in.
 */
final class Gate {
  /** An attribute or a template's mark that nothing has taken the place of. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$?\\{\\{?[a-zA-Z][\\w-]*}}?|Unresolved directive");

  /** A line that should have brought something in. */
  private static final Pattern MACRO = Pattern.compile("\\b[a-z]+::[\\w/.-]+\\[[^\\]]*]");

  private static final Pattern CSS_ADDRESS =
      Pattern.compile("(?i)(?:url\\(|@import)\\s*['\"]?((?:https?:)?//[^'\")\\s]+)");

  private final Sources sources;
  private final Problems problems;
  private final Set<String> files = new HashSet<>();
  private final Map<String, Document> pages = new HashMap<>();
  private int links;
  private int figures;
  private int listings;

  Gate(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /**
   * Checks a whole book.
   *
   * @param files what the book's folder holds, by path: text, or nothing for what is not text
   * @param places which source each page comes from
   */
  void check(Map<String, String> files, Map<String, Place> places) {
    this.files.addAll(files.keySet());
    files.forEach((path, text) -> {
      if (path.endsWith(".html")) pages.put(path, Jsoup.parse(text));
      if (path.endsWith(".css")) css(text, new Place("chapters/" + path, 0));
    });
    pages.forEach((path, page) -> check(path, page, places.getOrDefault(path, sources.master())));
  }

  /** What was looked at, for the last line of a build. */
  @Override
  public String toString() {
    return "%d pages, %d links, %d figures and %d listings checked"
        .formatted(pages.size(), links, figures, listings);
  }

  private void check(String path, Document page, Place place) {
    ids(page, place);
    for (Element link : page.select("a[href]")) link(path, link, place);
    resources(path, page, place);
    if (path.equals(Shell.ONE_PAGE)) return; // its text has been looked at, page by page
    words(page, place);
    listings(page, place);
    placeholders(page, place);
  }

  private void ids(Document page, Place place) {
    Set<String> seen = new HashSet<>();
    for (Element element : page.select("[id]")) {
      if (!seen.add(element.id())) {
        problems.add(sources.find(element.id(), place), "id '" + element.id() + "' stands twice");
      }
    }
    int titles = page.select("h1").size();
    if (titles != 1) problems.add(place, "the page has " + titles + " titles (h1)");
  }

  private void link(String path, Element link, Place place) {
    links++;
    String href = link.attr("href");
    if (link.text().isBlank() && !link.hasAttr("aria-label")) {
      problems.add(sources.find(href, place), "link to " + href + " has no text");
    }
    if (href.startsWith("/")) {
      problems.add(
          sources.find(href, place),
          "link to " + href + " is absolute: it leads nowhere from a folder");
      return;
    }
    if (Links.isExternal(href)) {
      if (!href.matches("(https?|mailto):.+")) {
        problems.add(sources.find(href, place), "link to " + href + " leaves the book");
      }
      return;
    }
    int hash = href.indexOf('#');
    String file = hash < 0 ? href : href.substring(0, hash);
    String target = file.isEmpty() ? path : resolve(path, file);
    String id = hash < 0 ? "" : href.substring(hash + 1);
    String name = id.isEmpty() ? file.replaceFirst("\\.html$", "") : id;
    if (!files.contains(target)) {
      problems.add(
          sources.find(name, place), "link to " + href + ": the book has no page " + target);
    } else if (!id.isEmpty() && pages.containsKey(target)) {
      if (pages.get(target).getElementById(id) == null) {
        problems.add(
            sources.find(name, place),
            "link to " + href + ": " + target + " has no id '" + id + "'");
      }
    }
  }

  /** A page must not need anything but its own folder. */
  private void resources(String path, Document page, Place place) {
    for (String attribute : List.of("src", "href", "xlink:href", "srcset", "poster", "data")) {
      String quoted = attribute.replace(":", "|");
      for (Element element : page.select("[" + quoted.replace("|", "\\:") + "]")) {
        if (element.nameIs("a")) continue;
        String address = element.attr(attribute);
        if (address.startsWith("#") || address.startsWith("data:")) continue;
        if (Links.isExternal(address)) {
          problems.add(
              sources.find(address, place),
              "<%s> loads %s from outside the book".formatted(element.tagName(), address));
        } else if (!files.contains(resolve(path, address.replaceFirst("#.*", "")))) {
          problems.add(
              sources.find(address.substring(address.lastIndexOf('/') + 1), place),
              "<%s> needs %s, which the book does not have".formatted(element.tagName(), address));
        }
      }
    }
    for (Element style : page.select("style")) css(style.data(), place);
    for (Element element : page.select("[style]")) css(element.attr("style"), place);
  }

  private void css(String text, Place place) {
    Matcher matcher = CSS_ADDRESS.matcher(text);
    while (matcher.find()) {
      problems.add(
          sources.find(matcher.group(1), place),
          "a style loads " + matcher.group(1) + " from outside the book");
    }
  }

  /** What is to be seen is also to be said. */
  private void words(Document page, Place place) {
    for (Element picture : page.select("img")) {
      if (picture.attr("alt").isBlank()) {
        String name = picture.attr("src").substring(picture.attr("src").lastIndexOf('/') + 1);
        problems.add(sources.find(name, place), "image " + name + " has no text");
      }
    }
    for (Element drawing : page.select("svg:not([aria-hidden])")) {
      if (drawing.parent() == null || drawing.parent().closest("svg") != null) continue;
      figures++;
      if (drawing.select("> title").text().isBlank())
        problems.add(place, "a drawing has no <title>");
    }
  }

  private void listings(Document page, Place place) {
    for (Element listing : page.select("figure.listing")) {
      listings++;
      Element code = listing.selectFirst("pre");
      if (code == null || code.text().isBlank()) {
        problems.add(place, "a listing is empty: " + listing.select("figcaption").text());
        continue;
      }
      if (code.wholeText().lines().allMatch(line -> line.isBlank() || line.startsWith("  "))) {
        String first = code.wholeText().strip().lines().findFirst().orElseThrow();
        problems.add(
            sources.find(first, place),
            "a listing is indented as a whole; indent=0 helps: " + first);
      }
      int marks = code.select(".conum").size();
      if (marks == 0) continue;
      Element next = listing.nextElementSibling();
      if (next == null || !next.is("ol.callouts")) {
        problems.add(
            sources.find("<1>", place),
            "a listing has " + marks + " callouts that nothing explains");
      }
    }
  }

  private void placeholders(Document page, Place place) {
    for (TextNode text : page.select("body, body *").textNodes()) {
      Element parent = (Element) text.parentNode();
      if (parent == null || parent.closest("pre, code, script, style") != null) continue;
      for (Pattern pattern : List.of(PLACEHOLDER, MACRO)) {
        Matcher matcher = pattern.matcher(text.getWholeText());
        if (matcher.find()) {
          problems.add(
              sources.find(matcher.group(), place), "'" + matcher.group() + "' was not filled in");
        }
      }
    }
  }

  private static String resolve(String from, String to) {
    return URI.create("book:/" + from).resolve(to).getPath().substring(1);
  }
}
