package readiness.serialization;

/**
 * Bytes that are not JSON, or not what was to be read. People write JSON by hand, so it tells the
 * place by line and column too.
 */
public final class MalformedJsonException extends MalformedException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  private MalformedJsonException(String reason, int position, int line, int column) {
    super(reason, position, "line %d, column %d".formatted(line, column));
    this.line = line;
    this.column = column;
  }

  /**
   * Of a place in bytes. To count lines takes time in proportion to what is before it, and is done
   * here, once, so that who reads good messages never counts any.
   *
   * @param bytes a message
   * @param start where the JSON text begins in it
   * @param position the first byte that is wrong
   */
  static MalformedJsonException at(byte[] bytes, int start, int position, String reason) {
    int line = 1;
    int column = 1;
    for (int i = start; i < position; i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if (!continuesCharacter(bytes[i])) {
        column++;
      }
    }
    return new MalformedJsonException(reason, position, line, column);
  }

  /** Of a character of several bytes in UTF-8, all but the first begin with the bits 10. */
  private static boolean continuesCharacter(byte each) {
    return (each & 0xc0) == 0x80;
  }

  /** The line, from 1; one ends with a line feed, so also with a carriage return before it. */
  public int line() {
    return line;
  }

  /** The column, from 1, in characters (code points); a tab is one. */
  public int column() {
    return column;
  }
}
