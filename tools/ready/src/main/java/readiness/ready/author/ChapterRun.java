package readiness.ready.author;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import readiness.course.Chapter;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.CheckRequest;
import readiness.ready.check.Checker;
import readiness.ready.check.Pieces;
import readiness.ready.check.SourceText;
import readiness.ready.check.StepPlan;
import readiness.ready.check.Verdict;

/** Variants of a chapter's solution, held against the chapter's tests. */
final class ChapterRun {
  private final Checker checker;
  private final List<Source> sources;
  private final List<SourceText> tests;
  private final List<Path> pieces;

  ChapterRun(Workbook workbook, Chapter chapter, Checker checker) throws IOException {
    this.checker = checker;
    this.sources = workbook.sources(chapter);
    this.tests = SourceText.under(workbook.tests(chapter));
    this.pieces = Pieces.of(workbook, chapter);
  }

  /** The chapter's sources. */
  List<Source> sources() {
    return sources;
  }

  /** What the tests of some steps say to a reader who has solved some steps, maybe others. */
  Verdict starter(Predicate<String> solved, List<Step> steps) throws IOException {
    return run(source -> Starter.keeping(source, solved), steps);
  }

  /**
   * What the tests of some steps say to the solution with changes.
   *
   * @param changed the texts of some sources, by name
   */
  Verdict changed(Map<String, String> changed, List<Step> steps) throws IOException {
    return run(source -> changed.getOrDefault(source.name(), source.complete()), steps);
  }

  private Verdict run(Function<Source, String> text, List<Step> steps) throws IOException {
    List<SourceText> main =
        sources.stream()
            .map(source -> new SourceText(source.name(), source.file(), text.apply(source)))
            .toList();
    List<StepPlan> plans = steps.stream().map(StepPlan::of).toList();
    try {
      return checker.run(CheckRequest.ofAll(main, tests, pieces, plans));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the tests ran");
    }
  }
}
