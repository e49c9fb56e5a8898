package readiness.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import readiness.course.Workbook;

/**
 * One file of the text, read by AsciidoctorJ as a document of its own.
 *
 * <p>Where a master or a chapter includes another file as a whole, a heading takes that one's
 * place, on the same line, and becomes a {@link Sheet.Part}. Every block is converted once and in
 * order: converting counts footnotes and callouts.
 */
final class Reading implements LogHandler {
  private static final String NO_ATTRIBUTE = "skipping reference to missing attribute: ";
  private static final Pattern WHOLE =
      Pattern.compile("include::([\\w./-]+\\.adoc)\\[(?:leveloffset=\\+1)?]");

  /** The title of the heading that takes a file's place, before its number. */
  static final String PART = "readiness-part-";

  private static final String BEFORE = "a text before the file's first heading is on no page";
  private static final String BETWEEN =
      "a text after a file that is included as a whole is on no page: write it into that file";

  private final Asciidoctor asciidoctor;
  private final Workbook workbook;
  private final Sources sources;
  private final Problems problems;
  private final Inputs inputs;

  private final Path file;
  private final Sheet.Kind kind;
  private final String id;

  private final List<String> parts = new ArrayList<>();
  private final ArrayList<Sheet.Entry> entries = new ArrayList<>();

  /** What is being converted: complaints of the converter come without a place. */
  private Place current;

  /**
   * Prepares a reading.
   *
   * @param id what the book calls the file; empty if it says that itself
   */
  Reading(
      Asciidoctor asciidoctor,
      Workbook workbook,
      Sources sources,
      Problems problems,
      Inputs inputs,
      Path file,
      Sheet.Kind kind,
      String id) {
    this.asciidoctor = asciidoctor;
    this.workbook = workbook;
    this.sources = sources;
    this.problems = problems;
    this.inputs = inputs;
    this.file = file;
    this.kind = kind;
    this.id = id;
    this.current = new Place(sources.name(file), 0);
  }

  Sheet read() throws IOException {
    inputs.file(file);
    extend("code", new Code(workbook, inputs));
    extend("hints", new Hints(workbook, inputs));
    extend("solution", new Solution(workbook, inputs));
    extend("figure", new Figures(workbook.root().resolve("chapters"), owner(), inputs));
    asciidoctor.javaExtensionRegistry().includeProcessor(new Included(file, inputs));
    asciidoctor.registerLogHandler(this);
    try {
      takeApart(asciidoctor.load(text(), options()));
      return new Sheet(entries, inputs.noted());
    } finally {
      asciidoctor.unregisterLogHandler(this);
      asciidoctor.unregisterAllExtensions();
    }
  }

  private void extend(String name, Expansion expansion) {
    JavaExtensionRegistry registry = asciidoctor.javaExtensionRegistry();
    registry.blockMacro(new BookMacro(name, expansion, sources, problems));
  }

  /** What tells this text's ids from those of another. */
  private String owner() {
    return id.isEmpty() ? file.getFileName().toString().replaceFirst("\\.adoc$", "") : id;
  }

  /** The file with a heading for each file that it includes as a whole. */
  private String text() throws IOException {
    if (kind == Sheet.Kind.SECTION) return Files.readString(file);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.replaceAll(line -> {
      Matcher whole = WHOLE.matcher(line);
      if (!whole.matches()) return line;
      Path part = file.resolveSibling(whole.group(1)).normalize();
      inputs.existence(part);
      if (!Files.isRegularFile(part)) return line; // AsciiDoc says that it is missing
      parts.add(sources.name(part));
      return "== " + PART + (parts.size() - 1);
    });
    return String.join("\n", lines) + "\n";
  }

  private Options options() {
    Attributes attributes =
        Attributes.builder()
            .attribute("docfile", file.toString())
            .attribute("doctype", "book")
            .attribute("source-highlighter", "rouge")
            .attribute("rouge-css", "class")
            // Two sections may each have a "Try it", and both stand on the page that has all.
            .attribute("idprefix", owner() + "-")
            .attribute("idseparator", "-")
            .attribute("attribute-missing", "warn")
            .attribute("experimental", "")
            // Figures, listings and claims have titles that say what they are.
            .attribute("figure-caption!", "")
            .attribute("example-caption!", "")
            .attribute("table-caption!", "")
            .build();
    // A chapter's title is not the title of the document, which would take lines for itself.
    if (kind == Sheet.Kind.CHAPTER) attributes.setAttribute("leveloffset", "1");
    return Options.builder()
        .safe(SafeMode.SAFE)
        .baseDir(file.getParent().toFile())
        .sourcemap(true)
        .catalogAssets(true)
        .attributes(attributes)
        .build();
  }

  private void takeApart(Document document) {
    showAnswers(document);
    // Converting comes first: it is what finds the footnotes.
    List<Converted> converted = new ArrayList<>();
    switch (kind) {
      case MASTER -> opened(document, 0, "start", workbook.course().title(), converted);
      case CHAPTER -> {
        for (StructuralNode block : document.getBlocks()) {
          if (block instanceof Section section) {
            current = place(section);
            opened(section, 1, id, section.getTitle(), converted);
          } else refuse(block, BEFORE);
        }
      }
      case SECTION -> {
        for (StructuralNode block : document.getBlocks()) {
          if (block instanceof Section section) converted.add(section(section));
          else refuse(block, BEFORE);
        }
      }
    }
    Markup markup = new Markup(footnotes(document), sources, problems);
    for (Converted each : converted) entries.add(each.marked(markup));
  }

  private void refuse(StructuralNode block, String what) {
    Cursor cursor = block.getSourceLocation();
    problems.add(cursor == null ? current : sources.place(cursor), what);
  }

  /** What opens the book or a chapter, and the sections and files after it. */
  private void opened(
      StructuralNode opened, int level, String id, String title, List<Converted> converted) {
    Place place = current;
    StringBuilder opening = new StringBuilder();
    List<Converted> sections = new ArrayList<>();
    for (StructuralNode block : opened.getBlocks()) {
      if (block instanceof Section section) sections.add(section(section));
      else if (block.getContext().equals("preamble")) {
        block.getBlocks().forEach(each -> opening.append(convert(each)));
      } else opening.append(convert(block));
    }
    converted.add(new Text(id, title, place, opening.toString(), level));
    converted.addAll(sections);
  }

  private Converted section(Section section) {
    if (section.getTitle().startsWith(PART)) {
      int number = Integer.parseInt(section.getTitle().substring(PART.length()));
      String named = section.getAttributes().containsKey("id") ? section.getId() : "";
      section.getBlocks().forEach(block -> refuse(block, BETWEEN));
      return new Another(new Sheet.Part(named, parts.get(number)));
    }
    Place place = current = place(section);
    if (!section.getAttributes().containsKey("id")) {
      problems.add(place, "has no [#id] of its own: its address would change with its title");
    }
    StringBuilder html = new StringBuilder();
    section.getBlocks().forEach(block -> html.append(convert(block)));
    return new Text(
        section.getId(), section.getTitle(), place, html.toString(), section.getLevel());
  }

  private static String convert(StructuralNode block) {
    return block.convert() + "\n";
  }

  /** An entry before its footnotes are known. */
  private interface Converted {
    Sheet.Entry marked(Markup markup);
  }

  private record Another(Sheet.Part part) implements Converted {
    @Override
    public Sheet.Entry marked(Markup markup) {
      return part;
    }
  }

  private record Text(String id, String title, Place place, String html, int level)
      implements Converted {
    @Override
    public Sheet.Entry marked(Markup markup) {
      return Piece.of(id, title, place, markup.body(id, place, html, level));
    }
  }

  private static Map<String, String> footnotes(Document document) {
    Map<String, String> footnotes = new HashMap<>();
    for (Footnote footnote : document.getCatalog().getFootnotes()) {
      footnotes.put(footnote.getIndex().toString(), footnote.getText());
    }
    return footnotes;
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
