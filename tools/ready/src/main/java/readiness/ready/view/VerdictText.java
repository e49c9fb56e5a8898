package readiness.ready.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import readiness.course.Mistake;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Examination;
import readiness.ready.Screen;
import readiness.ready.book.BookServer;
import readiness.ready.check.Failure;
import readiness.ready.check.Frame;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;

/** Tells a reader what a check found: a list with marks, then the one thing to look at next. */
public final class VerdictText {
  private static final int INDENT = 5;

  /** Where the texts behind labels begin. */
  private static final int COLUMN = 13;

  private static final int MOST_OTHERS = 8;

  private final Desk desk;
  private final Screen screen;
  private final Examination examination;
  private final Verdict verdict;

  /** What is to be said of one chapter. */
  public VerdictText(Desk desk, Examination examination, Verdict verdict) {
    this.desk = desk;
    this.screen = desk.screen();
    this.examination = examination;
    this.verdict = verdict;
  }

  /** Prints what all of it is about. */
  public static void printTitle(Desk desk, Examination examination) {
    Screen screen = desk.screen();
    screen.line(
        " " + screen.bold(examination.chapter().number() + " " + examination.chapter().title()));
    screen.out().flush();
  }

  /** Prints all of it, below the title. */
  public void print() {
    if (!verdict.errors().isEmpty()) {
      CompileErrors.print(desk, verdict.errors());
      return;
    }
    List<Step> steps = examination.steps().stream().filter(step -> !isPutOff(step)).toList();
    List<Step> passed = steps.stream().takeWhile(step -> verdict.step(step.id()).passed()).toList();
    if (!passed.isEmpty()) {
      StepMarks.print(screen, passed, _ -> StepMarks.Mark.PASSED);
    }
    if (passed.size() < steps.size()) {
      Step open = steps.get(passed.size());
      examination.steps().stream()
          .takeWhile(step -> step != open)
          .filter(this::isPutOff)
          .forEach(this::printPutOff);
      printFirstOpen(open);
    }
  }

  private void printPutOff(Step step) {
    screen.paragraph(
        3,
        screen.dim(
            "  %s %s takes some seconds and runs when the others pass"
                .formatted(step.number(), step.id())));
  }

  /** What is model-checked runs last, and not at all behind something that fails. */
  private boolean isPutOff(Step step) {
    return step.modelChecked()
        && verdict.step(step.id()).outcome() == Outcome.NOT_RUN
        && verdict.steps().stream()
            .anyMatch(each -> each.outcome() != Outcome.NOT_RUN && !each.passed());
  }

  private void printFirstOpen(Step step) {
    StepResult result = verdict.step(step.id());
    Optional<TestResult> first = result.first();
    if (result.outcome() == Outcome.NOT_YET) {
      printNotYet(step, first.orElseThrow());
      return;
    }
    screen.line(
        "   %s %s   %s"
            .formatted(
                StepMarks.Mark.FAILED.on(screen),
                screen.bold(step.number() + " " + step.id()),
                step.title()));
    screen.line();
    if (first.isEmpty()) {
      screen.paragraph(
          INDENT,
          "no test was found in %s, so the step cannot pass"
              .formatted(desk.shown(desk.workbook().test(step))));
      return;
    }
    printFailure(step, result, first.get());
  }

  private void printNotYet(Step step, TestResult test) {
    String name = step.number() + " " + step.id();
    screen.spread(
        "   " + StepMarks.Mark.OPEN.on(screen) + " " + screen.bold(name) + "   " + step.title(),
        8 + name.length() + step.title().length(),
        Signpost.effort(step));
    String reached = test.failure() == null ? null : test.failure().notYet();
    Step open = desk.course().step(reached == null ? step.id() : reached).orElse(step);
    if (open.equals(step)) {
      screen.paragraph(INDENT, "Not written yet, and that is where you come in.");
    } else {
      screen.paragraph(
          INDENT,
          "It stands on %s %s, which is not written yet.".formatted(open.number(), open.id()));
    }
    GapText.print(desk, INDENT, 7, GapText.left(desk, open, verdict.gaps()));
    screen.labelled(INDENT, "Read", 7, BookServer.address(desk, open));
  }

  private void printFailure(Step step, StepResult result, TestResult test) {
    Failure failure =
        test.failure() == null ? Failure.of("it did not run", List.of()) : test.failure();
    String seed = failure.seed();
    if (seed == null) {
      screen.paragraph(INDENT, test.title());
    } else {
      screen.spread(
          " ".repeat(INDENT) + test.title(), INDENT + test.title().length(), "seed " + seed);
    }
    screen.line();
    printStory(failure);
    printOutput(test);
    screen.line();
    Optional<Mistake> mistake = Diagnosis.of(desk.workbook(), step, result);
    mistake.ifPresent(likely ->
        screen.labelled(
            INDENT,
            "Looks like",
            COLUMN,
            "“%s”. The mistaken belief behind it: “%s”"
                .formatted(likely.name(), likely.misconception())));
    printOthers(result, test);
    GapText.print(desk, INDENT, COLUMN, GapText.left(desk, step, verdict.gaps()));
    screen.labelled(INDENT, "Read", COLUMN, BookServer.address(desk, step));
    if (seed != null) {
      screen.labelled(
          INDENT, "Replay", COLUMN, "./ready check %s --seed %s".formatted(step.id(), seed));
    }
    screen.labelled(INDENT, "Next", COLUMN, "./ready hint");
  }

  private void printStory(Failure failure) {
    int number = 1;
    for (String line : failure.trace()) {
      List<String> wrapped = Screen.wrapped(line, screen.width() - INDENT - 6);
      for (int i = 0; i < wrapped.size(); i++) {
        String margin = i == 0 ? "%4d".formatted(number) : "    ";
        screen.line(" ".repeat(INDENT - 1) + screen.dim(margin) + "  " + wrapped.get(i));
      }
      number++;
    }
    if (!failure.trace().isEmpty()) {
      screen.line();
    }
    boolean told = failure.expected() != null || failure.observed() != null;
    if (!told || !failure.message().isEmpty() && !isRepetition(failure)) {
      screen.paragraph(INDENT, failure.message());
      if (told) {
        screen.line();
      }
    }
    if (failure.expected() != null) {
      screen.labelled(INDENT, "expected", 10, failure.expected());
    }
    if (failure.observed() != null) {
      screen.labelled(INDENT, "observed", 10, failure.observed());
    }
    printPlace(failure);
  }

  /** AssertJ's messages say expected and observed themselves; our own exceptions' text does too. */
  private static boolean isRepetition(Failure failure) {
    return failure.observed() != null && failure.observed().contains(failure.message());
  }

  /** Where the reader's own code threw; a place in a test says nothing that the story does not. */
  private void printPlace(Failure failure) {
    Optional<Frame> place = failure.frames().stream().filter(frame -> !frame.test()).findFirst();
    place.ifPresent(frame ->
        screen.labelled(
            INDENT,
            "at",
            10,
            "%s:%d  in %s()".formatted(desk.shown(frame.file()), frame.line(), frame.method())));
  }

  private void printOutput(TestResult test) {
    if (!test.output().isEmpty()) {
      screen.line();
      screen.paragraph(INDENT, screen.dim("printed meanwhile"));
      test.output().lines().forEach(line -> screen.line(" ".repeat(INDENT + 2) + line));
    }
  }

  private void printOthers(StepResult result, TestResult first) {
    List<String> others = new ArrayList<>();
    int left = 0;
    for (TestResult test : result.tests()) {
      if (test.outcome() == Outcome.NOT_RUN) {
        left++;
      } else if (test != first && test.outcome() != Outcome.PASSED) {
        String state = test.outcome() == Outcome.FAILED ? "" : " (" + words(test.outcome()) + ")";
        others.add(test.title() + state);
      }
    }
    if (others.size() > MOST_OTHERS) {
      int more = others.size() - MOST_OTHERS;
      others.subList(MOST_OTHERS, others.size()).clear();
      others.add("and %d more".formatted(more));
    }
    if (left > 0 && first.outcome() != Outcome.NOT_RUN) {
      others.add(left == 1 ? "one test did not run" : left + " tests did not run");
    }
    String label = "Also";
    for (String other : others) {
      screen.labelled(INDENT, label, COLUMN, other);
      label = "";
    }
  }

  private static String words(Outcome outcome) {
    return outcome.id().replace('-', ' ');
  }
}
