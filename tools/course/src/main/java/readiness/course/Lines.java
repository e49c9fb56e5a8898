package readiness.course;

import java.util.List;

/** From characters to lines and back, and what is common to the indentation of lines. */
final class Lines {
  private final int[] starts;

  /** Lines that a single character ends. */
  Lines(List<String> lines) {
    starts = new int[lines.size() + 1];
    for (int i = 0; i < lines.size(); i++) {
      starts[i + 1] = starts[i] + lines.get(i).length() + 1;
    }
  }

  /** The first character of a line; of the line after the last one, the end. */
  int start(int line) {
    return starts[line - 1];
  }

  /** The line of a character, from 1. */
  int line(int character) {
    int line = 1;
    while (line < starts.length && starts[line] <= character) {
      line++;
    }
    return line;
  }

  static String indent(String line) {
    return line.substring(0, line.length() - line.stripLeading().length());
  }

  /** The lines without the indentation that all of them share, each ended by a line feed. */
  static String dedented(List<String> lines) {
    int common = common(lines);
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line.isBlank() ? "" : line.substring(common).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** How many characters of white space every line that is not blank begins with. */
  static int common(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .mapToInt(line -> indent(line).length())
        .min()
        .orElse(0);
  }
}
