package readiness.book;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import readiness.course.Chapter;
import readiness.course.Region;
import readiness.course.Source;
import readiness.course.Workbook;

/**
 * {@code code::chapter/File.java[tag=step]}: what a step writes in one file of the solution; {@code
 * [method=name]}: one method of it. The file's package may be left out.
 */
final class Code implements Expansion {
  private static final Pattern WHAT = Pattern.compile("(tag|method)=([\\w.-]+)");

  private final Workbook workbook;

  Code(Workbook workbook) {
    this.workbook = workbook;
  }

  @Override
  public List<String> lines(String target, String text, Place place) throws Missing {
    Matcher what = WHAT.matcher(text.strip());
    if (!what.matches()) throw new Missing("give [tag=…] or [method=…], not [" + text + "]");
    Source source = source(target);
    if (what.group(1).equals("method")) {
      return Listings.blocks(workbook, source, List.of(source.method(what.group(2))));
    }
    List<Region> regions = source.regions(what.group(2));
    if (regions.isEmpty()) {
      throw new Missing(
          "%s holds no tag '%s'".formatted(workbook.shown(source.file()), what.group(2)));
    }
    return Listings.blocks(workbook, source, regions.stream().map(Region::listing).toList());
  }

  private Source source(String target) throws Missing {
    int slash = target.indexOf('/');
    if (slash < 0) throw new Missing("begins with no chapter, as in 03-epoll/EventLoop.java");
    String id = target.substring(0, slash);
    String file = target.substring(slash + 1);
    Chapter chapter =
        workbook.course().chapters().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Missing("course.yaml has no chapter '" + id + "'"));
    List<String> named =
        Workbook.names(workbook.solution(chapter)).stream()
            .filter(name -> name.equals(file) || name.endsWith("/" + file))
            .toList();
    if (named.size() == 1) return workbook.source(chapter, named.getFirst());
    throw new Missing(
        named.isEmpty()
            ? "solutions/" + id + " has no " + file
            : "solutions/" + id + " has more than one " + file + ": " + String.join(", ", named));
  }
}
