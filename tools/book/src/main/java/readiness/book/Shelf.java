package readiness.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder where a finished book stands.
 *
 * <p>A book is written beside it and then takes its place, so that a server never reads half of
 * one, and a build that fails leaves the last good one.
 */
final class Shelf {
  /** Marks a folder as a book, hence as one that a build may replace; its age is the book's. */
  private static final String MARK = ".readiness-book";

  private final Path folder;

  Shelf(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Whether something stands here that is not a book: it is not ours to replace. */
  boolean isTaken() throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return false;
    if (!Files.isDirectory(folder)) return true;
    if (Files.exists(folder.resolve(MARK))) return false;
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isPresent();
    }
  }

  /** Whether the book is younger than every file and folder of its sources. */
  boolean isNewerThan(List<Path> sources) throws IOException {
    Path mark = folder.resolve(MARK);
    if (!Files.exists(mark)) return false;
    FileTime made = Files.getLastModifiedTime(mark);
    for (Path source : sources) {
      if (!Files.exists(source)) continue;
      // A folder is younger when a file was added to it or taken away.
      try (Stream<Path> all = Files.walk(source)) {
        for (Path each : (Iterable<Path>) all::iterator) {
          if (Files.getLastModifiedTime(each).compareTo(made) >= 0) return false;
        }
      }
    }
    return true;
  }

  /**
   * Puts a book here.
   *
   * @param begun when its sources were read: what changed since then is not in it
   */
  void put(Map<String, byte[]> files, FileTime begun) throws IOException {
    Path fresh = beside("new");
    Path old = beside("old");
    delete(fresh);
    delete(old);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = fresh.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.setLastModifiedTime(Files.writeString(fresh.resolve(MARK), ""), begun);
    if (Files.exists(folder)) Files.move(folder, old);
    Files.move(fresh, folder);
    delete(old);
  }

  /** A folder beside the book, for what belongs to it and is not to be read. */
  Path beside(String what) {
    return folder.resolveSibling("." + folder.getFileName() + "." + what);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }
}
