package readiness.ready.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Examination;
import readiness.ready.check.CheckRequest;
import readiness.ready.check.Checker;
import readiness.ready.check.Verdict;
import readiness.ready.view.CheckJson;
import readiness.ready.view.Farewell;
import readiness.ready.view.VerdictText;
import readiness.ready.view.WaitingLine;

/** {@code ready check}: compiles the code and proves steps, the earlier ones of a chapter first. */
@Command(
    name = "check",
    description = {
      "Compiles your code and proves steps: those of the chapter as far as the one you are at,"
          + " in order, up to the first that fails."
    })
final class CheckCommand extends Action {
  @Parameters(
      arity = "0..1",
      paramLabel = "STEP|CHAPTER",
      description = "A step (echo, 3.5) with those before it, or all of a chapter (epoll, 3).")
  private @Nullable String what;

  @Mixin private CheckOptions options = new CheckOptions();

  @Override
  int run(Desk desk) throws Exception {
    requireSeed();
    List<Step> steps = steps(desk);
    CheckJson json = new CheckJson(desk, options.solution, options.seed, steps);
    if (options.json != null) {
      // Whatever happens from here on, there is a result, and it gives nothing away.
      json.write(options.json);
    }
    boolean passed = true;
    try (Checker checker = new Checker(WaitingLine.of(desk))) {
      checker.prepare();
      for (Examination examination : Examination.of(desk, steps)) {
        CheckRequest request =
            examination.request(
                desk.workbook(), options.solution, options.seed, options.json != null);
        Verdict verdict;
        try {
          verdict = checker.run(request);
        } finally {
          desk.screen().wipe();
        }
        json.add(verdict);
        passed &= verdict.passed();
        if (!options.solution && options.seed == null) {
          ProgressNotes.take(desk, examination, verdict);
        }
        new VerdictText(desk, examination, verdict).print();
        if (!verdict.passed() && options.json == null) {
          break;
        }
      }
    }
    if (options.json != null) {
      json.write(options.json);
    }
    if (passed && !options.solution) {
      Farewell.print(desk, steps, options.seed);
    }
    return passed ? RIGHT : FAILS;
  }

  private void requireSeed() {
    if (options.seed != null && !options.seed.matches("[0-9a-fA-F]{1,16}")) {
      throw wrong(
          "'--seed %s' is not a hexadecimal number such as 5d1c.".formatted(options.seed),
          "",
          Stream.of());
    }
  }

  /** What is to be proven. */
  private List<Step> steps(Desk desk) {
    String asked = what;
    if (asked == null) {
      Optional<Step> current = desk.current();
      if (current.isEmpty()) {
        return desk.course().steps();
      }
      return options.only ? List.of(current.get()) : desk.asFarAs(current.get());
    }
    Optional<Step> step = stepOf(desk, asked);
    if (step.isPresent()) {
      return options.only ? List.of(step.get()) : desk.asFarAs(step.get());
    }
    Optional<Chapter> chapter =
        desk.course().chapter(asked).filter(each -> !each.steps().isEmpty());
    if (chapter.isEmpty()) {
      throw wrong("there is no step or chapter '" + asked + "' to check.", asked, names(desk));
    }
    if (options.only) {
      throw wrong("'--only' goes with a step, and '" + asked + "' is a chapter.", "", names(desk));
    }
    return chapter.get().steps();
  }
}
