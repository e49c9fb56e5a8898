package readiness.ready.author;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.Checker;

/** {@code ready author checkpoints}: whether the steps can be solved one after the other. */
@Command(
    name = "checkpoints",
    description =
        "Holds the solution with the first steps solved against the tests, for every number of "
            + "steps: the last one passes, the next one fails as the starter means.")
final class CheckpointsCommand extends AuthorJob {
  @Parameters(
      arity = "0..1",
      paramLabel = "STEP",
      description = "The checkpoint after this step only.")
  private @Nullable String step;

  @Option(
      names = "--beginning",
      description =
          "Nothing solved, and the tests of all steps; instead of checkpoint by checkpoint.")
  private boolean beginning;

  private int checkpoints;
  private int wrong;

  @Override
  int run(Workbook workbook) throws IOException {
    Step only = step == null ? null : step(workbook, step);
    try (Checker checker = new Checker()) {
      for (Chapter chapter : workbook.course().chapters()) {
        if (chapter.steps().isEmpty() || only != null && !chapter.steps().contains(only)) {
          continue;
        }
        ChapterRun run = new ChapterRun(workbook, chapter, checker);
        if (beginning) {
          count(
              chapter.id() + " with nothing solved",
              Checkpoint.problemsAtTheBeginning(chapter, run));
          continue;
        }
        for (Checkpoint checkpoint : Checkpoint.of(chapter)) {
          if (only == null || only.equals(checkpoint.last())) {
            count(checkpoint.toString(), checkpoint.problems(run));
          }
        }
      }
    }
    out().printf("%d checkpoints, %d not as they should be%n", checkpoints, wrong);
    return wrong == 0 ? WELL : NOT_WELL;
  }

  private void count(String what, List<String> problems) {
    report(what, problems);
    checkpoints++;
    wrong += problems.isEmpty() ? 0 : 1;
  }
}
