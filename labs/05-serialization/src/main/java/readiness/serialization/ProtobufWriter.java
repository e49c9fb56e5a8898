package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * Writes the fields of a Protobuf message, each a tag and a value (protobuf.dev, Encoding). {@link
 * WireType} draws the tag.
 *
 * <p>What is asked for is written, also a zero. Whether a field is to be written at all depends on
 * its schema, which the codec knows: without presence ({@code int32 id = 2}), not if it has its
 * default value; with it ({@code optional}, in a oneof, repeated, in a map), whenever there is one.
 *
 * <p>A value that says its length first is written between {@link #begin} and {@link #end}:
 *
 * <pre>
 *   int begin = out.begin(1);             a message in a message: its fields
 *   out.writeString(1, "Ada");
 *   out.end(begin);
 *
 *   int begin = out.begin(4);             packed numbers: values without a tag
 *   Varint.writeSigned32(bytes, 3);
 *   Varint.writeSigned32(bytes, 270);
 *   out.end(begin);
 * </pre>
 *
 * <p>Field numbers are 1 to {@link WireType#MAX_FIELD}; another is an {@link
 * IllegalArgumentException}, and nothing is written.
 */
public final class ProtobufWriter {
  private final ByteWriter out;

  /** Appends to this. */
  public ProtobufWriter(ByteWriter out) {
    this.out = out;
  }

  /**
   * Writes what stands before each value.
   *
   * @param type one of {@link WireType}'s
   */
  void writeTag(int field, int type) {
    throw new NotYet("protobuf-write");
  }

  /** Writes an {@code int32}: a varint, and a negative number as one of 64 bits. */
  public void writeInt32(int field, int value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes an {@code int64}: a varint. */
  public void writeInt64(int field, long value) {
    writeTag(field, WireType.VARINT);
    Varint.write(out, value);
  }

  /** Writes a {@code uint32}: a varint of the bits as they are, without a sign. */
  public void writeUInt32(int field, int value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes a {@code uint64}: a varint of the bits as they are, without a sign. */
  public void writeUInt64(int field, long value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes an {@code sint32}: the varint of its ZigZag number. */
  public void writeSInt32(int field, int value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes an {@code sint64}: the varint of its ZigZag number. */
  public void writeSInt64(int field, long value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes a {@code fixed32}: four bytes, the lowest first. */
  public void writeFixed32(int field, int value) {
    writeTag(field, WireType.I32);
    out.writeIntLittleEndian(value);
  }

  /** Writes a {@code fixed64}: eight bytes, the lowest first. */
  public void writeFixed64(int field, long value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes an {@code sfixed32}: the same bytes as {@link #writeFixed32}. */
  public void writeSFixed32(int field, int value) {
    writeFixed32(field, value);
  }

  /** Writes an {@code sfixed64}: the same bytes as {@link #writeFixed64}. */
  public void writeSFixed64(int field, long value) {
    writeFixed64(field, value);
  }

  /** Writes a {@code bool}: a varint, 0 or 1. */
  public void writeBool(int field, boolean value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes an enum, by its number: as {@link #writeInt32}. */
  public void writeEnum(int field, int number) {
    writeInt32(field, number);
  }

  /** Writes a {@code float}: its bits, all of a NaN's as well, in four bytes, the lowest first. */
  public void writeFloat(int field, float value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes a {@code double}: its bits, all of a NaN's as well, in eight, the lowest first. */
  public void writeDouble(int field, double value) {
    throw new NotYet("protobuf-write");
  }

  /**
   * Writes a {@code string}: how many bytes its UTF-8 takes, as a varint, and these bytes.
   *
   * @throws IllegalArgumentException if a surrogate stands alone in it
   */
  public void writeString(int field, String value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes {@code bytes}: how many, as a varint, and these. */
  public void writeBytes(int field, byte[] value) {
    throw new NotYet("protobuf-write");
  }

  /** Writes fields that a reader did not know, as they came. */
  public void writeUnknown(UnknownFields fields) {
    fields.writeTo(out);
  }

  /**
   * Begins a value that says its length first: a message, packed numbers, an entry of a map. What
   * is written from now on belongs to it, until {@link #end}. They may be nested.
   *
   * @return to be handed to {@link #end}
   */
  public int begin(int field) {
    throw new NotYet("protobuf-write");
  }

  /**
   * Ends it: its length goes before it, in a varint as short as it can be. If that takes more than
   * one byte, the value moves up to make room.
   *
   * @param begin what {@link #begin} returned
   */
  public void end(int begin) {
    throw new NotYet("protobuf-write");
  }

  /**
   * Whether this is the default of a field without presence, which is not written: 0.0. It is not
   * −0.0, which has a bit that is not 0, and would come back as 0.0.
   */
  public static boolean isDefault(double value) {
    throw new NotYet("protobuf-write");
  }
}
