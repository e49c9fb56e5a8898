package readiness.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A hint: a question to think about, then what to make of it.
 *
 * @param text AsciiDoc, without blank lines at either end
 * @param line where the question stands in the file
 */
public record Hint(String question, String text, int line) {
  private static final String HEADING = "== ";

  /**
   * Reads a step's hints, in order.
   *
   * @throws Malformed if the file is missing, if text stands before the first heading, or if a hint
   *     has no text
   */
  public static List<Hint> read(Path file) {
    List<String> lines = lines(file);
    List<Hint> hints = new ArrayList<>();
    int line = 0;
    while (line < lines.size()) {
      String heading = lines.get(line);
      if (heading.isBlank() || heading.startsWith("//")) {
        line++;
        continue;
      }
      if (!heading.startsWith(HEADING)) {
        throw new Malformed(file, line + 1, "text before the first '== ' heading of a hint");
      }
      int end = line + 1;
      while (end < lines.size() && !lines.get(end).startsWith(HEADING)) {
        end++;
      }
      String text = String.join("\n", lines.subList(line + 1, end)).strip();
      if (text.isEmpty()) {
        throw new Malformed(file, line + 1, "a hint without text");
      }
      hints.add(new Hint(heading.substring(HEADING.length()).strip(), text, line + 1));
      line = end;
    }
    return hints;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readString(file).lines().toList();
    } catch (NoSuchFileException e) {
      throw new Malformed(file, 0, "is missing");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
