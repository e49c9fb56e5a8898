package readiness.ready.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Screen;
import readiness.ready.check.Gap;

/** Shows a reader where there is something to write. */
public final class GapText {
  private GapText() {}

  /**
   * What of {@code step} is still to be written: methods that say so and methods that are still the
   * naive form that the starter gave, by file and line.
   *
   * @param notYet the methods that say so, of all steps
   */
  public static List<Gap> left(Desk desk, Step step, List<Gap> notYet) {
    return Stream.concat(
            notYet.stream().filter(gap -> gap.step().equals(step.id())),
            Untouched.of(desk.workbook(), step).stream())
        .sorted(Comparator.comparing(Gap::file).thenComparing(Gap::line))
        .toList();
  }

  /** One line for a file with one gap; where there are more, the methods stand below the file. */
  public static void print(Desk desk, int indent, int column, List<Gap> gaps) {
    Screen screen = desk.screen();
    Map<Path, List<Gap>> files = new LinkedHashMap<>();
    gaps.forEach(gap -> files.computeIfAbsent(gap.file(), _ -> new ArrayList<>()).add(gap));
    String label = "Edit";
    for (Map.Entry<Path, List<Gap>> each : files.entrySet()) {
      String file = desk.shown(each.getKey());
      if (each.getValue().size() == 1) {
        Gap gap = each.getValue().getFirst();
        screen.labelled(
            indent, label, column, "%s  %s(), line %d".formatted(file, gap.method(), gap.line()));
      } else {
        screen.labelled(indent, label, column, file);
        screen.paragraph(indent + column + 2, methods(each.getValue()));
      }
      label = "";
    }
  }

  private static String methods(List<Gap> gaps) {
    return gaps.stream()
        .map(gap -> gap.method() + "(), line " + gap.line())
        .collect(Collectors.joining("; "));
  }
}
