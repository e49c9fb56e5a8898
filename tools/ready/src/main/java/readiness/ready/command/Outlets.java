package readiness.ready.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.WholeFile;

/**
 * Where the result of an experiment goes: to {@code .ready/experiments}, where it is remembered,
 * and to the files that were asked for.
 *
 * @param reports the JSON files, the one that was asked for last
 * @param charts the SVG files, likewise
 */
record Outlets(List<Path> reports, List<Path> charts) {

  /**
   * The files, of which none is touched yet.
   *
   * @throws NotRight if one of them cannot be written: better now than after the measurement
   */
  static Outlets of(Desk desk, String id, @Nullable Path json, @Nullable Path svg) {
    return new Outlets(files(desk, id + ".json", json), files(desk, id + ".svg", svg));
  }

  private static List<Path> files(Desk desk, String name, @Nullable Path asked) {
    List<Path> files = new ArrayList<>();
    files.add(desk.folder().resolve("experiments").resolve(name));
    if (asked != null) {
      files.add(asked);
    }
    files.forEach(Outlets::requireWritable);
    return files;
  }

  private static void requireWritable(Path file) {
    if (Files.isDirectory(file)) {
      throw notWritten(file, "it is a folder");
    }
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.isWritable(folder)) {
        throw notWritten(file, "its folder is not yours to write");
      }
    } catch (IOException e) {
      throw notWritten(file, "its folder cannot be made");
    }
  }

  private static NotRight notWritten(Path file, String reason) {
    return new NotRight(
        "cannot write %s: %s.".formatted(file, reason), "Name a file in a folder of yours.");
  }

  /** Writes them, each whole or not at all. */
  void write(String json, String svg) {
    reports.forEach(file -> write(file, json));
    charts.forEach(file -> write(file, svg));
  }

  private static void write(Path file, String text) {
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw notWritten(file, String.valueOf(e.getMessage()));
    }
  }
}
