package readiness.ready.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compiled classes in a folder for a class path, as long as they are needed.
 *
 * @param path the folder
 */
record ClassFolder(Path path) implements AutoCloseable {

  /**
   * Writes classes into a new folder.
   *
   * @param classes by binary name
   */
  static ClassFolder of(Map<String, byte[]> classes) throws IOException {
    ClassFolder folder = new ClassFolder(Files.createTempDirectory("readiness-classes-"));
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      Path file = folder.path.resolve(each.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    return folder;
  }

  /** Deletes the folder. */
  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(path)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
