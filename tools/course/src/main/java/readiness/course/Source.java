package readiness.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One source of a solution and the regions in it.
 *
 * <p>Where code is cut is a matter of lines; whether a cut is a sensible one is a matter of
 * structure, which the compiler's tree knows ({@link Outline}).
 */
public final class Source {
  private final Path file;
  private final String name;
  private final List<String> lines;
  private final List<Region> regions;
  private final Outline outline;

  /**
   * Reads a source and its tags.
   *
   * @param root the folder of the sources, {@code src/main/java}
   * @param name the file below it, such as {@code readiness/epoll/EventLoop.java}
   * @param steps the ids that tags may name
   * @throws Malformed if the file is missing or is not Java, if a tag is not closed, is nested or
   *     names no known step, or if a region is neither a whole method body nor whole members
   */
  public static Source read(Path root, String name, Set<String> steps) {
    Path file = root.resolve(name);
    try {
      return new Source(file, name, Files.readString(file), steps);
    } catch (NoSuchFileException e) {
      throw new Malformed(file, 0, "is missing");
    } catch (MalformedInputException e) {
      throw new Malformed(file, 0, "is not UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  Source(Path file, String name, String text, Set<String> steps) {
    this.file = file;
    this.name = name;
    this.lines = text.lines().toList();
    // The outline counts characters of the same lines, whatever ended them in the file.
    this.outline = Outline.of(file, String.join("\n", lines) + "\n");
    this.regions = new Tags(file, lines, outline, steps).regions();
  }

  /** The file itself. */
  public Path file() {
    return file;
  }

  /** The file below {@code src/main/java}, such as {@code readiness/epoll/EventLoop.java}. */
  public String name() {
    return name;
  }

  /** The regions in the order of the file. */
  public List<Region> regions() {
    return regions;
  }

  /** The regions that one step writes, in the order of the file. */
  public List<Region> regions(String step) {
    return regions.stream().filter(region -> region.step().equals(step)).toList();
  }

  /** The whole solution, without tags and stand-ins. */
  public String complete() {
    return without(step -> false);
  }

  /**
   * The solution without the regions of some steps: each gives way to what stands in for it. The
   * result is neither formatted nor rid of imports that nothing uses any more, nor does it import
   * {@code NotYet}.
   *
   * @param cut says of a step's id whether its regions go
   */
  public String without(Predicate<String> cut) {
    List<String> kept = new ArrayList<>();
    int next = 0;
    for (Region region : regions) {
      kept.addAll(lines.subList(next, region.opens() - 1));
      if (cut.test(region.step())) {
        kept.addAll(standIn(region));
      } else {
        kept.addAll(lines.subList(region.listing().line() - 1, region.closes() - 1));
      }
      next = region.closes();
    }
    kept.addAll(lines.subList(next, lines.size()));
    return String.join("\n", kept) + "\n";
  }

  /**
   * One method, from its signature to its closing brace.
   *
   * @param method its name; with its class before it where that is nested ({@code Inner.turn})
   * @throws Malformed if there is none of this name, or more than one
   */
  public Listing method(String method) {
    List<Outline.Body> found = outline.methods(method);
    if (found.size() != 1) {
      throw new Malformed(
          file,
          0,
          "has %s method '%s'".formatted(found.isEmpty() ? "no" : "more than one", method));
    }
    Outline.Body body = found.getFirst();
    Lines at = new Lines(lines);
    int first = at.line(body.from());
    List<String> code = new ArrayList<>();
    for (int line = first; line <= at.line(body.to() - 1); line++) {
      String text = lines.get(line - 1);
      if (!Tags.isTag(text) && !Tags.isStandIn(text)) {
        code.add(text);
      }
    }
    return new Listing(body.place(), first, Lines.dedented(code));
  }

  private List<String> standIn(Region region) {
    return switch (region.standIn()) {
      case Region.Nothing _ -> List.of();
      case Region.Throws _ -> List.of("throw new NotYet(\"" + region.step() + "\");");
      case Region.Given given -> {
        String indent = Lines.indent(lines.get(region.opens() - 1));
        yield given.code().lines().map(line -> (indent + line).stripTrailing()).toList();
      }
    };
  }
}
