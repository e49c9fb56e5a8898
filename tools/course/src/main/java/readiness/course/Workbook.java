package readiness.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders of the workbook, and what of each step lies where.
 *
 * @param root the repository's root, absolute
 * @param labs the reader's workspace: {@code labs} below the root, or a copy of it
 * @param course the table of contents
 */
public record Workbook(Path root, Path labs, Course course) {
  private static final Path CONTENTS = Path.of("chapters", "course.yaml");

  /**
   * The workbook that a folder lies in.
   *
   * @throws Malformed if neither the folder nor any above it has {@code chapters/course.yaml}, or
   *     if that is not as it should be
   */
  public static Workbook around(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    while (!Files.isRegularFile(root.resolve(CONTENTS))) {
      if (root.getParent() == null) {
        throw new Malformed(
            folder, 0, "is not inside the workbook: no " + CONTENTS + " here or above");
      }
      root = root.getParent();
    }
    return new Workbook(root, root.resolve("labs"), Course.read(root.resolve(CONTENTS)));
  }

  /** The same workbook with the labs elsewhere, for instance in a copy that a test works on. */
  public Workbook withLabs(Path labs) {
    return new Workbook(root, labs.toAbsolutePath().normalize(), course);
  }

  /** A path as people read it: from the root, where it lies below it. */
  public Path shown(Path path) {
    return path.startsWith(root) ? root.relativize(path) : path;
  }

  /** Where a chapter's text, hints and figures are. */
  public Path text(Chapter chapter) {
    return root.resolve("chapters").resolve(chapter.id());
  }

  /** The root of a chapter's solution, {@code src/main/java}. */
  public Path solution(Chapter chapter) {
    return root.resolve("solutions").resolve(chapter.id()).resolve("src/main/java");
  }

  /** The root of what a reader edits in a chapter, {@code src/main/java}. */
  public Path starter(Chapter chapter) {
    return labs.resolve(chapter.id()).resolve("src/main/java");
  }

  /** The root of a chapter's graded tests, {@code src/test/java}. */
  public Path tests(Chapter chapter) {
    return labs.resolve(chapter.id()).resolve("src/test/java");
  }

  /** The root of the tests of what a chapter gives, {@code src/test/java}; no check runs them. */
  public Path testsOfTheGiven(Chapter chapter) {
    return root.resolve("solutions").resolve(chapter.id()).resolve("src/test/java");
  }

  /** A step's test class. */
  public Path test(Step step) {
    return tests(course.chapter(step)).resolve(step.test().replace('.', '/') + ".java");
  }

  /** A step's section of the book. */
  public Path section(Step step) {
    return text(course.chapter(step)).resolve(step.id() + ".adoc");
  }

  /** A step's hints as a file; see {@link Hint#read}. */
  public Path hints(Step step) {
    return text(course.chapter(step)).resolve("hints").resolve(step.id() + ".adoc");
  }

  /** The folder of a step's mistakes. */
  public Path mistakes(Step step) {
    return root.resolve("solutions").resolve(step.chapter()).resolve("mistakes").resolve(step.id());
  }

  /** Which test methods each mistake fails; see {@link KillMatrix}. */
  public Path matrix() {
    return root.resolve("solutions").resolve("mistakes.yaml");
  }

  /** What the last trials have proven; see {@link Proven}. */
  public Path proven() {
    return root.resolve("solutions").resolve("proven.yaml");
  }

  /** Which random mutations no test notices, and why; see {@link Excuses}. */
  public Path excuses() {
    return root.resolve("solutions").resolve("mutants.yaml");
  }

  /** Which tests may pass though their step is not written, and why; see {@link Exemptions}. */
  public Path exemptions() {
    return root.resolve("solutions").resolve("hollow.yaml");
  }

  /**
   * The sources of a chapter's solution, by name.
   *
   * @throws Malformed at the first fault in one of them, see {@link Source#read}
   */
  public List<Source> sources(Chapter chapter) {
    return names(solution(chapter)).stream().map(name -> source(chapter, name)).toList();
  }

  /**
   * One source of a chapter's solution.
   *
   * @param name the file below {@code src/main/java}, such as {@code readiness/epoll/Waiter.java}
   */
  public Source source(Chapter chapter, String name) {
    Set<String> steps = chapter.steps().stream().map(Step::id).collect(Collectors.toSet());
    return Source.read(solution(chapter), name, steps);
  }

  /** The regions that a step writes: the files in the order of course.yaml, then of the file. */
  public List<Region> regions(Step step) {
    Chapter chapter = course.chapter(step);
    return step.files().stream()
        .flatMap(name -> source(chapter, name).regions(step.id()).stream())
        .toList();
  }

  /**
   * The Java files below a root, as names with slashes, in the order of the alphabet; none where
   * the root does not exist.
   */
  public static List<String> names(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".java"))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + root, e);
    }
  }
}
