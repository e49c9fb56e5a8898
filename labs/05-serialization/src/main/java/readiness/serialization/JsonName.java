package readiness.serialization;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * A name that a program knows and writes and looks for again and again, such as that of a field: as
 * bytes, quoted once and for all. Such names are printable ASCII without quotation mark and
 * backslash, so there is nothing to escape in them.
 */
public final class JsonName {
  private final String text;

  /** {@code "name":}, as it is written. */
  final byte[] quoted;

  private final int length;

  /** Its first eight bytes, zeros if it has fewer: names are short, and this is most of them. */
  private final long first;

  /** Of these eight bytes, the bits that belong to it. */
  private final long mask;

  /**
   * @param text printable ASCII without quotation mark and backslash, which is not looked at again
   * @throws IllegalArgumentException if it is something else
   */
  public JsonName(String text) {
    if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
      throw new IllegalArgumentException("\"" + text + "\" is more than plain ASCII");
    }
    this.text = text;
    this.length = text.length();
    this.quoted = ("\"" + text + "\":").getBytes(US_ASCII);
    byte[] word = Arrays.copyOf(text.getBytes(US_ASCII), Math.max(length, Long.BYTES));
    this.first = ByteReader.word(word, 0);
    this.mask = length >= Long.BYTES ? -1 : (1L << Byte.SIZE * length) - 1;
  }

  /** The name itself. */
  public String text() {
    return text;
  }

  /**
   * Whether these bytes are it.
   *
   * @param bytes with seven more behind them, whatever these are
   */
  boolean matches(byte[] bytes, int from, int count) {
    return count == length
        && (ByteReader.word(bytes, from) & mask) == first
        && (length <= Long.BYTES
            || Arrays.equals(bytes, from, from + count, quoted, 1, 1 + length));
  }

  /** {@code "name"}, as it stands in a message. */
  @Override
  public String toString() {
    return "\"" + text + "\"";
  }
}
