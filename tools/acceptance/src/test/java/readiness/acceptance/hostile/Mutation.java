package readiness.acceptance.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A way to damage a request. */
enum Mutation {
  FLIP {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] flipped = bytes.clone();
      for (int i = random.nextInt(1, 9); i > 0 && flipped.length > 0; i--) {
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return flipped;
    }
  },

  INSERT {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      return inserted(bytes, place(bytes, random), noise(random, random.nextInt(1, 16)));
    }
  },

  DELETE {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      int from = place(bytes, random);
      int to = from + random.nextInt(Math.min(32, bytes.length - from) + 1);
      return joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }
  },

  DUPLICATE {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      int from = place(bytes, random);
      int to = from + random.nextInt(bytes.length - from + 1);
      return inserted(bytes, to, Arrays.copyOfRange(bytes, from, to));
    }
  },

  CUT {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      return Arrays.copyOf(bytes, place(bytes, random));
    }
  },

  /** The beginning of one and the end of another. */
  SPLICE {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] other = Mutant.vector(random);
      return joined(
          Arrays.copyOf(bytes, place(bytes, random)),
          Arrays.copyOfRange(other, place(other, random), other.length));
    }
  },

  PIPELINE {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      byte[] all = bytes;
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        all = joined(all, Mutant.vector(random));
      }
      return all;
    }
  },

  /** Ten to ten thousand times the same line. */
  REPEAT_LINE {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      int to = lineEnd(bytes, place(bytes, random));
      int from = lineStart(bytes, to);
      int times = (int) Math.pow(10, 1 + random.nextInt(4) * random.nextDouble());
      int most = MOST / Math.max(1, to - from);
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int i = Math.min(times, most); i > 0; i--) {
        lines.write(bytes, from, to - from);
      }
      return inserted(bytes, to, lines.toByteArray());
    }
  },

  /** A number that no counter holds, in the place of one. */
  HUGE_NUMBER {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      int from = place(bytes, random);
      while (from < bytes.length && !isDigit(bytes[from])) {
        from++;
      }
      int to = from;
      while (to < bytes.length && isDigit(bytes[to])) {
        to++;
      }
      String number = NUMBERS[random.nextInt(NUMBERS.length)];
      return inserted(
          joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length)),
          from,
          number.getBytes(StandardCharsets.US_ASCII));
    }
  },

  /** Another end of a line in the place of one, or of all. */
  LINE_ENDS {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      String end = ENDS[random.nextInt(ENDS.length)];
      int at = text.indexOf("\r\n", place(bytes, random));
      String changed =
          at < 0 || random.nextInt(4) == 0
              ? text.replace("\r\n", end)
              : text.substring(0, at) + end + text.substring(at + 2);
      return changed.getBytes(StandardCharsets.ISO_8859_1);
    }
  },

  BINARY {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      return inserted(
          bytes, place(bytes, random), noise(random, (int) Math.pow(8192, random.nextDouble())));
    }
  },

  /**
   * So long that it, or what is left of it when it is cut behind a line, ends where a buffer may
   * end, or a byte beside that.
   */
  FILL {
    @Override
    byte[] apply(byte[] bytes, RandomGenerator random) {
      int length = random.nextBoolean() ? bytes.length : lineEnd(bytes, place(bytes, random));
      int beside = random.nextInt(3) == 0 ? random.nextInt(-2, 3) : 0;
      int size = SIZES[random.nextInt(SIZES.length)];
      byte[] kept = Arrays.copyOf(bytes, length);
      return filled(kept, place(kept, random), size + beside);
    }
  };

  /** Where buffers and limits may end, in bytes. */
  static final int[] SIZES = {1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16};

  /** No request becomes larger by being repeated. */
  private static final int MOST = 256 * 1024;

  private static final String[] NUMBERS = {
    "0",
    "-1",
    "2147483647",
    "2147483648",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999",
    "00000000001",
    "1e9",
    "0x10",
    "+5",
    "7fffffffffffffff",
    "ffffffffffffffff",
    "10000000000000000"
  };

  private static final String[] ENDS = {
    "\n", "\r", "\n\r", "\r\r\n", "\r\n\r\n", "", "\r\n ", "\0"
  };

  /** The damaged bytes. */
  abstract byte[] apply(byte[] bytes, RandomGenerator random);

  /**
   * The bytes, with as much in the first target, name or value from {@code from} on that they are
   * {@code size} together.
   */
  static byte[] filled(byte[] bytes, int from, int size) {
    int at = Math.min(from, bytes.length);
    while (at < bytes.length && !Character.isLetter(bytes[at]) && bytes[at] != '/') {
      at++;
    }
    byte[] filling = new byte[Math.max(0, size - bytes.length)];
    Arrays.fill(filling, (byte) 'a');
    return inserted(bytes, Math.min(at + 1, bytes.length), filling);
  }

  private static int place(byte[] bytes, RandomGenerator random) {
    return random.nextInt(bytes.length + 1);
  }

  private static byte[] noise(RandomGenerator random, int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Behind the first LF from {@code at} on. */
  private static int lineEnd(byte[] bytes, int at) {
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, bytes.length);
  }

  /** Behind the last LF before the one that ends the line. */
  private static int lineStart(byte[] bytes, int end) {
    int start = Math.max(0, end - 1);
    while (start > 0 && bytes[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] more) {
    return joined(
        joined(Arrays.copyOf(bytes, at), more), Arrays.copyOfRange(bytes, at, bytes.length));
  }
}
