package readiness.serialization;

import java.util.UUID;

/**
 * Thrift's binary protocol, the older and plainer one: numbers as they lie in memory, the highest
 * byte first, and a header of three bytes for each field (thrift-binary-protocol.md).
 *
 * <pre>
 *   0b 00 01   00 00 00 03   41 64 61   00
 *   │  │       │             │          no more fields
 *   │  │       3 bytes       "Ada"
 *   │  field 1
 *   a string
 * </pre>
 */
public final class BinaryWriter implements ThriftWriter {
  /** In the upper half of a message's first word: this is the strict header, version 1. */
  static final int VERSION = 0x8001_0000;

  private final ByteWriter out;

  /** In how many structs we are. */
  private int depth;

  /** A writer that appends to {@code out}. */
  public BinaryWriter(ByteWriter out) {
    this.out = out;
  }

  /** Begins a message with the strict header: version and type, name, sequence id. */
  @Override
  public void writeMessageBegin(ThriftMessage message) {
    depth = 0;
    out.writeIntBigEndian(VERSION | message.type() & 0xff);
    writeString(message.name());
    out.writeIntBigEndian(message.seqid());
  }

  @Override
  public void writeStructBegin() {
    if (depth == ThriftReader.MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than %d deep".formatted(depth));
    }
    depth++;
  }

  @Override
  public void writeFieldBegin(ThriftType type, int id) {
    out.writeByte(type.binary);
    out.writeShortBigEndian((short) id);
  }

  @Override
  public void writeStructEnd() {
    depth--;
    out.writeByte(ThriftType.STOP.binary);
  }

  @Override
  public void writeListBegin(ThriftType element, int size) {
    out.writeByte(element.binary);
    out.writeIntBigEndian(size);
  }

  @Override
  public void writeMapBegin(ThriftType key, ThriftType value, int size) {
    out.writeByte(key.binary);
    out.writeByte(value.binary);
    out.writeIntBigEndian(size);
  }

  @Override
  public void writeBool(boolean value) {
    out.writeByte(value ? 1 : 0);
  }

  @Override
  public void writeByte(byte value) {
    out.writeByte(value);
  }

  @Override
  public void writeI16(short value) {
    out.writeShortBigEndian(value);
  }

  @Override
  public void writeI32(int value) {
    out.writeIntBigEndian(value);
  }

  @Override
  public void writeI64(long value) {
    out.writeLongBigEndian(value);
  }

  @Override
  public void writeDouble(double value) {
    out.writeLongBigEndian(Double.doubleToRawLongBits(value));
  }

  @Override
  public void writeString(String value) {
    writeBinary(Utf8.encode(value));
  }

  @Override
  public void writeBinary(byte[] value) {
    out.writeIntBigEndian(value.length);
    out.writeBytes(value);
  }

  @Override
  public void writeUuid(UUID value) {
    out.writeLongBigEndian(value.getMostSignificantBits());
    out.writeLongBigEndian(value.getLeastSignificantBits());
  }
}
