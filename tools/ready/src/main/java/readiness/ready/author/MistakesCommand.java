package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.KillMatrix;
import readiness.course.Mistake;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.Checker;

/** {@code ready author mistakes}: whether the tests bite. */
@Command(
    name = "mistakes",
    description =
        "Makes each mistake in the solution and runs the tests: it must be caught at its step, by "
            + "the test and with the words that it names, and the earlier steps must pass.")
final class MistakesCommand extends AuthorJob {
  @Parameters(
      arity = "0..1",
      paramLabel = "STEP[/NAME]",
      description = "The mistakes of this step only, or one of them.")
  private @Nullable String chosen;

  @Option(
      names = "--matrix",
      description =
          "Note in solutions/mistakes.yaml which test methods each mistake fails and how they end;"
              + " those not tried stay as they are.")
  private boolean note;

  @Override
  int run(Workbook workbook) throws IOException {
    KillMatrix matrix = KillMatrix.read(workbook.matrix());
    int mistakes = 0;
    int wrong = 0;
    try (Checker checker = new Checker()) {
      for (Chapter chapter : workbook.course().chapters()) {
        List<Mistake> all = chosen(workbook, chapter);
        if (all.isEmpty()) {
          continue;
        }
        ChapterRun run = new ChapterRun(workbook, chapter, checker);
        for (Mistake mistake : all) {
          Trial trial = Trial.of(mistake, chapter, run);
          List<String> problems = new ArrayList<>(trial.problems());
          if (note) {
            matrix.put(mistake.step(), mistake.id(), trial.failing());
          } else if (problems.isEmpty() && chosen == null) {
            problems.addAll(unlikeNoted(matrix, trial));
          }
          report(mistake.step() + "/" + mistake.id(), problems);
          mistakes++;
          wrong += problems.isEmpty() ? 0 : 1;
        }
      }
    }
    if (note) {
      forgetThoseGone(workbook, matrix);
      Files.writeString(workbook.matrix(), matrix.toYaml());
    }
    out().printf("%d mistakes, %d not caught as they say%n", mistakes, wrong);
    return wrong == 0 ? WELL : NOT_WELL;
  }

  private List<Mistake> chosen(Workbook workbook, Chapter chapter) {
    String[] parts = chosen == null ? new String[0] : chosen.split("/", 2);
    Step only = parts.length == 0 ? null : step(workbook, parts[0]);
    List<Mistake> found = new ArrayList<>();
    for (Step step : chapter.steps()) {
      if (only == null || only.equals(step)) {
        found.addAll(Mistake.readAll(workbook.mistakes(step)));
      }
    }
    if (parts.length == 2 && only != null && only.chapter().equals(chapter.id())) {
      String names = found.stream().map(Mistake::id).collect(Collectors.joining(", "));
      found.removeIf(mistake -> !mistake.id().equals(parts[1]));
      if (found.isEmpty()) {
        throw wrong("step %s has no mistake '%s'; it has %s".formatted(only.id(), parts[1], names));
      }
    }
    return found;
  }

  /**
   * The matrix is a help for guessing, and tests on the real kernel do not fail alike each time; so
   * it need not say the very same, but it must know the mistake, speak of tests that there are, and
   * have one of them end as it does.
   */
  private static List<String> unlikeNoted(KillMatrix matrix, Trial trial) {
    Mistake mistake = trial.mistake();
    Map<String, String> noted = matrix.ends(mistake.step(), mistake.id());
    return trial.methods().containsAll(noted.keySet())
            && matrix.resembles(mistake.step(), mistake.id(), trial.failing())
        ? List.of()
        : List.of(
            "fails %s, but solutions/mistakes.yaml says %s; --matrix writes it anew"
                .formatted(trial.failing(), noted));
  }

  private static void forgetThoseGone(Workbook workbook, KillMatrix matrix) {
    for (Step step : workbook.course().steps()) {
      Set<String> there = new HashSet<>();
      Mistake.readAll(workbook.mistakes(step)).forEach(mistake -> there.add(mistake.id()));
      matrix.retain(step.id(), there);
    }
  }
}
