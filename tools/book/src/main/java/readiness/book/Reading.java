package readiness.book;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asciidoctor.Asciidoctor;
import org.asciidoctor.Attributes;
import org.asciidoctor.Options;
import org.asciidoctor.SafeMode;
import org.asciidoctor.ast.Cursor;
import org.asciidoctor.ast.Document;
import org.asciidoctor.ast.Footnote;
import org.asciidoctor.ast.Section;
import org.asciidoctor.ast.StructuralNode;
import org.asciidoctor.extension.JavaExtensionRegistry;
import org.asciidoctor.log.LogHandler;
import org.asciidoctor.log.LogRecord;
import org.asciidoctor.log.Severity;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;
import readiness.course.Workbook;

/**
 * One reading of the chapters by AsciidoctorJ.
 *
 * <p>Every block is converted once and in order: converting counts footnotes and callouts.
 */
final class Reading implements LogHandler {
  private static final String NO_ATTRIBUTE = "skipping reference to missing attribute: ";

  private final Asciidoctor asciidoctor;
  private final Workbook workbook;
  private final Sources sources;
  private final Problems problems;
  private final List<Passage> passages = new ArrayList<>();

  /** What is being converted: complaints of the converter come without a place. */
  private Place current;

  Reading(Asciidoctor asciidoctor, Workbook workbook, Sources sources, Problems problems) {
    this.asciidoctor = asciidoctor;
    this.workbook = workbook;
    this.sources = sources;
    this.problems = problems;
    this.current = sources.master();
  }

  Manuscript read() {
    Path chapters = workbook.root().resolve("chapters");
    extend("code", new Code(workbook));
    extend("hints", new Hints(workbook));
    extend("solution", new Solution(workbook));
    extend("figure", new Figures(chapters));
    asciidoctor.registerLogHandler(this);
    try {
      Document document =
          asciidoctor.loadFile(chapters.resolve("book.adoc").toFile(), options(chapters));
      showAnswers(document);
      takeApart(document);
      Map<String, String> footnotes = new HashMap<>();
      for (Footnote footnote : document.getCatalog().getFootnotes()) {
        footnotes.put(footnote.getIndex().toString(), footnote.getText());
      }
      return new Manuscript(List.copyOf(passages), footnotes);
    } finally {
      asciidoctor.unregisterLogHandler(this);
      asciidoctor.unregisterAllExtensions();
    }
  }

  private void extend(String name, Expansion expansion) {
    JavaExtensionRegistry registry = asciidoctor.javaExtensionRegistry();
    registry.blockMacro(new BookMacro(name, expansion, sources, problems));
  }

  private static Options options(Path chapters) {
    Attributes attributes =
        Attributes.builder()
            .attribute("source-highlighter", "rouge")
            .attribute("rouge-css", "class")
            .attribute("idprefix", "")
            .attribute("idseparator", "-")
            .attribute("attribute-missing", "warn")
            .attribute("experimental", "")
            // Figures, listings and claims have titles that say what they are.
            .attribute("figure-caption!", "")
            .attribute("example-caption!", "")
            .attribute("table-caption!", "")
            .build();
    return Options.builder()
        .safe(SafeMode.SAFE)
        .baseDir(chapters.toFile())
        .sourcemap(true)
        .catalogAssets(true)
        .attributes(attributes)
        .build();
  }

  /**
   * Hands an {@code answer=b} on as a role, {@code answer-b}: the converter writes only roles and
   * ids.
   */
  private static void showAnswers(Document document) {
    for (String role : Questions.ROLES) {
      for (StructuralNode block : document.findBy(Map.of("role", role))) {
        Object answer = block.getAttribute("answer");
        if (answer != null) block.addRole(Questions.ANSWER + answer);
      }
    }
  }

  private void takeApart(Document document) {
    Course course = workbook.course();
    List<Section> chapters = new ArrayList<>();
    StringBuilder preamble = new StringBuilder();
    for (StructuralNode block : document.getBlocks()) {
      if (block instanceof Section section) chapters.add(section);
      else if (block.getContext().equals("preamble")) {
        block.getBlocks().forEach(each -> preamble.append(convert(each)));
      } else preamble.append(convert(block));
    }
    passages.add(
        new Passage("start", course.title(), null, null, sources.master(), preamble.toString()));
    for (Section section : chapters) {
      Optional<Chapter> chapter =
          course.chapters().stream().filter(c -> c.id().equals(section.getId())).findFirst();
      if (chapter.isPresent()) {
        takeApart(section, chapter.get());
      } else {
        problems.add(place(section), "course.yaml has no chapter '" + section.getId() + "'");
      }
    }
    if (problems.none()) refuseMissing(course); // else an include that failed is the reason
  }

  private void takeApart(Section section, Chapter chapter) {
    current = place(section);
    if (!section.getTitle().equals(chapter.title())) {
      problems.add(
          place(section),
          "is titled '%s', in course.yaml '%s'".formatted(section.getTitle(), chapter.title()));
    }
    StringBuilder opening = new StringBuilder();
    List<Passage> sections = new ArrayList<>();
    for (StructuralNode block : section.getBlocks()) {
      if (block instanceof Section part) sections.add(passage(part, chapter));
      else opening.append(convert(block));
    }
    passages.add(
        new Passage(
            chapter.id(), section.getTitle(), chapter, null, place(section), opening.toString()));
    passages.addAll(sections);
  }

  private Passage passage(Section section, Chapter chapter) {
    Place place = current = place(section);
    String id = section.getId();
    Optional<Step> step = chapter.steps().stream().filter(each -> each.id().equals(id)).findFirst();
    if (!section.getAttributes().containsKey("id")) {
      problems.add(place, "has no [#id] of its own: its address would change with its title");
    }
    if (step.isPresent() && !step.get().title().equals(section.getTitle())) {
      problems.add(
          place,
          "step %s is titled '%s', in course.yaml '%s'"
              .formatted(id, section.getTitle(), step.get().title()));
    }
    StringBuilder html = new StringBuilder();
    section.getBlocks().forEach(block -> html.append(convert(block)));
    return new Passage(id, section.getTitle(), chapter, step.orElse(null), place, html.toString());
  }

  private static String convert(StructuralNode block) {
    return block.convert() + "\n";
  }

  /** What course.yaml promises has to be in the book. */
  private void refuseMissing(Course course) {
    for (Chapter chapter : course.chapters()) {
      if (passages.stream().noneMatch(p -> p.id().equals(chapter.id()))) {
        problems.add(sources.master(), "does not include chapter '" + chapter.id() + "'");
      }
      for (Step step : chapter.steps()) {
        if (passages.stream().noneMatch(p -> step.equals(p.step()))) {
          problems.add(
              new Place("chapters/" + chapter.id() + "/chapter.adoc", 0),
              "step " + step.id() + " has no section [#" + step.id() + "]");
        }
      }
    }
  }

  private Place place(Section section) {
    Cursor cursor = section.getSourceLocation();
    return cursor == null || cursor.getFile() == null ? current : sources.place(cursor);
  }

  /** Makes a problem of all that AsciiDoc finds fault with, and of a macro that it lets pass. */
  @Override
  public void log(LogRecord record) {
    String message = record.getMessage();
    Cursor cursor = record.getCursor();
    Place place = cursor == null || cursor.getFile() == null ? current : sources.place(cursor);
    if (message.startsWith(NO_ATTRIBUTE)) {
      String name = message.substring(NO_ATTRIBUTE.length());
      problems.add(sources.find(place, "{" + name + "}"), "there is no attribute {" + name + "}");
    } else if (record.getSeverity().ordinal() >= Severity.WARN.ordinal()
        || message.startsWith("unknown name for block macro")) {
      problems.add(place, sources.shortened(message));
    }
  }
}
