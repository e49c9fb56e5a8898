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
    depth = 0;
    int from = in.position();
    int first = in.readIntBigEndian();
    if (first >= 0) {
      return new ThriftMessage(in.readUtf8(first), in.readByte(), in.readIntBigEndian());
    }
    if ((first & VERSION_MASK) != BinaryWriter.VERSION) {
      throw new MalformedException("version %08x of a message".formatted(first), from);
    }
    return new ThriftMessage(readString(), (byte) first, in.readIntBigEndian());
  }

  @Override
  public void readStructBegin() {
    if (depth == MAX_DEPTH) {
      throw in.malformed("nested more than %d deep".formatted(MAX_DEPTH));
    }
    depth++;
  }

  @Override
  public ThriftType readFieldBegin() {
    ThriftType type = readType();
    if (type != ThriftType.STOP) {
      fieldId = in.readShortBigEndian();
    }
    return type;
  }

  @Override
  public int fieldId() {
    return fieldId;
  }

  @Override
  public void readStructEnd() {
    depth--;
  }

  @Override
  public int readListBegin() {
    elementType = readType();
    return readSize(1);
  }

  @Override
  public ThriftType elementType() {
    return elementType;
  }

  @Override
  public int readMapBegin() {
    keyType = readType();
    elementType = readType();
    return readSize(2);
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
    return in.readByte() == 1;
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
    return in.readIntBigEndian();
  }

  @Override
  public long readI64() {
    return in.readLongBigEndian();
  }

  @Override
  public double readDouble() {
    return Double.longBitsToDouble(in.readLongBigEndian());
  }

  @Override
  public String readString() {
    return in.readUtf8(in.readIntBigEndian());
  }

  @Override
  public byte[] readBinary() {
    return in.readBytes(in.readIntBigEndian());
  }

  @Override
  public void skipBinary() {
    in.skip(in.readIntBigEndian());
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

  private ThriftType readType() {
    ThriftType type = ThriftType.ofBinary(in.readByte());
    if (type == null) {
      throw new MalformedException("no type of Thrift's", in.position() - 1);
    }
    return type;
  }

  /** How many elements follow, each of which takes at least {@code least} bytes. */
  private int readSize(int least) {
    int from = in.position();
    int size = in.readIntBigEndian();
    if (size < 0 || size > in.remaining() / least) {
      throw new MalformedException(
          "%,d elements are to follow, and %,d bytes are left"
              .formatted(Integer.toUnsignedLong(size), in.remaining()),
          from);
    }
    return size;
  }
}
