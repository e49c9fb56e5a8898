package readiness.ready;

import java.nio.file.Files;
import java.nio.file.Path;
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
 * Guesses what a reader had in mind: the one known mistake that makes the same test methods fail.
 * Where several do, it says nothing.
 */
final class Diagnosis {
  private static final Set<Outcome> FAILING = Set.of(Outcome.FAILED, Outcome.STUCK, Outcome.CRASH);

  private Diagnosis() {}

  static Optional<Mistake> of(Workbook workbook, Step step, StepResult result) {
    Set<String> failing =
        result.tests().stream()
            .filter(test -> FAILING.contains(test.outcome()))
            .map(TestResult::method)
            .collect(Collectors.toSet());
    if (failing.isEmpty()) {
      return Optional.empty();
    }
    return KillMatrix.read(workbook.matrix())
        .likely(step.id(), failing)
        .map(mistake -> workbook.mistakes(step).resolve(mistake + ".yaml"))
        .filter(Files::isRegularFile)
        .map((Path file) -> Mistake.read(file));
  }
}
