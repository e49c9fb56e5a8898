package readiness.serialization;

import java.util.UUID;
import readiness.kernel.NotYet;

/**
 * Thrift's compact protocol: numbers as ZigZag varints, and headers of mostly one byte
 * (thrift-compact-protocol.md).
 *
 * <pre>
 *   1 8     03   41 64 61   00
 *   │ │     │    │          no more fields
 *   │ │     │    "Ada"
 *   │ │     3 bytes
 *   │ a string
 *   1 more than the field before, and before the first is 0
 * </pre>
 */
public final class CompactWriter implements ThriftWriter {
  /** The first byte of a message. */
  static final int PROTOCOL = 0x82;

  /** In the lower five bits of a message's second byte. */
  static final int VERSION = 1;

  /** In the upper three bits of a message's second byte stands its type. */
  static final int TYPE_SHIFT = 5;

  /** The longest list whose size has room in the four bits beside its elements' type. */
  static final int SHORT_LIST = 14;

  /** The furthest field whose distance has room in the four bits beside its type. */
  private static final int MAX_DELTA = 15;

  private final ByteWriter out;

  /** In how many structs we are. */
  private int depth;

  /** The number of the field before, in this struct; 0 before the first. */
  private int lastId;

  /** The same for the structs around this one, the outermost first. */
  private final short[] outerIds = new short[ThriftReader.MAX_DEPTH];

  /** Whether a field of type bool was announced, whose header waits for its value. */
  private boolean boolField;

  /** The number of that field. */
  private int boolId;

  /** A writer that appends to {@code out}. */
  public CompactWriter(ByteWriter out) {
    this.out = out;
  }

  /** Begins a message: protocol, type and version, sequence id, name. */
  @Override
  public void writeMessageBegin(ThriftMessage message) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeStructBegin() {
    throw new NotYet("thrift-compact");
  }

  /** Announces a field. The header of a bool waits for its value, since it will hold it. */
  @Override
  public void writeFieldBegin(ThriftType type, int id) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeStructEnd() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeListBegin(ThriftType element, int size) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeMapBegin(ThriftType key, ThriftType value, int size) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeBool(boolean value) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeByte(byte value) {
    out.writeByte(value);
  }

  @Override
  public void writeI16(short value) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeI32(int value) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeI64(long value) {
    throw new NotYet("thrift-compact");
  }

  /** Appends a {@code double}, unlike the binary protocol the lowest byte first. */
  @Override
  public void writeDouble(double value) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeString(String value) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeBinary(byte[] value) {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void writeUuid(UUID value) {
    out.writeLongBigEndian(value.getMostSignificantBits());
    out.writeLongBigEndian(value.getLeastSignificantBits());
  }
}
