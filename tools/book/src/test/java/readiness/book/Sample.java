package readiness.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import readiness.course.Workbook;

/** A copy of the sample, which a test may break in one place, under the real theme. */
final class Sample {
  /** The repository: tests run in the folder of their module. */
  static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  private final Path root;

  Sample(Path root) throws IOException {
    this.root = root.toRealPath();
    copy(Path.of("src/test/resources/sample"), this.root);
    copy(REPOSITORY.resolve("chapters/theme"), this.root.resolve("chapters/theme"));
  }

  Path root() {
    return root;
  }

  /** Replaces what stands exactly once in a file. */
  Sample change(String file, String old, String replacement) throws IOException {
    Path path = root.resolve(file);
    String text = Files.readString(path);
    int at = text.indexOf(old);
    if (at < 0 || text.indexOf(old, at + 1) >= 0) {
      throw new IllegalArgumentException("'" + old + "' should stand once in " + file);
    }
    Files.writeString(path, text.replace(old, replacement));
    return this;
  }

  Sample append(String file, String... lines) throws IOException {
    Path path = root.resolve(file);
    Files.writeString(path, Files.readString(path) + "\n" + String.join("\n", lines) + "\n");
    return this;
  }

  Sample delete(String file) throws IOException {
    Files.delete(root.resolve(file));
    return this;
  }

  Book book() throws IOException {
    return Book.of(Workbook.around(root), Cache.none(), phase -> {});
  }

  /** What is wrong with the book. */
  List<String> problems() throws IOException {
    return book().problems();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(target);
        else Files.copy(file, target);
      }
    }
  }
}
