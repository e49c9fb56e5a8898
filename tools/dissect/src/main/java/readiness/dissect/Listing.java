package readiness.dissect;

import java.util.HexFormat;
import java.util.function.Consumer;
import readiness.dissect.Part.Kind;

/**
 * Parts of a message in lines: the offset, the bytes, what they are.
 *
 * <pre>
 *   0000  0a                       field 1, length-delimited
 *   0001  05                       5 bytes
 *   0002  41 6c 69 63 65           "Alice"
 * </pre>
 */
public final class Listing implements Consumer<Part> {
  private static final int BYTES_IN_A_LINE = 8;

  /** Of more lines than this, all but the last one are printed, and how many bytes are not. */
  private static final int MOST_LINES = 8;

  /** What is deeper says its level in a number: indented, it would be out of sight. */
  private static final int MOST_INDENTED = 24;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int WIDTH = 3 * BYTES_IN_A_LINE - 1;

  private final byte[] bytes;
  private final Consumer<String> lines;

  /**
   * @param bytes the message
   * @param lines takes them one by one
   */
  public Listing(byte[] bytes, Consumer<String> lines) {
    this.bytes = bytes;
    this.lines = lines;
  }

  /** An offset as it stands before its bytes, in a message of this length. */
  static String hex(int offset, int length) {
    return HexFormat.of().toHexDigits(offset, digits(length));
  }

  private static int digits(int length) {
    return Math.max(4, Integer.toHexString(length).length());
  }

  @Override
  public void accept(Part part) {
    int shown = Math.min(part.end(), part.offset() + shown(part));
    int end = Math.min(shown, part.offset() + BYTES_IN_A_LINE);
    line(part.offset(), end, said(part));
    for (int at = end; at < shown; at = end) {
      end = Math.min(shown, at + BYTES_IN_A_LINE);
      line(at, end, "");
    }
    if (shown < part.end() && part.kind() != Kind.SPACE) {
      lines.accept(
          " ".repeat(digits(bytes.length) + 2)
              + "… and "
              + (part.end() - shown)
              + " bytes that are not shown");
    }
  }

  /** How many bytes of a part are printed. */
  private static int shown(Part part) {
    if (part.kind() == Kind.WRONG || part.kind() == Kind.SPACE) {
      return BYTES_IN_A_LINE;
    }
    return part.length() <= MOST_LINES * BYTES_IN_A_LINE
        ? part.length()
        : (MOST_LINES - 1) * BYTES_IN_A_LINE;
  }

  private static String said(Part part) {
    return part.level() <= MOST_INDENTED
        ? "  ".repeat(part.level()) + part.text()
        : "  ".repeat(MOST_INDENTED) + "(level " + part.level() + ") " + part.text();
  }

  private void line(int from, int to, String text) {
    String hex = HEX.formatHex(bytes, from, to);
    StringBuilder line = new StringBuilder(hex(from, bytes.length));
    line.append("  ").append(hex);
    if (!text.isEmpty()) {
      line.append(" ".repeat(WIDTH - hex.length() + 2)).append(text);
    }
    lines.accept(line.toString());
  }
}
