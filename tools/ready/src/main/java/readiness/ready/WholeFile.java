package readiness.ready;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are never seen half written: beside the old one first, then in its place. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes a file, and its folders where they are missing. */
  public static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    // Not a temporary file of the JDK's: those are for their owner alone, and a starter is not.
    Path beside =
        folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    try {
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
