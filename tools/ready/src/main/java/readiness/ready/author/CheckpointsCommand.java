package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.Proven;
import readiness.course.Proven.Kind;
import readiness.course.Step;
import readiness.course.Workbook;

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

  @Option(
      names = "--all",
      description = "Try those as well of which nothing has changed since they were noted.")
  private boolean all;

  @Option(names = "--note", description = "Note in solutions/proven.yaml what was tried.")
  private boolean note;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Chooses the tenth that is tried though nothing has changed.")
  private @Nullable Long seed;

  private int checkpoints;
  private int tried;
  private int wrong;

  /** A checkpoint that is tried. */
  private record Pending(Checkpoint checkpoint, String digest, Future<List<String>> problems) {}

  @Override
  int run(Workbook workbook) throws IOException {
    Step only = step == null ? null : step(workbook, step);
    Lot lot = seed == null ? Lot.atRandom() : new Lot(seed);
    Proven proven = Proven.read(workbook.proven());
    try (Crew crew = new Crew()) {
      for (Chapter chapter : workbook.course().chapters()) {
        if (chapter.steps().isEmpty() || only != null && !chapter.steps().contains(only)) {
          continue;
        }
        ChapterRun run = new ChapterRun(workbook, chapter);
        if (beginning) {
          screen().passing(chapter.id() + " with nothing solved …");
          checkpoints++;
          conclude(
              chapter.id() + " with nothing solved",
              crew.submit(checker -> Checkpoint.problemsAtTheBeginning(chapter, run, checker)));
          continue;
        }
        List<Pending> pending = new ArrayList<>();
        for (Checkpoint checkpoint : Checkpoint.of(chapter)) {
          if (only == null || only.equals(checkpoint.last())) {
            checkpoints++;
            String digest = checkpoint.digest(run);
            if (isDue(checkpoint, digest, proven, lot)) {
              pending.add(
                  new Pending(
                      checkpoint,
                      digest,
                      crew.submit(checker -> checkpoint.problems(run, checker))));
            }
          }
        }
        for (Pending each : pending) {
          screen().passing(each.checkpoint + " …");
          if (conclude(each.checkpoint.toString(), each.problems)) {
            proven.note(Kind.CHECKPOINTS, each.checkpoint.id(), each.digest);
          } else {
            proven.forget(Kind.CHECKPOINTS, each.checkpoint.id());
          }
        }
      }
    }
    if (note) {
      proven.retain(Kind.CHECKPOINTS, ids(workbook));
      Files.writeString(workbook.proven(), proven.toYaml());
    }
    out().printf("%d checkpoints, %d not as they should be%n", checkpoints, wrong);
    if (tried < checkpoints) {
      out()
          .printf(
              "%d tried, since something has changed or by lot (--seed %d); the others as before%n",
              tried, lot.seed());
    }
    return wrong == 0 ? WELL : NOT_WELL;
  }

  private boolean isDue(Checkpoint checkpoint, String digest, Proven proven, Lot lot) {
    return all
        || step != null
        || lot.falls(checkpoint.id())
        || !proven.digest(Kind.CHECKPOINTS, checkpoint.id()).equals(Optional.of(digest));
  }

  private static Set<String> ids(Workbook workbook) {
    return workbook.course().chapters().stream()
        .filter(chapter -> !chapter.steps().isEmpty())
        .flatMap(chapter -> Checkpoint.of(chapter).stream())
        .map(Checkpoint::id)
        .collect(Collectors.toSet());
  }

  private boolean conclude(String what, Future<List<String>> trial) throws IOException {
    List<String> problems = Crew.result(trial);
    screen().wipe();
    report(what, problems);
    tried++;
    wrong += problems.isEmpty() ? 0 : 1;
    return problems.isEmpty();
  }
}
