package readiness.serialization;

/**
 * Numbers in as many bytes as they need: seven bits to a byte, the lowest first, and the eighth bit
 * of a byte says that another one follows.
 *
 * <pre>
 *   300 = 10 0101100      1 0101100   0 0000010
 *                         ▲           ▲
 *                         more        the last
 * </pre>
 *
 * <p>The bits are taken as unsigned, so −1, which is 64 ones, takes ten bytes. Where small negative
 * numbers are common, ZigZag comes first: it numbers 0, −1, 1, −2, 2, … as 0, 1, 2, 3, 4, …
 *
 * <p>Protobuf and Thrift's compact protocol share both (protobuf.dev, Encoding, "Base 128 Varints"
 * and "Signed Integers").
 */
public final class Varint {
  /** How long the varint of a number of 64 bits can get, in bytes. */
  public static final int MAX_LENGTH = 10;

  private Varint() {}

  /**
   * Appends a number of 64 bits, in 1 to 10 bytes: no more than it needs.
   *
   * @param value taken as unsigned
   */
  public static void write(ByteWriter out, long value) {
    // tag::varint[]
    out.ensure(MAX_LENGTH);
    byte[] bytes = out.bytes;
    int at = out.length;
    while ((value & ~0x7fL) != 0) {
      bytes[at++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[at++] = (byte) value;
    out.length = at;
    // end::varint[]
  }

  /**
   * Appends a number of 32 bits, in 1 to 5 bytes.
   *
   * @param value taken as unsigned: a negative one is more than 2³¹, and takes 5
   */
  public static void writeUnsigned32(ByteWriter out, int value) {
    // tag::varint[]
    write(out, Integer.toUnsignedLong(value));
    // end::varint[]
  }

  /**
   * Appends a number of 32 bits as Protobuf's {@code int32} wants it: as if it had 64. A negative
   * one takes 10 bytes, so that whoever has made an {@code int64} of the field since reads the same
   * number.
   */
  public static void writeSigned32(ByteWriter out, int value) {
    // tag::varint[]
    write(out, (long) value);
    // end::varint[]
  }

  /**
   * Reads a number of 64 bits. A longer form than the number needs is as good; of a tenth byte, the
   * bits beyond 64 are passed over.
   *
   * @throws MalformedException if the bytes end before it does, or its tenth byte says that another
   *     one follows; then nothing is read
   */
  public static long read(ByteReader in) {
    // tag::varint[]
    byte[] bytes = in.bytes;
    int at = in.position;
    long value = 0;
    for (int shift = 0; shift < 7 * MAX_LENGTH; shift += 7) {
      if (at == in.limit) {
        throw new MalformedException("a varint is cut short", at);
      }
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        in.position = at;
        return value;
      }
    }
    throw in.malformed("a varint of more than 10 bytes");
    // end::varint[]
  }

  /**
   * Reads a number of 32 bits, signed or unsigned: the lower 32 of what {@link #read} would read,
   * however many bytes that takes. Protobuf asks for it: a field may have been an {@code int64}
   * where it was written.
   *
   * @throws MalformedException as {@link #read}
   */
  public static int read32(ByteReader in) {
    // tag::varint[]
    return (int) read(in);
    // end::varint[]
  }

  /** How many bytes {@link #write} makes of a number, 1 to 10. */
  public static int length(long value) {
    // tag::varint[]
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
    // end::varint[]
  }

  /** The ZigZag number of a signed one: {@code 2n} for n ≥ 0, {@code −2n − 1} for n &lt; 0. */
  public static long encodeZigZag(long value) {
    // tag::varint[]
    return value << 1 ^ value >> 63;
    // end::varint[]
  }

  /** The same for 32 bits; what comes out has 32, and {@link #writeUnsigned32} writes it. */
  public static int encodeZigZag32(int value) {
    // tag::varint[]
    return value << 1 ^ value >> 31;
    // end::varint[]
  }

  /** The signed number of a ZigZag one. */
  public static long decodeZigZag(long value) {
    // tag::varint[]
    return value >>> 1 ^ -(value & 1);
    // end::varint[]
  }

  /** The same for 32 bits. */
  public static int decodeZigZag32(int value) {
    // tag::varint[]
    return value >>> 1 ^ -(value & 1);
    // end::varint[]
  }
}
