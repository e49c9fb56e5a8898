package readiness.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.asciidoctor.Asciidoctor;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import readiness.course.Workbook;

/**
 * One build of the book, in memory.
 *
 * <pre>
 *   chapters ─Manuscript→ passages ─Markup→ bodies ─Shell, Links→ pages ─Gate→ files
 * </pre>
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
   * @param progress is told what is being done
   */
  static Book of(Workbook workbook, Consumer<String> progress) throws IOException {
    Problems problems = new Problems();
    Sources sources = new Sources(workbook.root());
    Path chapters = workbook.root().resolve("chapters");

    progress.accept("Starting AsciiDoc");
    Asciidoctor asciidoctor = Engine.asciidoctor();
    progress.accept("Reading the chapters");
    Manuscript manuscript = Manuscript.read(asciidoctor, workbook, sources, problems);

    progress.accept("Setting %d pages".formatted(manuscript.passages().size() + 1));
    Markup markup = new Markup(manuscript.footnotes(), sources, problems);
    Map<Passage, Element> bodies = new LinkedHashMap<>();
    for (Passage passage : manuscript.passages()) bodies.put(passage, markup.body(passage));
    Links links = new Links(bodies);
    bodies.forEach(links::fromRoot);

    Shell shell = new Shell(chapters.resolve("theme"), workbook.course(), manuscript.passages());
    Map<String, String> texts = new TreeMap<>();
    Map<String, Place> places = new HashMap<>();
    bodies.forEach((passage, body) -> {
      Document page = shell.page(passage, body);
      links.fromPage(passage.path(), page);
      texts.put(passage.path(), page.outerHtml());
      places.put(passage.path(), passage.place());
    });
    texts.put(Shell.ONE_PAGE, shell.onePage(bodies).outerHtml());
    for (String name : THEME) {
      texts.put("theme/" + name, Files.readString(chapters.resolve("theme").resolve(name)));
    }

    texts.put("theme/search.js", SearchIndex.of(bodies));

    Map<String, byte[]> files = new TreeMap<>();
    texts.forEach((path, text) -> files.put(path, text.getBytes(UTF_8)));
    for (Element body : bodies.values()) {
      for (Element picture : body.select("img[src]")) {
        Path file = chapters.resolve(picture.attr("src"));
        if (file.startsWith(chapters) && Files.isRegularFile(file)) {
          files.put(picture.attr("src"), Files.readAllBytes(file));
          texts.put(picture.attr("src"), "");
        }
      }
    }

    progress.accept("Checking every page");
    Gate gate = new Gate(texts, sources, problems);
    gate.check(places);
    return new Book(files, problems.lines(), gate.toString());
  }
}
