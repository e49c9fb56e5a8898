package readiness.book;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Links and pictures, from the places of the sources to those of the pages. All are relative: the
 * book has to work from a folder as well as from a server.
 */
final class Links {
  /** The page that holds an id. */
  private final Map<String, Passage> pages = new HashMap<>();

  /** What a link without a text shows, by the id that it leads to. */
  private final Map<String, String> titles = new HashMap<>();

  /** The pages by the address that a link to the source's name leads to. */
  private final Map<String, Passage> sources = new HashMap<>();

  Links(List<Passage> passages) {
    for (Passage passage : passages) {
      sources.put(passage.path(), passage);
      passage
          .piece()
          .titles()
          .forEach((id, title) -> {
            pages.put(id, passage);
            titles.put(id, title);
          });
    }
  }

  /** All that {@link #fromRoot} and {@link #fromPage} take from other passages for this one. */
  String of(Passage passage) {
    StringBuilder all = new StringBuilder();
    for (String link : passage.piece().links()) {
      String to = within(passage, link);
      String id = to.replaceFirst("^#", "");
      Passage target = pages.get(id);
      all.append(link).append(' ').append(to);
      if (target != null) all.append(' ').append(target.path()).append(' ').append(target.id());
      all.append(' ').append(titles.get(id)).append('\n');
    }
    return all.toString();
  }

  /**
   * Names what a body refers to from the root of the book: {@code #id} for every link within the
   * book, also for one to another chapter's file as a forge needs it, and {@code chapter/file} for
   * pictures. A link without a text, for which AsciiDoc writes {@code [id]} or the file, gets the
   * title of what it leads to.
   */
  void fromRoot(Passage passage, Element body) {
    for (Element link : body.select("a[href]")) {
      String href = link.attr("href");
      String to = within(passage, href);
      String id = to.replaceFirst("^#", "");
      String title = titles.getOrDefault(id, "");
      if (isUntitled(link.text(), id, href) && !title.isEmpty()) link.html(title);
      link.attr("href", to);
    }
    for (Element picture : body.select("img[src]")) {
      picture.attr("src", picture(passage, picture.attr("src")));
    }
  }

  /** Whether a link shows what AsciiDoc writes for an id or a file of which it knows nothing. */
  private static boolean isUntitled(String text, String id, String href) {
    return text.equals("[" + id + "]") || text.equals(href) || text.startsWith(Reading.PART);
  }

  /** A link as {@code #id} if it leads to a page or place of the book, else as it is. */
  private String within(Passage passage, String href) {
    if (isExternal(href) || href.startsWith("#") || href.startsWith("/")) return href;
    int hash = href.indexOf('#');
    String path = fromFolder(passage, hash < 0 ? href : href.substring(0, hash));
    Passage target = sources.get(path.replaceFirst("/chapter\\.html$", "/index.html"));
    if (target == null) return href;
    return "#" + (hash < 0 ? target.id() : href.substring(hash + 1));
  }

  /** Where a picture lies, from {@code chapters} and from the root of the book. */
  static String picture(Passage passage, String source) {
    return isExternal(source) ? source : fromFolder(passage, source);
  }

  private static String fromFolder(Passage passage, String file) {
    Path folder = Path.of(passage.chapter() == null ? "" : passage.chapter().id());
    return slashes(folder.resolve(file).normalize());
  }

  /** Names what a page refers to from where the page lies. */
  void fromPage(String path, Document page) {
    for (Element link : page.select("#text a[href^=#]")) {
      String id = link.attr("href").substring(1);
      Passage target = pages.get(id);
      if (target == null || page.getElementById(id) != null) continue;
      String to = relative(path, target.path());
      link.attr("href", id.equals(target.id()) ? to : to + "#" + id);
    }
    for (Element picture : page.select("#text img[src]")) {
      if (!isExternal(picture.attr("src"))) {
        picture.attr("src", relative(path, picture.attr("src")));
      }
    }
  }

  /** A link to a passage: to its page, or to its place on the page that holds all. */
  static String to(Passage passage, String path) {
    return path.equals(Shell.ONE_PAGE) ? "#" + passage.id() : relative(path, passage.path());
  }

  /** The way from one file of the book to another. */
  static String relative(String from, String to) {
    Path folder = Path.of("/" + from).getParent();
    return slashes(folder.relativize(Path.of("/" + to)));
  }

  static boolean isExternal(String address) {
    return address.matches("(?i)([a-z][a-z0-9+.-]*:|//).*");
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
