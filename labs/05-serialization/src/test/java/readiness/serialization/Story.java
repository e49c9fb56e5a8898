package readiness.serialization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import readiness.kernel.Finding;

/** What a test has done so far, line by line, for the case that something comes out otherwise. */
final class Story {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  /** More bytes than this are told by their ends. */
  private static final int MANY = 48;

  private final List<String> lines = new ArrayList<>();

  /** Something was done. */
  Story then(String line, Object... values) {
    lines.add(values.length == 0 ? line : line.formatted(values));
    return this;
  }

  /** Fails unless {@code holds}. */
  void expect(boolean holds, String expected, String observed) {
    if (!holds) {
      throw finding(expected, observed);
    }
  }

  /**
   * Holds bytes against those of somebody who is known to be right.
   *
   * @param whose they are and why they are right, after the bytes: {@code which is what
   *     protobuf-java writes}
   */
  void expectBytes(byte[] wanted, byte[] actual, String whose) {
    int at = Arrays.mismatch(wanted, actual);
    if (at >= 0) {
      throw finding(
          "%s: %s".formatted(around(wanted, at), whose),
          "%s: byte %d is the first that differs".formatted(around(actual, at), at));
    }
  }

  /**
   * Holds what is thrown against where these bytes go wrong.
   *
   * @param position where the {@link MalformedException} should say that it is
   */
  void expectMalformed(int position, String why, Runnable reading) {
    try {
      reading.run();
    } catch (MalformedException e) {
      expect(
          e.position() == position,
          "a MalformedException at byte %d: %s".formatted(position, why),
          "one at byte %d that says \"%s\"".formatted(e.position(), e.getMessage()));
      return;
    } catch (IndexOutOfBoundsException
        | NegativeArraySizeException
        | StackOverflowError
        | OutOfMemoryError e) {
      throw finding("a MalformedException at byte %d: %s".formatted(position, why), e);
    }
    throw finding(
        "a MalformedException at byte %d: %s".formatted(position, why), "nothing is thrown");
  }

  /** The failure of this story, to be thrown. */
  Finding finding(String expected, String observed) {
    return new Finding(lines, expected, observed);
  }

  /** The failure of this story by something that was thrown instead. */
  Finding finding(String expected, Throwable thrown) {
    return new Finding(lines, expected, thrown.toString(), thrown);
  }

  /** Bytes as people write them: {@code ac 02}; of many, those at the ends. */
  static String hex(byte[] bytes) {
    if (bytes.length == 0) {
      return "no bytes";
    }
    if (bytes.length <= MANY) {
      return HEX.formatHex(bytes);
    }
    return "%s … %s (%,d bytes)"
        .formatted(
            HEX.formatHex(bytes, 0, MANY / 2),
            HEX.formatHex(bytes, bytes.length - MANY / 4, bytes.length),
            bytes.length);
  }

  /** The bytes round a place, all of them if they are few. */
  static String around(byte[] bytes, int at) {
    if (bytes.length <= MANY) {
      return hex(bytes);
    }
    int from = Math.clamp(at - MANY / 4, 0, bytes.length);
    int to = Math.min(bytes.length, from + MANY / 2);
    return "%s%s%s (bytes %d to %d of %,d)"
        .formatted(
            from > 0 ? "… " : "",
            HEX.formatHex(bytes, from, to),
            to < bytes.length ? " …" : "",
            from,
            to - 1,
            bytes.length);
  }
}
