package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.KillMatrix;
import readiness.course.Mistake;
import readiness.course.Proven;
import readiness.course.Proven.Kind;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.Checker;

/** {@code ready author mistakes}: whether the tests bite. */
@Command(
    name = "mistakes",
    description = {
      "Makes each mistake in the solution and runs the tests of its step: it must be caught by"
          + " the test and with the words that it names.",
      "Without a STEP, those are tried of which something has changed since they were noted, and"
          + " a tenth of the others, chosen by lot: for these the steps before must pass as well."
    })
final class MistakesCommand extends AuthorJob {
  @Parameters(
      arity = "0..1",
      paramLabel = "STEP[/NAME]",
      description = "The mistakes of this step only, or one of them.")
  private @Nullable String chosen;

  @Option(
      names = "--matrix",
      description =
          "Note in solutions/mistakes.yaml which test methods each mistake fails and how they end,"
              + " and in solutions/proven.yaml what was tried; what was not stays as it is.")
  private boolean note;

  @Option(
      names = "--all",
      description = "Try those as well of which nothing has changed since they were noted.")
  private boolean all;

  @Option(
      names = "--thorough",
      description = "Try all, and the steps before theirs as well, which must pass.")
  private boolean thorough;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Chooses the tenth that is tried thoroughly though nothing has changed.")
  private @Nullable Long seed;

  private int mistakes;
  private int tried;
  private int wrong;

  /** What is known from before, and what is tried whether or not it is known. */
  private record Known(KillMatrix matrix, Proven proven, Lot lot) {}

  /** A trial that is to be made. */
  private record Due(Mistake mistake, Step step) {
    String name() {
      return nameOf(mistake);
    }
  }

  @Override
  int run(Workbook workbook) throws IOException {
    Lot lot = seed == null ? Lot.atRandom() : new Lot(seed);
    Known known =
        new Known(KillMatrix.read(workbook.matrix()), Proven.read(workbook.proven()), lot);
    try (Crew crew = new Crew()) {
      for (Chapter chapter : workbook.course().chapters()) {
        List<Mistake> asked = chosen(workbook, chapter);
        if (!asked.isEmpty()) {
          mistakes += asked.size();
          tryDue(chapter, asked, new ChapterRun(workbook, chapter), crew, known);
        }
      }
    }
    if (note) {
      forgetThoseGone(workbook, known);
      Files.writeString(workbook.matrix(), known.matrix.toYaml());
      Files.writeString(workbook.proven(), known.proven.toYaml());
    }
    out().printf("%d mistakes, %d not caught as they say%n", mistakes, wrong);
    if (tried < mistakes) {
      out()
          .printf(
              "%d tried, since something has changed or by lot (--seed %d); the others as before%n",
              tried, lot.seed());
    }
    return wrong == 0 ? WELL : NOT_WELL;
  }

  private static String nameOf(Mistake mistake) {
    return mistake.step() + "/" + mistake.id();
  }

  /** Tries those mistakes of a chapter that are due, several at a time, and reports in order. */
  private void tryDue(Chapter chapter, List<Mistake> asked, ChapterRun run, Crew crew, Known known)
      throws IOException {
    Map<Step, List<Due>> due = due(chapter, asked, run, known);
    if (due.isEmpty()) {
      return;
    }
    screen().passing(chapter.id() + ": compiling …");
    Crew.result(crew.submit(run::base));
    Map<Step, Future<Patience>> solution = new LinkedHashMap<>();
    for (Step step : due.keySet()) {
      solution.put(step, crew.submit(checker -> Patience.measured(step, run, checker)));
    }
    Map<Due, Future<Trial>> trials = new LinkedHashMap<>();
    for (Step step : due.keySet()) {
      screen().passing(step.number() + " " + step.id() + ": the solution itself …");
      Patience patience = Crew.result(solution.get(step));
      if (!patience.problems().isEmpty()) {
        wrong += due.get(step).size();
        report("%s: the solution itself does not pass".formatted(step.id()), patience.problems());
        continue;
      }
      for (Due each : due.get(step)) {
        trials.put(
            each, crew.submit(checker -> trial(each, chapter, run, checker, patience, known)));
      }
    }
    int done = 0;
    for (Map.Entry<Due, Future<Trial>> each : trials.entrySet()) {
      done++;
      screen().passing("%s, %d of %d …".formatted(each.getKey().name(), done, trials.size()));
      conclude(each.getKey(), Crew.result(each.getValue()), run, known);
    }
    tried += trials.size();
  }

  private Map<Step, List<Due>> due(
      Chapter chapter, List<Mistake> asked, ChapterRun run, Known known) {
    Map<Step, List<Due>> due = new LinkedHashMap<>();
    for (Step step : chapter.steps()) {
      for (Mistake mistake : asked) {
        if (mistake.step().equals(step.id())) {
          boolean anyway = all || thorough || chosen != null || known.lot.falls(nameOf(mistake));
          if (anyway || !isProven(mistake, step, run, known)) {
            due.computeIfAbsent(step, _ -> new ArrayList<>()).add(new Due(mistake, step));
          }
        }
      }
    }
    return due;
  }

  private static boolean isProven(Mistake mistake, Step step, ChapterRun run, Known known) {
    Map<String, String> noted = known.matrix.ends(mistake.step(), mistake.id());
    return known
        .proven
        .digest(Kind.MISTAKES, nameOf(mistake))
        .equals(Optional.of(Trial.digest(mistake, step, run, noted)));
  }

  /**
   * Tries a mistake in a hurry, and where that finds fault, once more without: a test that is slow
   * on a busy machine is not stuck, and behind one that is stuck another may be the one that
   * catches it.
   */
  private Trial trial(
      Due due, Chapter chapter, ChapterRun run, Checker checker, Patience patience, Known known)
      throws IOException {
    boolean earlierToo = thorough || chosen == null && known.lot.falls(due.name());
    Trial hurried = Trial.of(due.mistake, chapter, run, checker, patience, earlierToo, note);
    return problems(hurried, known).isEmpty()
        ? hurried
        : Trial.of(due.mistake, chapter, run, checker, Patience.usual(due.step), earlierToo, true);
  }

  private List<String> problems(Trial trial, Known known) {
    return trial.problems().isEmpty() && chosen == null && !note
        ? unlikeNoted(known.matrix, trial)
        : trial.problems();
  }

  private void conclude(Due due, Trial trial, ChapterRun run, Known known) {
    List<String> problems = problems(trial, known);
    if (note) {
      known.matrix.put(due.mistake.step(), due.mistake.id(), trial.failing());
      if (problems.isEmpty()) {
        String digest = Trial.digest(due.mistake, due.step, run, trial.failing());
        known.proven.note(Kind.MISTAKES, due.name(), digest);
      } else {
        known.proven.forget(Kind.MISTAKES, due.name());
      }
    }
    screen().wipe();
    report(due.name(), problems);
    wrong += problems.isEmpty() ? 0 : 1;
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

  private static void forgetThoseGone(Workbook workbook, Known known) {
    Set<String> names = new HashSet<>();
    for (Step step : workbook.course().steps()) {
      List<Mistake> there = Mistake.readAll(workbook.mistakes(step));
      there.forEach(mistake -> names.add(nameOf(mistake)));
      known.matrix.retain(step.id(), there.stream().map(Mistake::id).collect(Collectors.toSet()));
    }
    known.proven.retain(Kind.MISTAKES, names);
  }
}
