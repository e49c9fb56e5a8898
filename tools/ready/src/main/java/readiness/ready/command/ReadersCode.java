package readiness.ready.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.book.BookServer;
import readiness.ready.check.Build;
import readiness.ready.check.Gap;
import readiness.ready.check.SourceText;
import readiness.ready.view.CompileErrors;
import readiness.ready.view.GapText;
import readiness.ready.view.StepMarks;

/**
 * The reader's own code of a chapter, as the measurements run it.
 *
 * @param chapter whose
 * @param needed the steps without which it cannot be measured
 * @param name what messages call it
 * @param unwritten the exit code if it cannot be measured
 */
record ReadersCode(Chapter chapter, List<String> needed, String name, int unwritten) {
  /** A server without this step, or one before it, gives wrong answers under load. */
  private static final String LAST_OF_LOOP = "backpressure";

  /** Of the chapter on epoll, its loop. */
  static ReadersCode loop(Chapter chapter) {
    List<String> steps = chapter.steps().stream().map(Step::id).toList();
    return new ReadersCode(
        chapter, steps.subList(0, steps.indexOf(LAST_OF_LOOP) + 1), "loop", Action.FAILS);
  }

  /** Of the chapter on serialization, the codecs that these steps are about. */
  static ReadersCode codecs(Chapter chapter, List<String> needed) {
    return new ReadersCode(chapter, needed, "code", Ready.USAGE);
  }

  /**
   * Compiles it.
   *
   * @return the folder with its classes; nothing if it cannot be measured, and then the reader has
   *     been told why
   */
  Optional<Path> compile(Desk desk) throws IOException {
    Path folder = desk.folder().resolve("mine").resolve(chapter.id());
    Build build = Build.into(folder, SourceText.under(desk.workbook().starter(chapter)));
    if (!build.errors().isEmpty()) {
      CompileErrors.print(desk, build.errors());
      return Optional.empty();
    }
    List<Step> open = new ArrayList<>();
    List<Step> missing = new ArrayList<>();
    for (Step step : chapter.steps()) {
      if (!GapText.left(desk, step, build.gaps()).isEmpty()) {
        (needed.contains(step.id()) ? missing : open).add(step);
      }
    }
    if (!missing.isEmpty()) {
      printNotYet(desk, missing, build.gaps());
      return Optional.empty();
    }
    if (!open.isEmpty()) {
      desk.screen()
          .paragraph(
              1, "Your %s, as far as it is written: without %s.".formatted(name, list(open)));
    }
    return Optional.of(folder);
  }

  private static String list(List<Step> steps) {
    return steps.stream()
        .map(step -> step.number() + " " + step.id())
        .collect(Collectors.joining(", "));
  }

  /** Names all that is missing, and of the first of it the places. */
  private void printNotYet(Desk desk, List<Step> missing, List<Gap> gaps) {
    Screen screen = desk.screen();
    Step first = missing.getFirst();
    String step = first.number() + " " + first.id();
    screen.line(
        "   " + StepMarks.Mark.OPEN.on(screen) + " " + screen.bold(step) + "   " + first.title());
    screen.paragraph(
        5, "Your %s can be measured when this is written: %s.".formatted(name, list(missing)));
    GapText.print(desk, 5, 7, GapText.left(desk, first, gaps));
    screen.labelled(5, "Read", 7, BookServer.address(desk, first));
  }
}
