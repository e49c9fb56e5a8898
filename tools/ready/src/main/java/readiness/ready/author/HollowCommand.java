package readiness.ready.author;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.Exemptions;
import readiness.course.Step;
import readiness.course.Workbook;

/** {@code ready author hollow}: whether a test passes that tests nothing. */
@Command(
    name = "hollow",
    description = {
      "Fills the gaps of each step with nothing, 0, false or null and runs its tests: none may"
          + " pass.",
      "solutions/hollow.yaml exempts those that are to see that something stays as it was, each"
          + " with its reason."
    })
final class HollowCommand extends AuthorJob {
  @Parameters(arity = "0..1", paramLabel = "STEP", description = "This step only.")
  private @Nullable String step;

  @Override
  int run(Workbook workbook) throws IOException {
    Step only = step == null ? null : step(workbook, step);
    Exemptions exemptions =
        Exemptions.read(
            workbook.exemptions(),
            workbook.course().steps().stream().map(Step::id).collect(Collectors.toSet()));
    int wrong = 0;
    try (Crew crew = new Crew()) {
      Map<Step, Future<List<String>>> trials = new LinkedHashMap<>();
      for (Chapter chapter : workbook.course().chapters()) {
        List<Step> steps =
            chapter.steps().stream().filter(each -> only == null || only.equals(each)).toList();
        if (!steps.isEmpty()) {
          ChapterRun run = new ChapterRun(workbook, chapter);
          for (Step each : steps) {
            Hollow hollow = new Hollow(chapter, each);
            Set<String> exempt = exemptions.of(each.id());
            trials.put(each, crew.submit(checker -> hollow.problems(exempt, run, checker)));
          }
        }
      }
      for (Map.Entry<Step, Future<List<String>>> each : trials.entrySet()) {
        screen().passing(each.getKey().id() + " …");
        List<String> problems = Crew.result(each.getValue());
        screen().wipe();
        report(each.getKey().id(), problems);
        wrong += problems.isEmpty() ? 0 : 1;
      }
      out().printf("%d steps, %d with tests that test nothing%n", trials.size(), wrong);
    }
    return wrong == 0 ? WELL : NOT_WELL;
  }
}
