package readiness.ready.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When the Java files of some folders were last written, and how long they were.
 *
 * <p>Watching is looking again: two dozen files cost less than a thousandth of a second, and it
 * works where notifications do not arrive (mounted folders of containers, WSL2, networks).
 *
 * @param files by path
 */
record Snapshot(Map<Path, Stamp> files) {
  /** What changes when a file is written. */
  record Stamp(FileTime time, long size) {}

  static Snapshot of(List<Path> folders) throws IOException {
    Map<Path, Stamp> files = new HashMap<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, visitor(files));
      }
    }
    return new Snapshot(files);
  }

  private static SimpleFileVisitor<Path> visitor(Map<Path, Stamp> files) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (file.toString().endsWith(".java")) {
          files.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size()));
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        // An editor replaces files by others: one that has just gone is the next look's matter.
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
