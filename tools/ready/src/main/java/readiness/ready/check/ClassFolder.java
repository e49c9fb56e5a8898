package readiness.ready.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Compiled classes in a folder for a class path, as long as they are needed. */
final class ClassFolder implements AutoCloseable {
  private final Path path;

  /** Ctrl-C ends the JVM without closing anything. */
  private final Thread atExit = new Thread(this::deleteIfPossible, "delete-classes");

  private ClassFolder(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

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

  /** The folder. */
  Path path() {
    return path;
  }

  /** Deletes the folder. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook deletes it.
      return;
    }
    delete();
  }

  private void deleteIfPossible() {
    try {
      delete();
    } catch (UncheckedIOException e) {
      // Somebody is still writing into it.
    }
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }
}
