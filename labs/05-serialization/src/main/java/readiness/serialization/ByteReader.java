package readiness.serialization;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A message that is being read: its bytes in scratch memory of ours, how far they are read, and
 * where what is read at present ends.
 *
 * <p>{@link #open} copies the message out of whatever memory it lies in, all at once. That looks
 * like a copy too many and is the opposite: the compiler knows a {@code byte[]} and makes one load
 * of each access, while an access to a {@link MemorySegment} depends on the kinds of segments that
 * the program has met so far, and gets slower with each.
 *
 * <p>Nothing is read past {@link #limit}, and whatever is wrong with the bytes is a {@link
 * MalformedException} with its position in the message. To be used again for the next message;
 * belongs to one thread at a time.
 */
public final class ByteReader {
  /** How long a message may be unless {@link #ByteReader(int)} says otherwise: 64 MiB. */
  public static final int MAX_LENGTH = 64 << 20;

  /** Scratch memory beyond this is let go with the message that needed it. */
  private static final int KEPT = 64 << 10;

  /** Zeros behind the message, so that a word of eight bytes may be loaded at its last byte. */
  static final int SLACK = 8;

  private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

  private final int maximum;

  /** The message from byte 0 on, and at least {@link #SLACK} bytes more. */
  byte[] bytes = new byte[256];

  /** The next byte to be read, from the beginning of the message; at most {@link #limit}. */
  int position;

  /** Where what is being read ends: the message, or a part of it that says its length. */
  int limit;

  /** A reader of messages of up to {@link #MAX_LENGTH} bytes. */
  public ByteReader() {
    this(MAX_LENGTH);
  }

  /**
   * A reader that takes no longer messages than this.
   *
   * @param maximum in bytes, up to 1 GiB
   */
  public ByteReader(int maximum) {
    if (maximum < 0 || maximum > 1 << 30) {
      throw new IllegalArgumentException("maximum " + maximum + ": 0 to 1 GiB");
    }
    this.maximum = maximum;
  }

  private static VarHandle view(Class<?> words, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(words, order);
  }

  /**
   * Eight bytes at once, the first in the lowest bits.
   *
   * @param at of the first of them
   * @throws IndexOutOfBoundsException if {@code bytes} has less than eight from there
   */
  static long word(byte[] bytes, int at) {
    return (long) LONG_LE.get(bytes, at);
  }

  /**
   * Begins with a message. Its bytes are copied, so the memory is the caller's again as soon as
   * this returns.
   *
   * @param source memory of any kind, native or a Java array's, read-only or not
   * @param offset where the message begins in it, in bytes
   * @param length of the message in bytes
   * @return this
   * @throws MalformedException if it is longer than this reader takes
   * @throws IndexOutOfBoundsException if the range is not within {@code source}
   */
  public ByteReader open(MemorySegment source, long offset, long length) {
    if (length > maximum) {
      throw new MalformedException(
          "a message of %,d bytes, where %,d are the most".formatted(length, maximum), 0);
    }
    int end = (int) length;
    if (bytes.length < end + SLACK || bytes.length > KEPT && end < KEPT) {
      bytes = new byte[Math.max(256, end + SLACK)];
    }
    MemorySegment.copy(source, JAVA_BYTE, offset, bytes, 0, end);
    Arrays.fill(bytes, end, end + SLACK, (byte) 0);
    position = 0;
    limit = end;
    return this;
  }

  /** Begins with a message that fills a segment. */
  public ByteReader open(MemorySegment source) {
    return open(source, 0, source.byteSize());
  }

  /** The next byte to be read, counted from the beginning of the message. */
  public int position() {
    return position;
  }

  /** How many bytes of what is being read are left. */
  public int remaining() {
    return limit - position;
  }

  /** The next byte. */
  public byte readByte() {
    require(1);
    return bytes[position++];
  }

  /** The next two bytes as one number, the highest first. */
  public short readShortBigEndian() {
    return (short) SHORT_BE.get(bytes, take(2));
  }

  /** The next four bytes as one number, the highest first. */
  public int readIntBigEndian() {
    return (int) INT_BE.get(bytes, take(4));
  }

  /** The next eight bytes as one number, the highest first. */
  public long readLongBigEndian() {
    return (long) LONG_BE.get(bytes, take(8));
  }

  /** The next four bytes as one number, the lowest first. */
  public int readIntLittleEndian() {
    return (int) INT_LE.get(bytes, take(4));
  }

  /** The next eight bytes as one number, the lowest first. */
  public long readLongLittleEndian() {
    return (long) LONG_LE.get(bytes, take(8));
  }

  /**
   * The next bytes as text.
   *
   * @param length in bytes
   * @throws MalformedException if they are not UTF-8 (RFC 3629), with the position of the first
   *     that is not
   */
  public String readUtf8(int length) {
    int from = take(length);
    return Utf8.decode(bytes, from, length);
  }

  /**
   * A copy of the next bytes.
   *
   * @param length in bytes
   */
  public byte[] readBytes(int length) {
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  /** Passes the next bytes by. */
  public void skip(int length) {
    take(length);
  }

  /**
   * Fails unless so many bytes are left. Whoever makes room for what a message announces asks this
   * first: what is not there needs no room.
   *
   * @param length in bytes; what is below 0 is more than 2³¹ and never there
   */
  public void require(int length) {
    if (length < 0 || length > limit - position) {
      throw new MalformedException(
          "%,d bytes are to follow, and %,d are left"
              .formatted(Integer.toUnsignedLong(length), limit - position),
          position);
    }
  }

  /** The failure of these bytes, to be thrown, at the next byte. */
  public MalformedException malformed(String reason) {
    return new MalformedException(reason, position);
  }

  private int take(int length) {
    require(length);
    int from = position;
    position += length;
    return from;
  }
}
