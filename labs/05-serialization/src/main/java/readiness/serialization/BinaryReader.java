package readiness.serialization;

import java.util.UUID;
import readiness.kernel.NotYet;

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
    throw new NotYet("thrift-binary");
  }

  @Override
  public void readStructBegin() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public ThriftType readFieldBegin() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public int fieldId() {
    return fieldId;
  }

  @Override
  public void readStructEnd() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public int readListBegin() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public ThriftType elementType() {
    return elementType;
  }

  @Override
  public int readMapBegin() {
    throw new NotYet("thrift-binary");
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
    throw new NotYet("thrift-binary");
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
    throw new NotYet("thrift-binary");
  }

  @Override
  public long readI64() {
    return in.readLongBigEndian();
  }

  @Override
  public double readDouble() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public String readString() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public byte[] readBinary() {
    throw new NotYet("thrift-binary");
  }

  @Override
  public void skipBinary() {
    throw new NotYet("thrift-binary");
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
}
