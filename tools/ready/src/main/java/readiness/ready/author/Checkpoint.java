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
import readiness.ready.check.Checker;
import readiness.ready.check.StepPlan;
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

  /** What it is called where it is noted: by what is solved last. */
  String id() {
    Step last = last();
    return last == null ? chapter.id() : last.id();
  }

  private Set<String> solvedIds() {
    return chapter.steps().subList(0, solved).stream().map(Step::id).collect(Collectors.toSet());
  }

  /** The steps whose tests are asked: the last solved one and the one behind it. */
  private List<Step> asked() {
    return chapter
        .steps()
        .subList(Math.max(0, solved - 1), Math.min(solved + 1, chapter.steps().size()));
  }

  /** The digest of all that it depends on. */
  String digest(ChapterRun run) {
    Step next = next();
    List<String> facts = new ArrayList<>(List.of("checkpoint", id()));
    facts.add(String.valueOf(next != null && isNaive(run, next)));
    asked().forEach(step -> facts.add(step.id() + " " + step.modelChecked()));
    return run.footing()
        .digest(facts, asked().stream().map(Step::test).toList(), run.cut(solvedIds()::contains));
  }

  /** What is not as it should be; empty if all is well. */
  List<String> problems(ChapterRun run, Checker checker) throws IOException {
    Step last = last();
    Step next = next();
    Verdict verdict =
        run.changed(
            checker,
            run.starter(solvedIds()::contains),
            asked().stream().map(StepPlan::of).toList(),
            true);
    List<String> problems = new ArrayList<>(Judgement.compileErrors(verdict));
    if (problems.isEmpty() && last != null) {
      problems.addAll(Judgement.failures(verdict.step(last.id())));
    }
    if (problems.isEmpty() && next != null) {
      problems.addAll(
          Judgement.unintended(verdict.step(next.id()), Set.of(next.id()), isNaive(run, next)));
    }
    return problems;
  }

  /** What is not as it should be with the tests of all steps when nothing is solved. */
  static List<String> problemsAtTheBeginning(Chapter chapter, ChapterRun run, Checker checker)
      throws IOException {
    List<StepPlan> all = chapter.steps().stream().map(StepPlan::of).toList();
    Verdict verdict = run.changed(checker, run.starter(_ -> false), all, true);
    List<String> problems = new ArrayList<>(Judgement.compileErrors(verdict));
    if (problems.isEmpty()) {
      Set<String> ids = chapter.steps().stream().map(Step::id).collect(Collectors.toSet());
      boolean naive = chapter.steps().stream().anyMatch(step -> isNaive(run, step));
      for (Step step : chapter.steps()) {
        problems.addAll(Judgement.unintended(verdict.step(step.id()), ids, naive));
      }
    }
    return problems;
  }

  /** Whether the starter has a naive form of the step, which an assertion is to refute. */
  private static boolean isNaive(ChapterRun run, Step step) {
    return run.sources().stream()
        .flatMap(source -> source.regions(step.id()).stream())
        .anyMatch(region -> region.standIn() instanceof Region.Given);
  }
}
