package readiness.book;

import java.util.ArrayList;
import java.util.List;
import readiness.course.Listing;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;

/** Code of the solutions as AsciiDoc. */
final class Listings {
  private Listings() {}

  /** A listing with a caption that says where it stands. */
  static List<String> block(Workbook workbook, Source source, Listing listing) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("." + listing.place().caption() + " [.path]#" + path(workbook, source) + "#");
    lines.add("[source,java]");
    lines.add("--------");
    listing.code().lines().forEach(lines::add);
    lines.add("--------");
    lines.add("");
    return lines;
  }

  static Step step(Workbook workbook, String id) throws Expansion.Missing {
    return workbook.course().steps().stream()
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Expansion.Missing("course.yaml has no step '" + id + "'"));
  }

  /** The path in literal marks: a {@code _} or a {@code *} in it is a letter like any other. */
  private static String path(Workbook workbook, Source source) {
    return "+" + workbook.shown(source.file()).toString().replace('\\', '/') + "+";
  }
}
