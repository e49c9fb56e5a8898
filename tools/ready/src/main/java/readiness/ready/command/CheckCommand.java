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
import readiness.ready.view.Commentary;
import readiness.ready.view.Farewell;
import readiness.ready.view.VerdictText;

/**
 * {@code ready check}: compiles the code and proves steps, the one that was asked for first and the
 * earlier ones of its chapter behind it.
 */
@Command(
    name = "check",
    description = {
      "Compiles your code and proves steps: the one you are at, and behind it those of the chapter"
          + " before it, in order, up to the first that fails."
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
    Optional<Step> asked = asked(desk);
    List<Step> steps = steps(desk, asked);
    CheckJson json = new CheckJson(desk, options.solution, options.seed, steps);
    if (options.json != null) {
      // Whatever happens from here on, there is a result, and it gives nothing away.
      json.write(options.json);
    }
    boolean passed = true;
    Commentary commentary = new Commentary(desk, desk.screen()::wipe);
    try (Checker checker = new Checker(commentary, desk.classes())) {
      checker.prepare();
      for (Examination examination : Examination.of(desk, steps, asked.orElse(null))) {
        VerdictText.printTitle(desk, examination);
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
          ProgressNotes.take(desk, examination, verdict, options.json != null);
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

  /** The step that was asked for, by name or as the one that the reader is at. */
  private Optional<Step> asked(Desk desk) {
    return what == null ? desk.current() : stepOf(desk, what);
  }

  /** What is to be proven. */
  private List<Step> steps(Desk desk, Optional<Step> asked) {
    if (asked.isPresent()) {
      return options.only ? List.of(asked.get()) : desk.asFarAs(asked.get());
    }
    String name = what;
    if (name == null) {
      return desk.course().steps();
    }
    Optional<Chapter> chapter = desk.course().chapter(name).filter(each -> !each.steps().isEmpty());
    if (chapter.isEmpty()) {
      throw wrong("there is no step or chapter '" + name + "' to check.", name, names(desk));
    }
    if (options.only) {
      throw wrong("'--only' goes with a step, and '" + name + "' is a chapter.", "", names(desk));
    }
    return chapter.get().steps();
  }
}
