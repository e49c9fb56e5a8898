package readiness.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jsoup.nodes.Document;
import readiness.course.Workbook;

/**
 * One build of the book, in memory.
 *
 * <pre>
 *   chapters ─Reading, Markup→ sheets of pieces ─Manuscript→ passages
 *            ─Links, Shell, Inspection→ leaves ─Gate→ files
 * </pre>
 *
 * <p>A sheet is made from one file and what that brings in, a leaf from one passage and what it
 * says of others. Both are kept, and made again only when something that they are made from has
 * changed. What takes the whole book is done in each build.
 *
 * @param files what the book's folder is to hold, by path with {@code /}
 * @param problems what is wrong with it, a line each; such a book must not be written
 * @param summary what was checked
 */
record Book(Map<String, byte[]> files, List<String> problems, String summary) {
  /** What of the theme goes to the readers; the template stays here. */
  private static final List<String> THEME = List.of("book.css", "book.js", "icon.svg");

  /**
   * Makes the book.
   *
   * @param cache what earlier builds have made
   * @param progress is told what is being done
   */
  static Book of(Workbook workbook, Cache cache, Consumer<String> progress) throws IOException {
    Problems problems = new Problems();
    Sources sources = new Sources(workbook.root());
    Path chapters = workbook.root().resolve("chapters");
    String generator = Generator.version();

    progress.accept("Reading the chapters");
    List<Passage> passages =
        Manuscript.read(workbook, cache, generator, sources, problems, progress);

    progress.accept("Setting %d pages".formatted(passages.size() + 1));
    Links links = new Links(passages);
    Shell shell = new Shell(chapters.resolve("theme"), workbook.course(), passages);
    String key = generator + shell.key();
    List<Leaf> leaves = new ArrayList<>();
    for (Passage passage : passages) {
      leaves.add(leaf(passage, links, shell, key, cache, sources, problems));
    }

    Map<String, byte[]> files = new TreeMap<>();
    List<String> parts = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      files.put(passages.get(i).path(), leaves.get(i).page().getBytes(UTF_8));
      parts.add(leaves.get(i).part());
      entries.add(leaves.get(i).search());
    }
    Document onePage = shell.onePage();
    files.put(Shell.ONE_PAGE, filled(onePage, String.join("", parts)).getBytes(UTF_8));
    files.put("theme/search.js", SearchIndex.of(entries).getBytes(UTF_8));
    for (String name : THEME) {
      files.put("theme/" + name, Files.readAllBytes(chapters.resolve("theme").resolve(name)));
    }
    for (Passage passage : passages) {
      for (String source : passage.piece().pictures()) {
        String picture = Links.picture(passage, source);
        Path file = chapters.resolve(picture);
        if (file.startsWith(chapters) && Files.isRegularFile(file)) {
          files.put(picture, Files.readAllBytes(file));
        }
      }
    }

    progress.accept("Checking every page");
    String style = new String(files.get("theme/book.css"), UTF_8);
    Inspection.css(style, new Place("chapters/theme/book.css", 0), sources, problems);
    Gate gate = new Gate(files.keySet(), sources, problems);
    for (int i = 0; i < leaves.size(); i++) {
      gate.add(passages.get(i).path(), leaves.get(i).ofPage(), passages.get(i).place());
    }
    gate.add(Shell.ONE_PAGE, Facts.ofAll(onePage, leaves), sources.master());
    gate.check();
    return new Book(files, problems.lines(), gate.toString());
  }

  private static Leaf leaf(
      Passage passage,
      Links links,
      Shell shell,
      String bookKey,
      Cache cache,
      Sources sources,
      Problems problems)
      throws IOException {
    String name = "leaf " + passage.path();
    String key = Inputs.digest(bookKey + passage.piece().digest() + links.of(passage));
    Leaf kept = cache.get(name, key, Leaf.class);
    if (kept != null) return kept;
    Problems found = new Problems();
    Leaf leaf = Leaf.of(passage, links, shell, sources, found);
    if (found.none()) cache.put(name, key, leaf);
    problems.addAll(found);
    return leaf;
  }

  /** A page with its text, which is too long to be read once more. */
  private static String filled(Document page, String text) {
    String mark = "the-text-goes-here";
    page.expectFirst("#text").text(mark);
    String html = page.outerHtml();
    page.expectFirst("#text").empty();
    return html.replace(mark, text);
  }
}
