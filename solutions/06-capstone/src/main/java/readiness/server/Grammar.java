package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * The alphabet of HTTP: which bytes may stand where, and comparisons of bytes in memory with names
 * that the server knows.
 */
final class Grammar {
  /** {@code tchar} of RFC 9110, section 5.6.2: what methods and field names are made of. */
  private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");

  /** {@code unreserved} and {@code sub-delims} of RFC 3986, section 2: what names of hosts have. */
  private static final boolean[] HOST_NAME = table("-._~!$&'()*+,;=");

  private Grammar() {}

  /** A table of the letters, the digits and {@code others}. */
  private static boolean[] table(String others) {
    boolean[] table = new boolean[256];
    for (char c = 0; c < table.length; c++) {
      table[c] =
          (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || others.indexOf(c) >= 0;
    }
    return table;
  }

  /** Whether {@code b} may stand in a method or a field name. */
  static boolean isToken(byte b) {
    return TOKEN[b & 0xff];
  }

  /** Whether {@code b} may stand in a request target: visible ASCII. */
  static boolean isTarget(byte b) {
    return b > ' ' && b < 0x7f;
  }

  /**
   * Whether {@code b} may stand in a field value (RFC 9110, section 5.5): visible ASCII, space, tab
   * and, because old software sends them, the bytes from 0x80 up.
   */
  static boolean isValue(byte b) {
    return (b >= ' ' && b != 0x7f) || b == '\t' || b < 0;
  }

  /** Whether {@code b} may stand in the name of a host, as it is. */
  static boolean isHostName(byte b) {
    return HOST_NAME[b & 0xff];
  }

  /** Space or tab: optional whitespace, OWS of RFC 9110, section 5.6.3. */
  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** The value of a hexadecimal digit, -1 if {@code b} is none. */
  static int hex(byte b) {
    return b < 0 ? -1 : Character.digit(b, 16);
  }

  /** Whether {@code memory[from, to)} holds exactly {@code expected}. */
  static boolean same(MemorySegment memory, long from, long to, byte[] expected) {
    if (to - from != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (memory.get(JAVA_BYTE, from + i) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #same}, without regard to the case of letters; {@code expected} is lower case. */
  static boolean sameIgnoringCase(MemorySegment memory, long from, long to, byte[] expected) {
    if (to - from != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (lower(memory.get(JAVA_BYTE, from + i)) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }
}
