package readiness.serialization;

import java.util.UUID;

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
    // tag::thrift-compact[]
    depth = 0;
    lastId = 0;
    boolField = false;
    out.writeByte(PROTOCOL);
    out.writeByte(message.type() << TYPE_SHIFT | VERSION);
    Varint.writeUnsigned32(out, message.seqid());
    writeString(message.name());
    // end::thrift-compact[]
  }

  @Override
  public void writeStructBegin() {
    // tag::thrift-compact[]
    if (depth == ThriftReader.MAX_DEPTH) {
      throw new IllegalArgumentException("nested more than %d deep".formatted(depth));
    }
    outerIds[depth++] = (short) lastId;
    lastId = 0;
    // end::thrift-compact[]
  }

  /** Announces a field. The header of a bool waits for its value, since it will hold it. */
  @Override
  public void writeFieldBegin(ThriftType type, int id) {
    // tag::thrift-compact[]
    if (type == ThriftType.BOOL) {
      boolField = true;
      boolId = id;
    } else {
      writeHeader(type.compact, id);
    }
    // end::thrift-compact[]
  }

  @Override
  public void writeStructEnd() {
    // tag::thrift-compact[]
    lastId = outerIds[--depth];
    out.writeByte(ThriftType.STOP.compact);
    // end::thrift-compact[]
  }

  @Override
  public void writeListBegin(ThriftType element, int size) {
    // tag::thrift-compact[]
    if (size <= SHORT_LIST) {
      out.writeByte(size << 4 | element.compact);
    } else {
      out.writeByte(0xf0 | element.compact);
      Varint.writeUnsigned32(out, size);
    }
    // end::thrift-compact[]
  }

  @Override
  public void writeMapBegin(ThriftType key, ThriftType value, int size) {
    // tag::thrift-compact[]
    Varint.writeUnsigned32(out, size);
    if (size > 0) {
      out.writeByte(key.compact << 4 | value.compact);
    }
    // end::thrift-compact[]
  }

  @Override
  public void writeBool(boolean value) {
    // tag::thrift-compact[]
    int said = value ? ThriftType.BOOL.compact : ThriftType.COMPACT_FALSE;
    if (boolField) {
      boolField = false;
      writeHeader(said, boolId);
    } else {
      out.writeByte(said);
    }
    // end::thrift-compact[]
  }

  @Override
  public void writeByte(byte value) {
    out.writeByte(value);
  }

  @Override
  public void writeI16(short value) {
    // tag::thrift-compact[]
    writeI32(value);
    // end::thrift-compact[]
  }

  @Override
  public void writeI32(int value) {
    // tag::thrift-compact[]
    Varint.writeUnsigned32(out, Varint.encodeZigZag32(value));
    // end::thrift-compact[]
  }

  @Override
  public void writeI64(long value) {
    // tag::thrift-compact[]
    Varint.write(out, Varint.encodeZigZag(value));
    // end::thrift-compact[]
  }

  /** Appends a {@code double}, unlike the binary protocol the lowest byte first. */
  @Override
  public void writeDouble(double value) {
    // tag::thrift-compact[]
    out.writeLongLittleEndian(Double.doubleToLongBits(value));
    // end::thrift-compact[]
  }

  @Override
  public void writeString(String value) {
    // tag::thrift-compact[]
    writeBinary(Utf8.encode(value));
    // end::thrift-compact[]
  }

  @Override
  public void writeBinary(byte[] value) {
    // tag::thrift-compact[]
    Varint.writeUnsigned32(out, value.length);
    out.writeBytes(value);
    // end::thrift-compact[]
  }

  @Override
  public void writeUuid(UUID value) {
    out.writeLongBigEndian(value.getMostSignificantBits());
    out.writeLongBigEndian(value.getLeastSignificantBits());
  }

  // tag::thrift-compact[]
  /** A field's header: the distance to the field before if that is 1 to 15, or its number. */
  private void writeHeader(int type, int id) {
    int delta = id - lastId;
    if (delta > 0 && delta <= MAX_DELTA) {
      out.writeByte(delta << 4 | type);
    } else {
      out.writeByte(type);
      writeI32(id);
    }
    lastId = id;
  }
  // end::thrift-compact[]
}
