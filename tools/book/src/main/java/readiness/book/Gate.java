package readiness.book;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Looks at a finished book as a browser would get it, and finds what a reader would stumble over:
 * links that lead nowhere, pages that need a network, pictures without words, marks that nobody
 * filled in.
 */
final class Gate {
  private final Sources sources;
  private final Problems problems;
  private final Map<String, Document> pages = new HashMap<>();
  private final Set<String> files;
  private int links;
  private int figures;
  private int listings;

  /**
   * Opens a book.
   *
   * @param texts what its folder holds, by path; what is not text may be given as empty
   */
  Gate(Map<String, String> texts, Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
    this.files = texts.keySet();
    texts.forEach((path, text) -> {
      if (path.endsWith(".html")) pages.put(path, Jsoup.parse(text));
      if (path.endsWith(".css")) {
        Inspection.css(text, new Place("chapters/" + path, 0), sources, problems);
      }
    });
  }

  /**
   * Checks every page.
   *
   * @param places which source each page comes from
   */
  void check(Map<String, Place> places) {
    places.forEach((path, place) -> {
      Document page = pages.get(path);
      new Inspection(this, path, page, place, sources, problems).all();
      links += page.select("a[href]").size();
      figures += page.select("figure.figure").size();
      listings += page.select("figure.listing").size();
    });
    // The text has been looked at page by page: what is left is whether it fits together on one.
    if (problems.none()) {
      Document page = pages.get(Shell.ONE_PAGE);
      new Inspection(this, Shell.ONE_PAGE, page, sources.master(), sources, problems).links();
    }
  }

  boolean hasFile(String path) {
    return files.contains(path);
  }

  /** Whether a page holds an id; a file that is not a page has no ids to miss. */
  boolean hasId(String path, String id) {
    Document page = pages.get(path);
    return page == null || page.getElementById(id) != null;
  }

  /** What was looked at, for the last line of a build. */
  @Override
  public String toString() {
    return "%d pages, %d links, %d figures and %d listings checked"
        .formatted(pages.size(), links, figures, listings);
  }

  /** The ids that stand more than once on a page. */
  static Set<String> twice(Document page) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (Element element : page.select("[id]")) {
      if (!seen.add(element.id())) twice.add(element.id());
    }
    return twice;
  }
}
