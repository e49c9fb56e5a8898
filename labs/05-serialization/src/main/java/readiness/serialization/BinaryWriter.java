package readiness.serialization;

import java.util.UUID;
import readiness.kernel.NotYet;

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
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeStructBegin() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeFieldBegin(ThriftType type, int id) {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeStructEnd() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeListBegin(ThriftType element, int size) {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeMapBegin(ThriftType key, ThriftType value, int size) {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeBool(boolean value) {
    throw new NotYet("thrift-binary");
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
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeI64(long value) {
    out.writeLongBigEndian(value);
  }

  @Override
  public void writeDouble(double value) {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeString(String value) {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeBinary(byte[] value) {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void writeUuid(UUID value) {
    out.writeLongBigEndian(value.getMostSignificantBits());
    out.writeLongBigEndian(value.getLeastSignificantBits());
  }
}
