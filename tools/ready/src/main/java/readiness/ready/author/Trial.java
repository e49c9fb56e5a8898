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
import readiness.ready.check.Outcome;
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
  /**
   * Applies a mistake to the solution and runs the tests up to its step, but for earlier ones that
   * are model-checked: those would take most of the time.
   */
  static Trial of(Mistake mistake, Chapter chapter, ChapterRun run) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Step step : chapter.steps()) {
      boolean own = step.id().equals(mistake.step());
      if (own || !step.modelChecked()) {
        steps.add(step);
      }
      if (own) {
        break;
      }
    }
    Verdict verdict = run.changed(mistake.apply(new CompleteSolution(run.sources())), steps);
    if (!verdict.errors().isEmpty()) {
      return new Trial(mistake, Set.of(), Map.of(), Judgement.compileErrors(verdict));
    }
    StepResult own = verdict.step(mistake.step());
    Set<String> methods = new TreeSet<>();
    Map<String, String> failing = new TreeMap<>();
    for (TestResult test : own.tests()) {
      methods.add(test.method());
      if (test.outcome() != Outcome.PASSED) {
        failing.putIfAbsent(test.method(), test.failure() == null ? "" : test.failure().end());
      }
    }
    List<String> problems = new ArrayList<>();
    for (Step earlier : steps.subList(0, steps.size() - 1)) {
      problems.addAll(Judgement.failures(verdict.step(earlier.id())));
    }
    problems.addAll(notCaught(mistake, own));
    return new Trial(mistake, methods, failing, problems);
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
