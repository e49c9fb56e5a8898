package readiness.ready.author;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.Excuses;
import readiness.course.Step;
import readiness.course.Workbook;

/** {@code ready author mutations}: a second opinion on the tests, by chance. */
@Command(
    name = "mutations",
    description = {
      "Makes random mutations in the solution (PIT's default ones) and runs the tests: of each"
          + " step's at least 90 of 100 must be noticed.",
      "solutions/mutants.yaml excuses those that no test can notice, each with its reason."
    })
final class MutationsCommand extends AuthorJob {
  @Parameters(
      arity = "0..1",
      paramLabel = "STEP|CHAPTER",
      description = "This step only; or a chapter's steps and what it gives.")
  private @Nullable String chosen;

  private int made;
  private int killed;
  private int excused;

  @Override
  int run(Workbook workbook) throws IOException {
    List<Chapter> chapters =
        workbook.course().chapters().stream().filter(each -> !each.steps().isEmpty()).toList();
    Excuses excuses = Excuses.of(workbook);
    Optional<Chapter> chapter =
        chosen == null ? Optional.empty() : workbook.course().chapter(chosen);
    Step only = chosen == null || chapter.isPresent() ? null : step(workbook, chosen);
    if (only != null && only.modelChecked()) {
      throw wrong("step %s is left to the model checker".formatted(only.id()));
    }
    boolean well = true;
    for (Chapter each : chapters) {
      if (only != null && !each.steps().contains(only)
          || chapter.isPresent() && !chapter.get().equals(each)) {
        continue;
      }
      try (Pit pit = new Pit(workbook, each)) {
        for (Ground ground : Ground.of(workbook, each, excuses.modelChecked().keySet())) {
          if (only == null || only.id().equals(ground.name())) {
            screen()
                .passing(ground.name() + ": PIT makes its mutants, which takes a minute or more …");
            well &= judge(ground, pit.mutate(ground), excuses);
          }
        }
      }
      leftOut(each, only);
    }
    out().printf("%d of %d killed, %d excused%n", killed, made, excused);
    return well ? WELL : NOT_WELL;
  }

  private void leftOut(Chapter chapter, @Nullable Step only) {
    for (Step step : chapter.steps()) {
      if (only == null && step.modelChecked()) {
        out().printf("- %s is left to the model checker%n", step.id());
      }
    }
  }

  private boolean judge(Ground ground, List<Mutant> mutants, Excuses excuses) {
    screen().wipe();
    Reckoning reckoning = Reckoning.of(ground.name(), mutants, excuses);
    report(
        "%s: %d of %d killed, %d excused"
            .formatted(ground.name(), reckoning.killed(), reckoning.made(), reckoning.excused()),
        reckoning.problems());
    reckoning.survivors().forEach(each -> out().println(each.toString().indent(4).stripTrailing()));
    out().flush();
    made += reckoning.made();
    killed += reckoning.killed();
    excused += reckoning.excused();
    return reckoning.problems().isEmpty();
  }
}
