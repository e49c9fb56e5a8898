package readiness.book;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asciidoctor.ast.Cursor;

/**
 * The text files of the chapters, to say where something stands.
 *
 * <p>A finished page no longer knows which line a link came from. The text of the link is in the
 * source as well, so it is looked for there: first in the file that the page was made from, then in
 * its folder (hints are there), then in all chapters.
 */
final class Sources {
  private final Path root;
  private final Map<Path, List<String>> texts = new HashMap<>();

  Sources(Path root) {
    this.root = root;
  }

  /** The master, which includes all others. */
  Place master() {
    return new Place("chapters/book.adoc", 0);
  }

  Place place(Cursor cursor) {
    return new Place(name(Path.of(cursor.getFile())), cursor.getLineNumber());
  }

  /** A message with paths from the root, as all others are. */
  String shortened(String message) {
    return message.replace(root + File.separator, "");
  }

  /** The name of a file as messages write it. */
  String name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(root) ? root.relativize(absolute) : absolute)
        .toString()
        .replace('\\', '/');
  }

  /**
   * Where a text stands.
   *
   * @param near where to look first, and the answer if nothing is found
   * @param texts what to look for: the second only if the first is found nowhere, and so on
   */
  Place find(Place near, String... texts) {
    Path first = root.resolve(near.file());
    for (String text : texts) {
      int line = lineOf(text, first, near.line());
      if (line > 0) return new Place(near.file(), line);
      for (Path folder : List.of(first.getParent(), root.resolve("chapters"))) {
        for (Path file : filesIn(folder)) {
          line = lineOf(text, file, 0);
          if (line > 0) return new Place(name(file), line);
        }
      }
    }
    return near;
  }

  /**
   * Where a paragraph begins. Its first words are enough, and they are fewer where some are marked:
   * marks are gone from a page.
   */
  Place findBeginning(Place near, String text) {
    String[] words = text.strip().split("\\s+");
    return find(
        near,
        IntStream.of(6, 5, 4, 3, 2)
            .filter(many -> many <= words.length)
            .mapToObj(many -> String.join(" ", Arrays.copyOf(words, many)))
            .toArray(String[]::new));
  }

  /** The first line that holds {@code text}, at {@code from} or after it if there is one. */
  private int lineOf(String text, Path file, int from) {
    List<String> lines = lines(file);
    int before = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).contains(text)) continue;
      if (i + 1 >= from) return i + 1;
      if (before == 0) before = i + 1;
    }
    return before;
  }

  private List<String> lines(Path file) {
    return texts.computeIfAbsent(
        file,
        f -> {
          try {
            return Files.isRegularFile(f) ? Files.readAllLines(f) : List.of();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static List<Path> filesIn(Path folder) {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().matches(".+\\.(adoc|svg)")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
