package readiness.serialization;

import java.util.UUID;

/**
 * Reads Thrift's compact protocol; {@link CompactWriter} shows it.
 *
 * <p>What a message says of itself is believed as far as its bytes go: sizes are held against what
 * is left of it before anybody makes room for them.
 */
public final class CompactReader implements ThriftReader {
  /** Which bits of a message's second byte are the version. */
  private static final int VERSION_MASK = 0x1f;

  /** How long the varint of a number of 32 bits may get, in bytes. */
  private static final int MAX_VARINT32 = 5;

  private final ByteReader in;

  /** In how many structs we are. */
  private int depth;

  /** The number of the field that was begun last, in this struct; 0 before the first. */
  private short fieldId;

  /** The same for the structs around this one, the outermost first. */
  private final short[] outerIds = new short[MAX_DEPTH];

  /** Whether the field that was begun last is a bool, whose value was in its header. */
  private boolean boolField;

  /** That value. */
  private boolean bool;

  /** Of the list or set that was begun last its elements' type, of the map its values'. */
  private ThriftType elementType = ThriftType.STOP;

  private ThriftType keyType = ThriftType.STOP;

  /** A reader of what is left in {@code in}. */
  public CompactReader(ByteReader in) {
    this.in = in;
  }

  @Override
  public ThriftMessage readMessageBegin() {
    // tag::thrift-compact[]
    depth = 0;
    fieldId = 0;
    boolField = false;
    int protocol = in.readByte() & 0xff;
    if (protocol != CompactWriter.PROTOCOL) {
      throw new MalformedException("no message of this protocol", in.position() - 1);
    }
    int second = in.readByte() & 0xff;
    if ((second & VERSION_MASK) != CompactWriter.VERSION) {
      throw new MalformedException("a message of another version", in.position() - 1);
    }
    int seqid = readVarint32();
    return new ThriftMessage(readString(), (byte) (second >> CompactWriter.TYPE_SHIFT), seqid);
    // end::thrift-compact[]
  }

  @Override
  public void readStructBegin() {
    // tag::thrift-compact[]
    if (depth == MAX_DEPTH) {
      throw in.malformed("nested more than %d deep".formatted(MAX_DEPTH));
    }
    outerIds[depth++] = fieldId;
    fieldId = 0;
    // end::thrift-compact[]
  }

  @Override
  public ThriftType readFieldBegin() {
    // tag::thrift-compact[]
    int header = in.readByte() & 0xff;
    ThriftType type = type(header);
    if (type == ThriftType.STOP) {
      return type;
    }
    int delta = header >> 4;
    fieldId = delta == 0 ? readI16() : (short) (fieldId + delta);
    boolField = type == ThriftType.BOOL;
    bool = (header & 0x0f) == ThriftType.BOOL.compact;
    return type;
    // end::thrift-compact[]
  }

  @Override
  public int fieldId() {
    return fieldId;
  }

  @Override
  public void readStructEnd() {
    // tag::thrift-compact[]
    fieldId = outerIds[--depth];
    // end::thrift-compact[]
  }

  @Override
  public int readListBegin() {
    // tag::thrift-compact[]
    int header = in.readByte() & 0xff;
    elementType = type(header);
    int size = header >> 4;
    return checked(size > CompactWriter.SHORT_LIST ? readVarint32() : size, 1);
    // end::thrift-compact[]
  }

  @Override
  public ThriftType elementType() {
    return elementType;
  }

  /** Begins a map. One without pairs says nothing about types: both are then STOP. */
  @Override
  public int readMapBegin() {
    // tag::thrift-compact[]
    int size = readVarint32();
    int types = size == 0 ? 0 : in.readByte() & 0xff;
    keyType = type(types >> 4);
    elementType = type(types);
    return checked(size, 2);
    // end::thrift-compact[]
  }

  @Override
  public ThriftType keyType() {
    return keyType;
  }

  @Override
  public ThriftType valueType() {
    return elementType;
  }

  /** Reads a bool: of a field out of its header, and an element as a byte. */
  @Override
  public boolean readBool() {
    // tag::thrift-compact[]
    if (boolField) {
      boolField = false;
      return bool;
    }
    return in.readByte() == ThriftType.BOOL.compact;
    // end::thrift-compact[]
  }

  @Override
  public byte readByte() {
    return in.readByte();
  }

  @Override
  public short readI16() {
    // tag::thrift-compact[]
    return (short) readI32();
    // end::thrift-compact[]
  }

  @Override
  public int readI32() {
    // tag::thrift-compact[]
    return Varint.decodeZigZag32(readVarint32());
    // end::thrift-compact[]
  }

  @Override
  public long readI64() {
    // tag::thrift-compact[]
    return Varint.decodeZigZag(Varint.read(in));
    // end::thrift-compact[]
  }

  @Override
  public double readDouble() {
    // tag::thrift-compact[]
    return Double.longBitsToDouble(in.readLongLittleEndian());
    // end::thrift-compact[]
  }

  @Override
  public String readString() {
    // tag::thrift-compact[]
    return in.readUtf8(readVarint32());
    // end::thrift-compact[]
  }

  @Override
  public byte[] readBinary() {
    // tag::thrift-compact[]
    return in.readBytes(readVarint32());
    // end::thrift-compact[]
  }

  @Override
  public void skipBinary() {
    // tag::thrift-compact[]
    in.skip(readVarint32());
    // end::thrift-compact[]
  }

  @Override
  public UUID readUuid() {
    return new UUID(in.readLongBigEndian(), in.readLongBigEndian());
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public MalformedException malformed(String reason) {
    return in.malformed(reason);
  }

  // tag::thrift-compact[]
  private ThriftType type(int nibble) {
    ThriftType type = ThriftType.ofCompact(nibble);
    if (type == null) {
      throw new MalformedException("no type of Thrift's", in.position() - 1);
    }
    return type;
  }

  /** A number of 32 bits, unsigned, in 1 to 5 bytes. */
  private int readVarint32() {
    int from = in.position();
    long value = Varint.read(in);
    if (in.position() - from > MAX_VARINT32) {
      throw new MalformedException("a varint of more than 5 bytes", from);
    }
    return (int) value;
  }

  /** The size of something whose elements take at least {@code least} bytes each. */
  private int checked(int size, int least) {
    if (size < 0 || size > in.remaining() / least) {
      throw in.malformed(
          "%,d elements are to follow, and %,d bytes are left"
              .formatted(Integer.toUnsignedLong(size), in.remaining()));
    }
    return size;
  }
  // end::thrift-compact[]
}
