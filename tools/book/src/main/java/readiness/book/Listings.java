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

  /**
   * Listings of one file, each with a caption that says where it stands; the first one also says
   * where the file is.
   */
  static List<String> blocks(Workbook workbook, Source source, List<Listing> listings) {
    List<String> lines = new ArrayList<>();
    String path = " [.path]#" + path(workbook, source) + "#";
    for (Listing listing : listings) {
      lines.addAll(block(listing, path));
      path = "";
    }
    return lines;
  }

  private static List<String> block(Listing listing, String path) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("." + listing.place().caption() + path);
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
