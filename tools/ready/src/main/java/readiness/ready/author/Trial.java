package readiness.ready.author;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import readiness.course.Chapter;
import readiness.course.Mistake;
import readiness.course.Step;
import readiness.ready.check.Checker;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepPlan;
import readiness.ready.check.StepResult;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;

/**
 * How a mistake fares against the tests.
 *
 * @param methods the methods of its step's test
 * @param failing how those end that fail
 * @param problems what is not as the mistake says; empty if it is caught as it should be
 */
record Trial(
    Mistake mistake, Set<String> methods, Map<String, String> failing, List<String> problems) {
  /** The step whose tests must catch the mistake, and those before it that must not. */
  private record Asked(Step own, List<Step> earlier) {
    static Asked of(Mistake mistake, Chapter chapter, boolean earlierToo) {
      List<Step> earlier = new ArrayList<>();
      for (Step step : chapter.steps()) {
        if (step.id().equals(mistake.step())) {
          return new Asked(step, earlier);
        }
        if (earlierToo && !step.modelChecked()) {
          earlier.add(step);
        }
      }
      throw new IllegalArgumentException(
          "chapter %s has no step %s".formatted(chapter.id(), mistake.step()));
    }
  }

  /**
   * The digest of all that a mistake's trial against its own step depends on, and of what came of
   * it: so a note of either that was changed by hand proves nothing.
   *
   * @param failing how the methods end that it fails
   */
  static String digest(Mistake mistake, Step step, ChapterRun run, Map<String, String> failing) {
    List<String> facts =
        List.of(
            "mistake",
            step.id() + " " + step.modelChecked(),
            mistake.test() + "#" + mistake.method(),
            mistake.outcome().name(),
            mistake.says(),
            new TreeMap<>(failing).toString());
    return run.footing().digest(facts, List.of(step.test()), changed(mistake, run));
  }

  private static Map<String, String> changed(Mistake mistake, ChapterRun run) {
    return mistake.apply(new CompleteSolution(run.sources()));
  }

  /**
   * Applies a mistake to the solution and runs the tests of its step.
   *
   * @param patience with these tests
   * @param earlierToo whether those of the steps before run as well, but for the model-checked
   *     ones: those would take most of the time
   * @param toTheEnd whether tests still run behind one that is stuck or ends the JVM
   */
  static Trial of(
      Mistake mistake,
      Chapter chapter,
      ChapterRun run,
      Checker checker,
      Patience patience,
      boolean earlierToo,
      boolean toTheEnd)
      throws IOException {
    Asked asked = Asked.of(mistake, chapter, earlierToo);
    List<StepPlan> plans = new ArrayList<>(asked.earlier.stream().map(StepPlan::of).toList());
    plans.add(patience.plan(asked.own));
    Verdict verdict = run.changed(checker, changed(mistake, run), plans, toTheEnd);
    if (!verdict.errors().isEmpty()) {
      return new Trial(mistake, Set.of(), Map.of(), Judgement.compileErrors(verdict));
    }
    StepResult own = verdict.step(mistake.step());
    Set<String> methods = new TreeSet<>();
    Map<String, String> failing = new TreeMap<>();
    for (TestResult test : own.tests()) {
      methods.add(test.method());
      boolean leftOut = test.outcome() == Outcome.NOT_RUN && test.failure() == null;
      if (test.outcome() != Outcome.PASSED && !leftOut) {
        failing.putIfAbsent(test.method(), end(test));
      }
    }
    List<String> problems = new ArrayList<>();
    for (Step earlier : asked.earlier) {
      problems.addAll(Judgement.failures(verdict.step(earlier.id())));
    }
    problems.addAll(notCaught(mistake, own));
    return new Trial(mistake, methods, failing, problems);
  }

  /** How a test ends for a reader, whose patience has two digits. */
  private static String end(TestResult test) {
    String end = test.failure() == null ? "" : test.failure().end();
    return test.outcome() == Outcome.STUCK
        ? end.replaceFirst("running after #+ s", "running after ## s")
        : end;
  }

  private static List<String> notCaught(Mistake mistake, StepResult result) {
    Outcome expected =
        switch (mistake.outcome()) {
          case ASSERTION -> Outcome.FAILED;
          case STUCK -> Outcome.STUCK;
          case CRASH -> Outcome.CRASH;
        };
    List<TestResult> named = named(mistake, result).toList();
    if (named.isEmpty()) {
      return List.of("no test " + mistake.test() + " in step " + result.step());
    }
    for (TestResult test : named) {
      if (test.outcome() == expected
          && test.failure() != null
          && test.failure().says(mistake.says())) {
        return List.of();
      }
    }
    return named.stream()
        .map(test ->
            "%s should end with %s and say '%s', but %s"
                .formatted(
                    test.id(),
                    mistake.outcome().name().toLowerCase(Locale.ROOT),
                    mistake.says(),
                    Judgement.ending(test)))
        .toList();
  }

  private static Stream<TestResult> named(Mistake mistake, StepResult result) {
    return result.tests().stream()
        .filter(test -> test.testClass().endsWith("." + mistake.test()))
        .filter(test -> mistake.method() == null || test.method().equals(mistake.method()));
  }
}
