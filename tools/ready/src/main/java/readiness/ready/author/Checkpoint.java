package readiness.ready.author;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Region;
import readiness.course.Step;
import readiness.ready.check.CompileError;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;

/**
 * The state in which a reader is who has solved the first steps of a chapter as the solution does:
 * the last of these passes, and the next one fails for the reason that the starter means.
 *
 * @param chapter the chapter
 * @param solved how many of its steps are solved
 */
record Checkpoint(Chapter chapter, int solved) {
  /** The checkpoints of a chapter, from nothing solved to everything. */
  static List<Checkpoint> of(Chapter chapter) {
    List<Checkpoint> checkpoints = new ArrayList<>();
    for (int solved = 0; solved <= chapter.steps().size(); solved++) {
      checkpoints.add(new Checkpoint(chapter, solved));
    }
    return checkpoints;
  }

  /** The last step that is solved; null at the beginning. */
  @Nullable Step last() {
    return solved == 0 ? null : chapter.steps().get(solved - 1);
  }

  /** The first step that is not; null at the end. */
  @Nullable Step next() {
    return solved == chapter.steps().size() ? null : chapter.steps().get(solved);
  }

  @Override
  public String toString() {
    Step last = last();
    return last == null
        ? chapter.id() + " at the beginning"
        : "after %s %s".formatted(last.number(), last.id());
  }

  /** What is not as it should be; empty if all is well. */
  List<String> problems(ChapterRun run) throws IOException {
    Set<String> ids =
        chapter.steps().subList(0, solved).stream().map(Step::id).collect(Collectors.toSet());
    List<Step> steps = new ArrayList<>();
    Step last = last();
    Step next = next();
    if (last != null) {
      steps.add(last);
    }
    if (next != null) {
      steps.add(next);
    }
    Verdict verdict = run.starter(ids::contains, steps);
    List<String> problems = new ArrayList<>(compileErrors(verdict));
    if (problems.isEmpty() && last != null) {
      problems.addAll(failures(verdict.step(last.id())));
    }
    if (problems.isEmpty() && next != null) {
      problems.addAll(unintended(verdict.step(next.id()), Set.of(next.id()), isNaive(run, next)));
    }
    return problems;
  }

  /** What is not as it should be with the tests of all steps when nothing is solved. */
  static List<String> problemsAtTheBeginning(Chapter chapter, ChapterRun run) throws IOException {
    Verdict verdict = run.starter(_ -> false, chapter.steps());
    List<String> problems = new ArrayList<>(compileErrors(verdict));
    if (problems.isEmpty()) {
      Set<String> ids = chapter.steps().stream().map(Step::id).collect(Collectors.toSet());
      boolean naive = chapter.steps().stream().anyMatch(step -> isNaive(run, step));
      for (Step step : chapter.steps()) {
        problems.addAll(unintended(verdict.step(step.id()), ids, naive));
      }
    }
    return problems;
  }

  /** Whether the starter has a naive form of the step, which an assertion is to refute. */
  static boolean isNaive(ChapterRun run, Step step) {
    return run.sources().stream()
        .flatMap(source -> source.regions(step.id()).stream())
        .anyMatch(region -> region.standIn() instanceof Region.Given);
  }

  /** The compiler's complaints, in its own shape. */
  static List<String> compileErrors(Verdict verdict) {
    return verdict.errors().stream().map(Checkpoint::words).toList();
  }

  private static String words(CompileError error) {
    return "%s:%d: %s".formatted(error.file(), error.line(), error.message());
  }

  /** The tests of a solved step that do not pass. */
  static List<String> failures(StepResult result) {
    if (result.tests().isEmpty()) {
      return List.of("step " + result.step() + " has no tests");
    }
    return result.tests().stream()
        .filter(test -> test.outcome() != Outcome.PASSED)
        .map(test -> "%s should pass, but %s".formatted(test.id(), ending(test)))
        .toList();
  }

  /**
   * The tests of an unsolved step that fail otherwise than the starter means; or that none fails.
   *
   * @param gaps the steps at whose gaps a test may end
   * @param naive whether a test may fail by its assertion
   */
  static List<String> unintended(StepResult result, Set<String> gaps, boolean naive) {
    if (result.tests().isEmpty()) {
      return List.of("step " + result.step() + " has no tests");
    }
    if (result.passed()) {
      return List.of("step %s passes, though the step is not written".formatted(result.step()));
    }
    List<String> problems = new ArrayList<>();
    for (TestResult test : result.tests()) {
      boolean intended =
          switch (test.outcome()) {
            case PASSED -> true;
            case NOT_YET -> test.failure() != null && gaps.contains(test.failure().notYet());
            case FAILED -> naive;
            case NOT_RUN, STUCK, CRASH -> false;
          };
      if (!intended) {
        problems.add(
            "%s should find that %s is not written, but %s"
                .formatted(test.id(), result.step(), ending(test)));
      }
    }
    return problems;
  }

  /** How a test ended, for a sentence that begins with "but". */
  static String ending(TestResult test) {
    String notYet = test.failure() == null ? null : test.failure().notYet();
    String outcome =
        switch (test.outcome()) {
          case PASSED -> "it passes";
          case FAILED -> "it fails";
          case NOT_YET -> "it comes to the gap of step " + notYet;
          case NOT_RUN -> "it does not run";
          case STUCK -> "it is stuck";
          case CRASH -> "the JVM crashes";
        };
    return test.failure() == null || notYet != null
        ? outcome
        : outcome + ": " + test.failure().text().strip();
  }
}
