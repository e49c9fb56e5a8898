package readiness.serialization;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A message that is being written, in scratch memory of ours which grows as it must; {@link
 * #copyTo} puts it where it is wanted, all at once. {@link ByteReader} says why.
 *
 * <p>To be used again for the next message, after {@link #clear}; belongs to one thread at a time.
 */
public final class ByteWriter {
  /** Scratch memory beyond this is let go with the message that needed it. */
  private static final int KEPT = 64 << 10;

  private static final int MAX_LENGTH = 1 << 30;

  private static final VarHandle INT_LE = view(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG_LE = view(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT_BE = view(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT_BE = view(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG_BE = view(long[].class, ByteOrder.BIG_ENDIAN);

  /** What is written, from byte 0 to {@link #length}, and room for more. */
  byte[] bytes = new byte[256];

  /** How many bytes are written. */
  int length;

  private static VarHandle view(Class<?> words, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(words, order);
  }

  /** Begins anew with nothing written. Returns this. */
  public ByteWriter clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[KEPT];
    }
    return this;
  }

  /** How many bytes are written. */
  public int length() {
    return length;
  }

  /**
   * Copies what is written.
   *
   * @param target memory of any kind
   * @param offset where in it, in bytes; {@link #length} bytes from there are overwritten
   * @return how many bytes that was
   * @throws IndexOutOfBoundsException if they do not fit, and nothing was copied
   */
  public int copyTo(MemorySegment target, long offset) {
    MemorySegment.copy(bytes, 0, target, JAVA_BYTE, offset, length);
    return length;
  }

  /** A copy of what is written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends one byte, the lowest of {@code value}. */
  public void writeByte(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  /** Appends two bytes, the highest first. */
  public void writeShortBigEndian(short value) {
    ensure(2);
    SHORT_BE.set(bytes, length, value);
    length += 2;
  }

  /** Appends four bytes, the highest first. */
  public void writeIntBigEndian(int value) {
    ensure(4);
    INT_BE.set(bytes, length, value);
    length += 4;
  }

  /** Appends eight bytes, the highest first. */
  public void writeLongBigEndian(long value) {
    ensure(8);
    LONG_BE.set(bytes, length, value);
    length += 8;
  }

  /** Appends four bytes, the lowest first. */
  public void writeIntLittleEndian(int value) {
    ensure(4);
    INT_LE.set(bytes, length, value);
    length += 4;
  }

  /** Appends eight bytes, the lowest first. */
  public void writeLongLittleEndian(long value) {
    ensure(8);
    LONG_LE.set(bytes, length, value);
    length += 8;
  }

  /** Appends all of these. */
  public void writeBytes(byte[] more) {
    writeBytes(more, 0, more.length);
  }

  /**
   * Appends some of these.
   *
   * @throws IndexOutOfBoundsException if the range is not within {@code source}
   */
  public void writeBytes(byte[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /**
   * Makes room for so many bytes more, so that {@link #bytes} may be written without looking.
   *
   * @throws IllegalStateException if the message would be longer than 1 GiB
   */
  void ensure(int more) {
    if (more > bytes.length - length) {
      grow(more);
    }
  }

  private void grow(int more) {
    long needed = (long) length + more;
    if (needed > MAX_LENGTH) {
      throw new IllegalStateException(
          "a message of %,d bytes, where 1 GiB is the most".formatted(needed));
    }
    // Doubled, so that each byte is copied once in the mean, however long the message gets.
    bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, MAX_LENGTH)));
  }
}
