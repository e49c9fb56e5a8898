package readiness.ready.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.book.BookServer;

/** The way to a step: its title, what to edit, where to read. */
public final class Signpost {
  private Signpost() {}

  /** Prints the way. */
  public static void print(Desk desk, Step step) {
    Screen screen = desk.screen();
    String name = step.number() + " " + step.id();
    String left = " Next  " + name + "   " + step.title();
    screen.spread(
        " " + screen.dim("Next") + "  " + screen.bold(name) + "   " + step.title(),
        left.length(),
        effort(step));
    screen.labelled(1, "Read", 6, BookServer.address(desk, step));
    String label = "Edit";
    for (String place : places(desk, step)) {
      screen.labelled(1, label, 6, place);
      label = "";
    }
  }

  static String effort(Step step) {
    return "%d min · %d points".formatted(step.minutes(), step.points());
  }

  /** The first gap of each file of the step, or naive form; the file alone if it has none. */
  private static List<String> places(Desk desk, Step step) {
    Path root = desk.workbook().starter(desk.course().chapter(step));
    List<Path> files = step.files().stream().map(root::resolve).toList();
    Map<Path, Integer> lines = new HashMap<>();
    files.forEach(file -> lines.put(file, firstGap(file, step)));
    if (lines.containsValue(0)) {
      Untouched.of(desk.workbook(), step)
          .forEach(gap -> lines.merge(gap.file(), gap.line(), (a, b) -> a == 0 ? b : a));
    }
    List<String> places =
        files.stream()
            .filter(file -> lines.get(file) > 0)
            .map(file -> desk.shown(file) + ", line " + lines.get(file))
            .toList();
    return places.isEmpty() ? files.stream().map(desk::shown).toList() : places;
  }

  /** Without parsing: this is on the way of the fastest command. */
  private static int firstGap(Path file, Step step) {
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains("new NotYet(\"" + step.id() + "\")")) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      // A file that is missing has no gap; its name is what the reader needs.
    }
    return 0;
  }
}
