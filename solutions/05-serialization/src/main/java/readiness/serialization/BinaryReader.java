package readiness.serialization;

import java.util.UUID;

/**
 * Reads Thrift's binary protocol; {@link BinaryWriter} shows it.
 *
 * <p>What a message says of itself is believed as far as its bytes go: sizes are held against what
 * is left of it before anybody makes room for them.
 */
public final class BinaryReader implements ThriftReader {
  /** Which bits of a message's first word are the version. */
  private static final int VERSION_MASK = 0xffff_0000;

  private final ByteReader in;

  /** In how many structs we are. */
  private int depth;

  private int fieldId;

  /** Of the list or set that was begun last its elements' type, of the map its values'. */
  private ThriftType elementType = ThriftType.STOP;

  private ThriftType keyType = ThriftType.STOP;

  /** A reader of what is left in {@code in}. */
  public BinaryReader(ByteReader in) {
    this.in = in;
  }

  /**
   * Begins a message. A first word below 0 is the strict header; one from 0 on is the length of a
   * name, with which messages began before there were versions. Both are read.
   */
  @Override
  public ThriftMessage readMessageBegin() {
    // tag::thrift-binary[]
    depth = 0;
    int from = in.position();
    int first = in.readIntBigEndian();
    if (first >= 0) {
      return new ThriftMessage(in.readUtf8(first), in.readByte(), in.readIntBigEndian());
    }
    if ((first & VERSION_MASK) != BinaryWriter.VERSION) {
      throw new MalformedException("a message of another version", from);
    }
    return new ThriftMessage(readString(), (byte) first, in.readIntBigEndian());
    // end::thrift-binary[]
  }

  @Override
  public void readStructBegin() {
    // tag::thrift-binary[]
    if (depth == MAX_DEPTH) {
      throw in.malformed("nested more than %d deep".formatted(MAX_DEPTH));
    }
    depth++;
    // end::thrift-binary[]
  }

  @Override
  public ThriftType readFieldBegin() {
    // tag::thrift-binary[]
    ThriftType type = readType();
    if (type != ThriftType.STOP) {
      fieldId = in.readShortBigEndian();
    }
    return type;
    // end::thrift-binary[]
  }

  @Override
  public int fieldId() {
    return fieldId;
  }

  @Override
  public void readStructEnd() {
    // tag::thrift-binary[]
    depth--;
    // end::thrift-binary[]
  }

  @Override
  public int readListBegin() {
    // tag::thrift-binary[]
    elementType = readType();
    return readSize(1);
    // end::thrift-binary[]
  }

  @Override
  public ThriftType elementType() {
    return elementType;
  }

  @Override
  public int readMapBegin() {
    // tag::thrift-binary[]
    keyType = readType();
    elementType = readType();
    return readSize(2);
    // end::thrift-binary[]
  }

  @Override
  public ThriftType keyType() {
    return keyType;
  }

  @Override
  public ThriftType valueType() {
    return elementType;
  }

  @Override
  public boolean readBool() {
    // tag::thrift-binary[]
    return in.readByte() == 1;
    // end::thrift-binary[]
  }

  @Override
  public byte readByte() {
    return in.readByte();
  }

  @Override
  public short readI16() {
    return in.readShortBigEndian();
  }

  @Override
  public int readI32() {
    // tag::thrift-binary[]
    return in.readIntBigEndian();
    // end::thrift-binary[]
  }

  @Override
  public long readI64() {
    return in.readLongBigEndian();
  }

  @Override
  public double readDouble() {
    // tag::thrift-binary[]
    return Double.longBitsToDouble(in.readLongBigEndian());
    // end::thrift-binary[]
  }

  @Override
  public String readString() {
    // tag::thrift-binary[]
    return in.readUtf8(in.readIntBigEndian());
    // end::thrift-binary[]
  }

  @Override
  public byte[] readBinary() {
    // tag::thrift-binary[]
    return in.readBytes(in.readIntBigEndian());
    // end::thrift-binary[]
  }

  @Override
  public void skipBinary() {
    // tag::thrift-binary[]
    in.skip(in.readIntBigEndian());
    // end::thrift-binary[]
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

  // tag::thrift-binary[]
  private ThriftType readType() {
    ThriftType type = ThriftType.ofBinary(in.readByte());
    if (type == null) {
      throw new MalformedException("no type of Thrift's", in.position() - 1);
    }
    return type;
  }

  /** How many elements follow, each of which takes at least {@code least} bytes. */
  private int readSize(int least) {
    int size = in.readIntBigEndian();
    if (size < 0 || size > in.remaining() / least) {
      throw in.malformed(
          "%,d elements are to follow, and %,d bytes are left"
              .formatted(Integer.toUnsignedLong(size), in.remaining()));
    }
    return size;
  }
  // end::thrift-binary[]
}
