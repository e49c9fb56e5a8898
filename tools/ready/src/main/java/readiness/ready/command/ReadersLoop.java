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

/** The reader's own code of the chapter on epoll, as the measurements run it. */
final class ReadersLoop {
  /** A server without this step, or one before it, gives wrong answers under load. */
  private static final String LAST_NEEDED = "backpressure";

  private ReadersLoop() {}

  /**
   * Compiles it.
   *
   * @return the folder with its classes; nothing if it cannot be measured, and then the reader has
   *     been told why
   */
  static Optional<Path> compile(Desk desk, Chapter chapter) throws IOException {
    Path folder = desk.folder().resolve("mine").resolve(chapter.id());
    Build build = Build.into(folder, SourceText.under(desk.workbook().starter(chapter)));
    if (!build.errors().isEmpty()) {
      CompileErrors.print(desk, build.errors());
      return Optional.empty();
    }
    List<Step> open = new ArrayList<>();
    boolean needed = true;
    for (Step step : chapter.steps()) {
      List<Gap> gaps = GapText.left(desk, step, build.gaps());
      if (needed && !gaps.isEmpty()) {
        printNotYet(desk, step, gaps);
        return Optional.empty();
      }
      if (!gaps.isEmpty()) {
        open.add(step);
      }
      needed &= !step.id().equals(LAST_NEEDED);
    }
    if (!open.isEmpty()) {
      desk.screen().paragraph(1, "Your loop, as far as it is written: without " + list(open) + ".");
    }
    return Optional.of(folder);
  }

  private static String list(List<Step> steps) {
    return steps.stream()
        .map(step -> step.number() + " " + step.id())
        .collect(Collectors.joining(", "));
  }

  private static void printNotYet(Desk desk, Step step, List<Gap> gaps) {
    Screen screen = desk.screen();
    String name = step.number() + " " + step.id();
    screen.line(
        "   " + StepMarks.Mark.OPEN.on(screen) + " " + screen.bold(name) + "   " + step.title());
    screen.paragraph(
        5, "Your loop can be measured when this step and those before it are written.");
    GapText.print(desk, 5, 7, gaps);
    screen.labelled(5, "Read", 7, BookServer.address(desk, step));
  }
}
