package readiness.bench.epoll;

import java.util.Arrays;
import java.util.Random;

/**
 * Bytes to send and to recognize: each client's begin at a place of its own in a long random text,
 * so that a byte that is lost, repeated, or another client's shows at once.
 */
final class Pattern {
  /** A prime, so that it fits no buffer's size. */
  private static final int LENGTH = 1_048_573;

  /** The text twice, so that a piece that begins anywhere in the first lies in one piece. */
  private static final byte[] TEXT = text();

  private final int start;

  Pattern(long client) {
    start = (int) Math.floorMod(client * 104_729, LENGTH);
  }

  private static byte[] text() {
    byte[] once = new byte[LENGTH];
    new Random(11).nextBytes(once);
    byte[] twice = Arrays.copyOf(once, 2 * LENGTH);
    System.arraycopy(once, 0, twice, LENGTH, LENGTH);
    return twice;
  }

  private int place(long offset) {
    return (int) ((start + offset) % LENGTH);
  }

  /** Puts the bytes from {@code offset} on into {@code piece[0, length)}. */
  void fill(byte[] piece, long offset, int length) {
    System.arraycopy(TEXT, place(offset), piece, 0, length);
  }

  /**
   * The first byte of {@code piece[0, length)} that is not what stands at {@code offset}.
   *
   * @return its index, or -1 if all are right
   */
  int mismatch(byte[] piece, long offset, int length) {
    int place = place(offset);
    return Arrays.mismatch(piece, 0, length, TEXT, place, place + length);
  }
}
