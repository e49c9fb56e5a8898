package readiness.ready.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One Java source, in memory, so that a changed one can be checked without being written anywhere.
 *
 * @param name where it stands under its source root, with slashes: {@code
 *     readiness/epoll/Connection.java}
 * @param file what messages call it; it need not exist
 * @param text its content
 */
public record SourceText(String name, Path file, String text) {

  /** Every Java source under {@code root} in order of name; none if there is no such folder. */
  public static List<SourceText> under(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> sources =
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      Stream.Builder<SourceText> texts = Stream.builder();
      for (Path file : sources) {
        texts.add(new SourceText(name(root, file), file, Files.readString(file)));
      }
      return texts.build().toList();
    }
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }
}
