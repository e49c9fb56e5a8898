package readiness.ready.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import readiness.course.KillMatrix;
import readiness.course.Mistake;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.TestResult;

/**
 * Guesses what a reader had in mind: the one known mistake that makes the same test methods fail,
 * has each of them end alike, and has one say what the mistake is known by. The methods alone would
 * not do: a loop without an end fails them as well, and so do other mistakes. Where several fit, it
 * says nothing.
 */
final class Diagnosis {
  private static final Set<Outcome> FAILING = Set.of(Outcome.FAILED, Outcome.STUCK, Outcome.CRASH);

  private Diagnosis() {}

  static Optional<Mistake> of(Workbook workbook, Step step, StepResult result) {
    List<TestResult> failing =
        result.tests().stream().filter(test -> FAILING.contains(test.outcome())).toList();
    if (failing.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> methods =
        failing.stream()
            .collect(Collectors.toMap(TestResult::method, Diagnosis::end, (first, _) -> first));
    List<Mistake> likely =
        KillMatrix.read(workbook.matrix()).thatFail(step.id(), methods).stream()
            .map(mistake -> workbook.mistakes(step).resolve(mistake + ".yaml"))
            .filter(Files::isRegularFile)
            .map((Path file) -> Mistake.read(file))
            .filter(mistake -> failing.stream().anyMatch(test -> says(test, mistake.says())))
            .toList();
    return likely.size() == 1 ? Optional.of(likely.getFirst()) : Optional.empty();
  }

  private static String end(TestResult test) {
    return test.failure() == null ? "" : test.failure().end();
  }

  private static boolean says(TestResult test, String words) {
    return test.failure() != null && test.failure().says(words);
  }
}
