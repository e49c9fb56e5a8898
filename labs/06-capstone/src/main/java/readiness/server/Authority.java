package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * A host and perhaps a port, {@code example.com:8080} or {@code [::1]:80}: what the field Host
 * holds, and what stands in a target behind {@code http://} (RFC 3986, sections 3.2.2 and 3.2.3).
 * Two readers that take different hosts out of it serve one client's page to another, so this is
 * read to the letter. There is no user name in it (RFC 9110, section 4.2.4), and the address of the
 * future, {@code [v1.x]}, is none yet.
 */
final class Authority {
  private Authority() {}

  /**
   * Reads {@code memory[from, to)}, all of it.
   *
   * @return offset behind the host: {@code to}, or that of the colon before the port; {@code from}
   *     if the host is empty, as it may be in Host; -1 if this is no host and port
   */
  static long hostEnd(MemorySegment memory, long from, long to) {
    boolean isLiteral = from < to && memory.get(JAVA_BYTE, from) == '[';
    long end = isLiteral ? literal(memory, from, to) : name(memory, from, to);
    return end < 0 || isPort(memory, end, to) ? end : -1;
  }

  /** Whether {@code [from, to)} is empty, or a colon and any number of digits. */
  private static boolean isPort(MemorySegment memory, long from, long to) {
    if (from < to && memory.get(JAVA_BYTE, from) != ':') {
      return false;
    }
    for (long i = from + 1; i < to; i++) {
      if (!Grammar.isDigit(memory.get(JAVA_BYTE, i))) {
        return false;
      }
    }
    return true;
  }

  /** Offset behind the name that begins at {@code from} and goes on to a colon or the end. */
  private static long name(MemorySegment memory, long from, long to) {
    long i = from;
    while (i < to) {
      byte b = memory.get(JAVA_BYTE, i);
      if (b == ':') {
        break;
      }
      if (b == '%' ? !isEncoded(memory, i, to) : !Grammar.isHostName(b)) {
        return -1;
      }
      i += b == '%' ? 3 : 1;
    }
    return i;
  }

  /** Whether two hexadecimal digits follow the percent sign at {@code percent}. */
  private static boolean isEncoded(MemorySegment memory, long percent, long to) {
    return to - percent > 2
        && Grammar.hex(memory.get(JAVA_BYTE, percent + 1)) >= 0
        && Grammar.hex(memory.get(JAVA_BYTE, percent + 2)) >= 0;
  }

  /** Offset behind the bracket that closes the IPv6 address at {@code from}. */
  private static long literal(MemorySegment memory, long from, long to) {
    long end = from + 1;
    while (end < to && memory.get(JAVA_BYTE, end) != ']') {
      end++;
    }
    return end < to && isIpv6(memory, from + 1, end) ? end + 1 : -1;
  }

  /**
   * Whether this is an IPv6 address: eight groups of one to four digits, colons between them. Two
   * colons stand for the groups that are missing, once; an IPv4 address may stand for the last two.
   */
  private static boolean isIpv6(MemorySegment memory, long from, long to) {
    int groups = 0;
    boolean hasGap = isGap(memory, from, to);
    long i = hasGap ? from + 2 : from;
    while (i < to) {
      long end = groupEnd(memory, i, to);
      if (end < to && memory.get(JAVA_BYTE, end) == '.') {
        end = isIpv4(memory, i, to) ? to : i;
        groups++;
      }
      if (end == i) {
        return false;
      }
      groups++;
      i = end;
      if (i < to) {
        boolean gap = isGap(memory, i, to);
        if (gap ? hasGap : memory.get(JAVA_BYTE, i) != ':' || i + 1 == to) {
          return false;
        }
        hasGap |= gap;
        i += gap ? 2 : 1;
      }
    }
    return hasGap ? groups < 8 : groups == 8;
  }

  private static boolean isGap(MemorySegment memory, long at, long to) {
    return to - at >= 2 && memory.get(JAVA_BYTE, at) == ':' && memory.get(JAVA_BYTE, at + 1) == ':';
  }

  /** Offset behind the hexadecimal digits at {@code from}, of which a group has four at most. */
  private static long groupEnd(MemorySegment memory, long from, long to) {
    long i = from;
    while (i < to && i - from < 4 && Grammar.hex(memory.get(JAVA_BYTE, i)) >= 0) {
      i++;
    }
    return i;
  }

  /**
   * Whether this is four numbers from 0 to 255, dots between them, no zero before another digit.
   */
  private static boolean isIpv4(MemorySegment memory, long from, long to) {
    long i = from;
    for (int number = 0; number < 4; number++) {
      if (number > 0 && (i == to || memory.get(JAVA_BYTE, i++) != '.')) {
        return false;
      }
      long start = i;
      int value = 0;
      while (i < to && i - start < 3 && Grammar.isDigit(memory.get(JAVA_BYTE, i))) {
        value = 10 * value + memory.get(JAVA_BYTE, i++) - '0';
      }
      boolean zero = i > start + 1 && memory.get(JAVA_BYTE, start) == '0';
      if (i == start || value > 255 || zero) {
        return false;
      }
    }
    return i == to;
  }
}
