package readiness.ready.author;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import readiness.ready.check.CompileError;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;

/** What writers are told of results that are not as they should be. */
final class Judgement {
  private static final int MOST_LINES = 15;

  private Judgement() {}

  /** The compiler's complaints, in its own shape. */
  static List<String> compileErrors(Verdict verdict) {
    return verdict.errors().stream().map(Judgement::words).toList();
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
        : outcome + ": " + end(test.failure().text());
  }

  /** The last lines, which say what was expected and observed; a trace may be very long. */
  private static String end(String text) {
    List<String> lines = text.strip().lines().toList();
    return lines.size() <= MOST_LINES
        ? String.join("\n", lines)
        : "…\n" + String.join("\n", lines.subList(lines.size() - MOST_LINES, lines.size()));
  }
}
