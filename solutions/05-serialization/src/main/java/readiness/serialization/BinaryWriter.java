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
    // tag::thrift-binary[]
    depth = 0;
    out.writeIntBigEndian(VERSION | message.type() & 0xff);
    writeString(message.name());
    out.writeIntBigEndian(message.seqid());
    // end::thrift-binary[]
  }

  @Override
  public void writeStructBegin() {
    // tag::thrift-binary[]
    if (depth == ThriftReader.MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than %d deep".formatted(depth));
    }
    depth++;
    // end::thrift-binary[]
  }

  @Override
  public void writeFieldBegin(ThriftType type, int id) {
    // tag::thrift-binary[]
    out.writeByte(type.binary);
    out.writeShortBigEndian((short) id);
    // end::thrift-binary[]
  }

  @Override
  public void writeStructEnd() {
    // tag::thrift-binary[]
    depth--;
    out.writeByte(ThriftType.STOP.binary);
    // end::thrift-binary[]
  }

  @Override
  public void writeListBegin(ThriftType element, int size) {
    // tag::thrift-binary[]
    out.writeByte(element.binary);
    out.writeIntBigEndian(size);
    // end::thrift-binary[]
  }

  @Override
  public void writeMapBegin(ThriftType key, ThriftType value, int size) {
    // tag::thrift-binary[]
    out.writeByte(key.binary);
    out.writeByte(value.binary);
    out.writeIntBigEndian(size);
    // end::thrift-binary[]
  }

  @Override
  public void writeBool(boolean value) {
    // tag::thrift-binary[]
    out.writeByte(value ? 1 : 0);
    // end::thrift-binary[]
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
    // tag::thrift-binary[]
    out.writeIntBigEndian(value);
    // end::thrift-binary[]
  }

  @Override
  public void writeI64(long value) {
    out.writeLongBigEndian(value);
  }

  @Override
  public void writeDouble(double value) {
    // tag::thrift-binary[]
    out.writeLongBigEndian(Double.doubleToLongBits(value));
    // end::thrift-binary[]
  }

  @Override
  public void writeString(String value) {
    // tag::thrift-binary[]
    writeBinary(Utf8.encode(value));
    // end::thrift-binary[]
  }

  @Override
  public void writeBinary(byte[] value) {
    // tag::thrift-binary[]
    out.writeIntBigEndian(value.length);
    out.writeBytes(value);
    // end::thrift-binary[]
  }

  @Override
  public void writeUuid(UUID value) {
    out.writeLongBigEndian(value.getMostSignificantBits());
    out.writeLongBigEndian(value.getLeastSignificantBits());
  }
}
