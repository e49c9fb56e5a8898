package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes as they travel: written down as text of Latin-1, shown so that every one can be seen. */
final class Wire {
  private Wire() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bytes in memory that the kernel could have written. */
  static MemorySegment memory(String text) {
    byte[] bytes = bytes(text);
    MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, 0, bytes.length);
    return memory.asSlice(0, bytes.length);
  }

  /** One line for each line of text, long ones shortened. */
  static List<String> show(String text) {
    return show(text, -1);
  }

  /** As above, with a mark under the byte at {@code caret}; none if that is negative. */
  static List<String> show(String text, int caret) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(shorten(escape(text.substring(start, end))));
      if (caret >= start && caret < end) {
        lines.add(" ".repeat(shorten(escape(text.substring(start, caret))).length()) + "▲");
      }
      start = end;
    }
    if (caret >= text.length()) {
      lines.add("▲ the end");
    }
    return lines;
  }

  /** What cannot be seen, written as in Java. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\r' -> escaped.append("\\r");
        case '\n' -> escaped.append("\\n");
        case '\t' -> escaped.append("\\t");
        default -> {
          if (c < ' ' || c >= 0x7f) {
            escaped.append("\\x%02x".formatted((int) c));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }

  private static String shorten(String line) {
    return line.length() <= 96
        ? line
        : line.substring(0, 40) + " … " + line.substring(line.length() - 40);
  }
}
