package readiness.book;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * What is looked for on one page, as a browser would get it. What takes other pages to tell becomes
 * {@link Facts}.
 *
 * @param place where the page's text begins: the answer where nothing nearer is found
 */
record Inspection(Document page, Place place, Sources sources, Problems problems) {
  /**
   * A mark of a template that nothing has taken the place of; of {@code {name}}, AsciiDoc tells.
   */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{[a-zA-Z][\\w-]*}|\\{\\{[a-zA-Z][\\w-]*}}");

  /** A line that should have brought something in; of an include, AsciiDoc has told. */
  private static final Pattern MACRO =
      Pattern.compile("\\b(?!include)[a-z]+::[\\w/.-]+\\[[^\\]]*]");

  private static final Pattern CSS_ADDRESS =
      Pattern.compile("(?i)(?:url\\(|@import)\\s*['\"]?((?:https?:)?//[^'\")\\s]+)");

  Facts all() {
    for (String id : twice()) {
      report("id '" + id + "' stands twice on a page", "#" + id, id);
    }
    int titles = page.select("h1").size();
    if (titles != 1) report("the page has " + titles + " titles (h1)");
    page.select("a[href]").forEach(this::link);
    resources();
    pictures();
    listings();
    placeholders();
    return Facts.of(page);
  }

  /** The ids that stand more than once. */
  private Set<String> twice() {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (Element element : page.select("[id]")) {
      if (!seen.add(element.id())) twice.add(element.id());
    }
    return twice;
  }

  private void report(String what, String... near) {
    problems.add(sources.find(place, near), what);
  }

  private void link(Element link) {
    String href = link.attr("href");
    if (link.text().isBlank() && !link.hasAttr("aria-label")) {
      report("link to " + href + " has no text", href);
    }
    if (href.startsWith("/")) {
      report("link to " + href + " is absolute: it leads nowhere from a folder", href);
    } else if (Links.isExternal(href)) {
      if (!href.matches("(https?|mailto):.+")) report("link to " + href + " leaves the book", href);
    }
  }

  /** A page must not need anything but its own folder. */
  private void resources() {
    for (Element element : page.getAllElements()) {
      if (element.nameIs("a")) continue;
      for (String attribute : Facts.LOADING) {
        if (element.hasAttr(attribute)) resource(element, element.attr(attribute));
      }
      css(element.attr("style"), place, sources, problems);
      if (element.nameIs("style")) css(element.html(), place, sources, problems);
    }
  }

  private void resource(Element element, String address) {
    if (Links.isExternal(address) && !address.startsWith("data:")) {
      report("<%s> loads %s from outside the book".formatted(element.tagName(), address), address);
    }
  }

  static void css(String text, Place place, Sources sources, Problems problems) {
    Matcher matcher = CSS_ADDRESS.matcher(text);
    while (matcher.find()) {
      String address = matcher.group(1);
      problems.add(
          sources.find(place, address), "a style loads " + address + " from outside the book");
    }
  }

  /** What is to be seen is also to be said. For figures, see {@link Figures}. */
  private void pictures() {
    for (Element picture : page.select("img")) {
      String name = fileName(picture.attr("src"));
      // Where an author gives no text, AsciiDoc gives the file's name.
      String noText = name.replaceFirst("\\.\\w+$", "").replaceAll("[-_]", " ");
      if (picture.attr("alt").isBlank() || picture.attr("alt").equals(noText)) {
        report("image " + name + " has no text", name);
      }
    }
  }

  private void listings() {
    for (Element listing : page.select("figure.listing")) {
      Element code = listing.selectFirst("pre");
      if (code == null || code.text().isBlank()) {
        String title = listing.select("figcaption").text();
        report(("a listing is empty " + title).strip(), "include::");
        continue;
      }
      String text = code.wholeText();
      if (text.lines().allMatch(line -> line.isBlank() || line.startsWith("  "))) {
        String first = text.strip().lines().findFirst().orElseThrow();
        report("a listing is indented as a whole; indent=0 helps: " + first, first);
      }
      int marks = code.select(".conum").size();
      Element next = listing.nextElementSibling();
      if (marks > 0 && (next == null || !next.is("ol.callouts"))) {
        String first = text.lines().findFirst().orElseThrow().replaceFirst("\\s*\\d+$", "");
        report("a listing has " + marks + " callouts that nothing explains", first);
      }
    }
  }

  private void placeholders() {
    for (TextNode text : page.select("body, body *").textNodes()) {
      if (!(text.parentNode() instanceof Element parent)) continue;
      if (parent.closest("pre, code, script, style") != null) continue;
      for (Pattern pattern : List.of(PLACEHOLDER, MACRO)) {
        Matcher matcher = pattern.matcher(text.getWholeText());
        if (matcher.find()) report("'" + matcher.group() + "' was not filled in", matcher.group());
      }
    }
  }

  static String fileName(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }
}
