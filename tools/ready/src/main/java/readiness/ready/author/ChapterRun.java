package readiness.ready.author;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Source;
import readiness.course.Workbook;
import readiness.ready.check.CheckRequest;
import readiness.ready.check.Checker;
import readiness.ready.check.Compilation;
import readiness.ready.check.Pieces;
import readiness.ready.check.SourceText;
import readiness.ready.check.StepPlan;
import readiness.ready.check.Verdict;

/** Variants of a chapter's solution, held against the chapter's tests; for several threads. */
final class ChapterRun {
  private final List<Source> sources;
  private final List<SourceText> tests;
  private final List<Path> pieces;
  private final Footing footing;
  private @Nullable Compilation base;

  ChapterRun(Workbook workbook, Chapter chapter) throws IOException {
    this.sources = workbook.sources(chapter);
    this.tests = SourceText.under(workbook.tests(chapter));
    this.pieces = Pieces.of(workbook, chapter);
    this.footing = new Footing(workbook, chapter);
  }

  /** The chapter's sources. */
  List<Source> sources() {
    return sources;
  }

  /** What trials of the chapter depend on. */
  Footing footing() {
    return footing;
  }

  /** The texts of a reader who has solved some steps, by the name of the source. */
  Map<String, String> starter(Predicate<String> solved) {
    return texts(source -> Starter.keeping(source, solved));
  }

  /** The same texts as they are cut: all that a digest needs. */
  Map<String, String> cut(Predicate<String> solved) {
    return texts(source -> source.without(solved.negate()));
  }

  private Map<String, String> texts(Function<Source, String> text) {
    Map<String, String> texts = new LinkedHashMap<>();
    sources.forEach(source -> texts.put(source.name(), text.apply(source)));
    return texts;
  }

  /**
   * What the tests of some steps say to the solution with changes.
   *
   * @param changed the texts of some sources, by name
   * @param toTheEnd whether tests still run behind one that is stuck or ends the JVM
   */
  Verdict changed(
      Checker checker, Map<String, String> changed, List<StepPlan> steps, boolean toTheEnd)
      throws IOException {
    try {
      return checker.run(request(changed, steps, toTheEnd), base(checker));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the tests ran");
    }
  }

  /**
   * The solution and the tests, compiled once: of a variant only what it changes is compiled.
   *
   * @param checker does it the first time
   */
  synchronized Compilation base(Checker checker) {
    if (base == null) {
      base = checker.compile(request(Map.of(), List.of(), true));
    }
    return base;
  }

  private CheckRequest request(
      Map<String, String> changed, List<StepPlan> steps, boolean toTheEnd) {
    List<SourceText> main =
        sources.stream()
            .map(source ->
                new SourceText(
                    source.name(),
                    source.file(),
                    changed.getOrDefault(source.name(), source.complete())))
            .toList();
    return new CheckRequest(main, tests, pieces, steps, null, Map.of(), false, toTheEnd);
  }
}
