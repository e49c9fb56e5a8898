package readiness.serialization;

import java.util.UUID;
import readiness.kernel.NotYet;

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
    throw new NotYet("thrift-compact");
  }

  @Override
  public void readStructBegin() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public ThriftType readFieldBegin() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public int fieldId() {
    return fieldId;
  }

  @Override
  public void readStructEnd() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public int readListBegin() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public ThriftType elementType() {
    return elementType;
  }

  /** Begins a map. One without pairs says nothing about types: both are then STOP. */
  @Override
  public int readMapBegin() {
    throw new NotYet("thrift-compact");
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
    throw new NotYet("thrift-compact");
  }

  @Override
  public byte readByte() {
    return in.readByte();
  }

  @Override
  public short readI16() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public int readI32() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public long readI64() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public double readDouble() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public String readString() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public byte[] readBinary() {
    throw new NotYet("thrift-compact");
  }

  @Override
  public void skipBinary() {
    throw new NotYet("thrift-compact");
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
