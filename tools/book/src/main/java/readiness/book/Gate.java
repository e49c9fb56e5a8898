package readiness.book;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Looks at a finished book as a whole: whether every link leads somewhere, and every page has in
 * the book's folder what it needs. What can be seen on one page alone, {@link Inspection} has seen.
 */
final class Gate {
  private final Set<String> files;
  private final Sources sources;
  private final Problems problems;
  private final Map<String, Facts> pages = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();

  /**
   * Opens a book.
   *
   * @param files what its folder holds, by path
   */
  Gate(Set<String> files, Sources sources, Problems problems) {
    this.files = files;
    this.sources = sources;
    this.problems = problems;
  }

  /**
   * Takes a page into account.
   *
   * @param place where its text begins
   */
  void add(String path, Facts facts, Place place) {
    pages.put(path, facts);
    places.put(path, place);
  }

  void check() {
    for (String path : pages.keySet()) {
      if (!path.equals(Shell.ONE_PAGE)) check(path);
    }
    // It says the same once more: what is left is whether it fits together on one page.
    if (problems.none()) check(Shell.ONE_PAGE);
  }

  private void check(String path) {
    Facts facts = pages.get(path);
    for (String link : facts.links()) follow(path, link);
    for (Facts.Need need : facts.needs()) {
      if (files.contains(resolve(path, need.address().replaceFirst("#.*", "")))) continue;
      String what = "<%s> needs %s, which the book does not have";
      report(
          path,
          what.formatted(need.element(), need.address()),
          need.address(),
          Inspection.fileName(need.address()));
    }
  }

  private void follow(String path, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    String id = hash < 0 ? "" : link.substring(hash + 1);
    String target = file.isEmpty() ? path : resolve(path, file);
    if (!files.contains(target)) {
      String name = file.replaceFirst("\\.html$", "") + ".adoc";
      report(path, "link to " + file + ": the book has no page " + target, file, name);
    } else if (!id.isEmpty() && !hasId(target, id)) {
      // An id without a page is looked for in the whole book.
      String what = file.isEmpty() ? "which is the id of nothing" : "which is no id of " + target;
      report(path, "link to '%s', %s".formatted(id, what), "<<" + id, "xref:" + id, "#" + id);
    }
  }

  /** Whether a page holds an id; a file that is not a page has no ids to miss. */
  private boolean hasId(String path, String id) {
    Facts page = pages.get(path);
    return page == null || page.ids().contains(id);
  }

  private void report(String path, String what, String... near) {
    problems.add(sources.find(places.get(path), near), what);
  }

  private static String resolve(String from, String to) {
    return URI.create("book:/" + from).resolve(to).getPath().substring(1);
  }

  /** What was looked at, for the last line of a build. */
  @Override
  public String toString() {
    int links = 0;
    int figures = 0;
    int listings = 0;
    for (Map.Entry<String, Facts> page : pages.entrySet()) {
      if (page.getKey().equals(Shell.ONE_PAGE)) continue; // the others once more
      links += page.getValue().linked();
      figures += page.getValue().figures();
      listings += page.getValue().listings();
    }
    return "%d pages, %d links, %d figures and %d listings checked"
        .formatted(pages.size(), links, figures, listings);
  }
}
