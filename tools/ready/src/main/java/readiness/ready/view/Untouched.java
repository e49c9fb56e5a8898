package readiness.ready.view;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import readiness.course.Chapter;
import readiness.course.Listing;
import readiness.course.Malformed;
import readiness.course.Place;
import readiness.course.Region;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.Gap;

/**
 * Places where a reader has not begun to write. A {@link readiness.kernel.NotYet} says so by
 * itself; a starter that holds a naive form runs, fails, and does not say where it stands.
 */
final class Untouched {
  private Untouched() {}

  /** The methods of {@code step} that are still the naive form that the starter gave, in order. */
  static List<Gap> of(Workbook workbook, Step step) {
    Chapter chapter = workbook.course().chapter(step);
    List<Gap> untouched = new ArrayList<>();
    for (String name : step.files()) {
      List<Region> given =
          workbook.source(chapter, name).regions(step.id()).stream()
              .filter(region -> region.standIn() instanceof Region.Given)
              .filter(region -> region.listing().place().kind() == Place.Kind.METHOD)
              .toList();
      if (given.isEmpty()) {
        continue;
      }
      try {
        Source written = Source.read(workbook.starter(chapter), name, Set.of());
        for (Region each : given) {
          String method = each.listing().place().name();
          Listing there = written.method(method);
          if (squeezed(there.code()).endsWith("{" + squeezed(naive(each)) + "}")) {
            Path file = workbook.starter(chapter).resolve(name);
            untouched.add(new Gap(step.id(), file, method, there.line()));
          }
        }
      } catch (Malformed e) {
        // The reader's file has another shape by now, so it has been touched.
      }
    }
    return untouched;
  }

  private static String naive(Region region) {
    return region.standIn() instanceof Region.Given given ? given.code() : "";
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
