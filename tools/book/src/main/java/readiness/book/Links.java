package readiness.book;

import java.nio.file.Path;
import java.util.HashMap;
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

  /** The pages by the address that a link to the source's name leads to. */
  private final Map<String, Passage> sources = new HashMap<>();

  Links(Map<Passage, Element> bodies) {
    bodies.forEach((passage, body) -> {
      pages.put(passage.id(), passage);
      sources.put(passage.path(), passage);
      for (Element element : body.select("[id]")) pages.put(element.id(), passage);
    });
  }

  /**
   * Names what a body refers to from the root of the book: {@code #id} for every link within the
   * book, also for one to another chapter's file as a forge needs it, and {@code chapter/file} for
   * pictures.
   */
  void fromRoot(Passage passage, Element body) {
    Path folder = Path.of(passage.chapter() == null ? "" : passage.chapter().id());
    for (Element link : body.select("a[href]")) {
      String href = link.attr("href");
      if (isExternal(href) || href.startsWith("#") || href.startsWith("/")) continue;
      int hash = href.indexOf('#');
      String file = hash < 0 ? href : href.substring(0, hash);
      String path = slashes(folder.resolve(file).normalize());
      Passage target = sources.get(path.replaceFirst("/chapter\\.html$", "/index.html"));
      if (target != null) {
        link.attr("href", "#" + (hash < 0 ? target.id() : href.substring(hash + 1)));
      }
    }
    for (Element picture : body.select("img[src]")) {
      String source = picture.attr("src");
      if (!isExternal(source)) {
        picture.attr("src", slashes(folder.resolve(source).normalize()));
      }
    }
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
