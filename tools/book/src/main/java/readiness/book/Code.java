package readiness.book;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import readiness.course.Chapter;
import readiness.course.Region;
import readiness.course.Source;
import readiness.course.Workbook;

/**
 * {@code code::chapter/File.java[tag=step]}: what a step writes in one file of the solution; {@code
 * [method=name]}: one method of it. The file's package may be left out. {@code
 * code::experiments/File.java[…]} takes a file of the experiments, whose tags are its own.
 */
final class Code implements Expansion {
  private static final Pattern WHAT = Pattern.compile("(tag|method)=([\\w.-]+)");

  /** Where the experiments lie. */
  static final String EXPERIMENTS = "tools/experiments/src/main/java";

  private final Workbook workbook;
  private final Inputs inputs;

  Code(Workbook workbook, Inputs inputs) {
    this.workbook = workbook;
    this.inputs = inputs;
  }

  @Override
  public List<String> lines(String target, String text, Place place) throws Missing {
    Matcher what = WHAT.matcher(text.strip());
    if (!what.matches()) throw new Missing("give [tag=…] or [method=…], not [" + text + "]");
    Source source = source(target, what.group(2));
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

  private Source source(String target, String asked) throws Missing {
    int slash = target.indexOf('/');
    if (slash < 0) throw new Missing("begins with no chapter, as in 03-epoll/EventLoop.java");
    String id = target.substring(0, slash);
    String file = target.substring(slash + 1);
    if (id.equals("experiments")) {
      Path root = workbook.root().resolve(EXPERIMENTS);
      String name = only(root, EXPERIMENTS, file);
      return Source.read(root, name, Set.of(asked));
    }
    Chapter chapter =
        workbook.course().chapters().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Missing("course.yaml has no chapter '" + id + "'"));
    String name = only(workbook.solution(chapter), "solutions/" + id, file);
    return workbook.source(chapter, name);
  }

  /** The name of the one file below a root that ends so. */
  private String only(Path root, String shown, String file) throws Missing {
    inputs.names(root);
    List<String> named =
        Workbook.names(root).stream()
            .filter(name -> name.equals(file) || name.endsWith("/" + file))
            .toList();
    if (named.size() == 1) {
      inputs.file(root.resolve(named.getFirst()));
      return named.getFirst();
    }
    throw new Missing(
        named.isEmpty()
            ? shown + " has no " + file
            : shown + " has more than one " + file + ": " + String.join(", ", named));
  }
}
