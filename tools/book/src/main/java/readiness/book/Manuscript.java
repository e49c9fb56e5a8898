package readiness.book;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;
import readiness.course.Workbook;

/**
 * The text of the book, put together from its files: {@code chapters/book.adoc}, the chapters that
 * it includes, the sections that those include. Each file is a document of its own, so that one
 * that is as it was need not be converted again; what goes across files is looked at here and by
 * {@link Links}.
 */
final class Manuscript {
  private final Workbook workbook;
  private final Course course;
  private final Cache cache;
  private final String key;
  private final Sources sources;
  private final Problems problems;
  private final Consumer<String> progress;
  private final Inputs inputs;
  private final List<Passage> passages = new ArrayList<>();

  private Manuscript(
      Workbook workbook,
      Cache cache,
      String generator,
      Sources sources,
      Problems problems,
      Consumer<String> progress) {
    this.workbook = workbook;
    this.course = workbook.course();
    this.cache = cache;
    this.key = Inputs.digest(generator + files(course));
    this.sources = sources;
    this.problems = problems;
    this.progress = progress;
    this.inputs = new Inputs(workbook.root());
  }

  /** What of course.yaml goes into a text: which steps there are, and in which files. */
  private static String files(Course course) {
    StringBuilder files = new StringBuilder();
    for (Chapter chapter : course.chapters()) {
      files.append('\n').append(chapter.id());
      for (Step step : chapter.steps()) {
        files.append('\n').append(step.id()).append(step.files());
      }
    }
    return files.toString();
  }

  /**
   * The passages of the book in their order.
   *
   * @param generator what makes the book, in one version
   * @param progress is told when something has to be converted
   */
  static List<Passage> read(
      Workbook workbook,
      Cache cache,
      String generator,
      Sources sources,
      Problems problems,
      Consumer<String> progress)
      throws IOException {
    Manuscript manuscript = new Manuscript(workbook, cache, generator, sources, problems, progress);
    manuscript.read();
    return manuscript.passages;
  }

  private void read() throws IOException {
    for (Sheet.Entry entry : sheet(sources.master().file(), Sheet.Kind.MASTER, "").entries()) {
      if (entry instanceof Piece start && passages.isEmpty()) {
        passages.add(new Passage(start, null, null));
        continue;
      }
      Optional<Chapter> chapter =
          course.chapters().stream().filter(c -> c.id().equals(entry.id())).findFirst();
      if (chapter.isEmpty()) {
        Place master = sources.master();
        problems.add(
            sources.find(master, "[#" + entry.id() + "]"),
            "course.yaml has no chapter '" + entry.id() + "'");
      } else if (entry instanceof Sheet.Part part) {
        chapter(sheet(part.file(), Sheet.Kind.CHAPTER, part.id()), chapter.get());
      }
    }
    if (problems.none()) refuseMissing(); // else an include that failed is the reason
    refuseTwins();
  }

  private void chapter(Sheet sheet, Chapter chapter) throws IOException {
    for (Sheet.Entry entry : sheet.entries()) {
      switch (entry) {
        case Piece piece -> add(piece, chapter);
        case Sheet.Part part -> {
          for (Sheet.Entry section : sheet(part.file(), Sheet.Kind.SECTION, "").entries()) {
            if (section instanceof Piece piece) add(piece, chapter);
          }
        }
      }
    }
  }

  private void add(Piece piece, Chapter chapter) {
    Optional<Step> step =
        chapter.steps().stream().filter(each -> each.id().equals(piece.id())).findFirst();
    if (piece.id().equals(chapter.id()) && !piece.title().equals(chapter.title())) {
      problems.add(
          piece.place(),
          "is titled '%s', in course.yaml '%s'".formatted(piece.title(), chapter.title()));
    }
    if (step.isPresent() && !step.get().title().equals(piece.title())) {
      problems.add(
          piece.place(),
          "step %s is titled '%s', in course.yaml '%s'"
              .formatted(piece.id(), piece.title(), step.get().title()));
    }
    passages.add(new Passage(piece, chapter, step.orElse(null)));
  }

  /** A file's sheet, as an earlier build made it if all that it was made from is as it was. */
  private Sheet sheet(String file, Sheet.Kind kind, String id) throws IOException {
    String name = "sheet " + kind + " " + file + " " + id;
    Sheet kept = cache.get(name, key, Sheet.class);
    if (kept != null && inputs.areStill(kept.inputs())) return kept;
    progress.accept("Converting " + file);
    Problems found = new Problems();
    Path path = workbook.root().resolve(file);
    Sheet sheet =
        new Reading(
                Engine.asciidoctor(), workbook, sources, found, inputs.ofAnother(), path, kind, id)
            .read();
    if (found.none()) cache.put(name, key, sheet);
    problems.addAll(found);
    return sheet;
  }

  /** What course.yaml promises has to be in the book. */
  private void refuseMissing() {
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

  /** Within a text AsciiDoc sees to it that ids are unique. */
  private void refuseTwins() {
    Map<String, Passage> first = new HashMap<>();
    for (Passage passage : passages) {
      for (String id : passage.piece().titles().keySet()) {
        Passage other = first.putIfAbsent(id, passage);
        if (other == null) continue;
        problems.add(
            sources.find(passage.place(), "[[" + id, "[#" + id, id),
            "the id '%s' stands in %s already".formatted(id, other.place().file()));
      }
    }
  }
}
