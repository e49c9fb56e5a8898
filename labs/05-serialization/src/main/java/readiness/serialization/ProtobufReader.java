package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * Reads the fields of a Protobuf message in the order in which they come (protobuf.dev, Encoding).
 * A codec asks for the next tag, and by it for the value:
 *
 * <pre>
 *   for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
 *     switch (tag) {
 *       case 1 &lt;&lt; 3 | WireType.LEN -> name = in.readString();
 *       case 2 &lt;&lt; 3 | WireType.VARINT -> id = in.readInt32();
 *       default -> in.skip(tag);
 *     }
 *   }
 * </pre>
 *
 * <p>It compares whole tags, so a field whose type is not the expected one is as unknown as a field
 * whose number is not. Fields may come in any order, and more than once: of a scalar the last one
 * counts, a message is merged, what is repeated is appended, of a oneof the last member counts.
 *
 * <p>Everything that is wrong with the bytes is a {@link MalformedException}; after one the reader
 * is of no use. {@link ByteReader#open} is for the next message, and a reader of its own.
 */
public final class ProtobufReader {
  /** So deep messages and groups may be nested in the outermost one, as with protobuf-java. */
  public static final int MAX_DEPTH = 100;

  private final ByteReader in;

  /** How many messages and groups are entered and not left; at most {@link #MAX_DEPTH}. */
  private int depth;

  /** Where the last tag begins. */
  private int tagAt;

  /** Reads what is left of this. */
  public ProtobufReader(ByteReader in) {
    this.in = in;
  }

  /**
   * Reads what stands before the next value.
   *
   * @return field number and type, which {@link WireType} takes apart; 0 where the message ends
   * @throws MalformedException at the tag's first byte, if the field number is 0
   */
  public int readTag() {
    throw new NotYet("protobuf-read");
  }

  /** Whether what is being read, a message or packed numbers, goes on. */
  public boolean hasMore() {
    return in.position < in.limit;
  }

  /** Reads an {@code int32}: the lower 32 bits of a varint. */
  public int readInt32() {
    return Varint.read32(in);
  }

  /** Reads an {@code int64}. */
  public long readInt64() {
    return Varint.read(in);
  }

  /** Reads a {@code uint32}: the lower 32 bits of a varint, to be taken as unsigned. */
  public int readUInt32() {
    return Varint.read32(in);
  }

  /** Reads a {@code uint64}, to be taken as unsigned. */
  public long readUInt64() {
    return Varint.read(in);
  }

  /** Reads an {@code sint32}. */
  public int readSInt32() {
    return Varint.decodeZigZag32(Varint.read32(in));
  }

  /** Reads an {@code sint64}. */
  public long readSInt64() {
    return Varint.decodeZigZag(Varint.read(in));
  }

  /** Reads a {@code fixed32}. */
  public int readFixed32() {
    return in.readIntLittleEndian();
  }

  /** Reads a {@code fixed64}. */
  public long readFixed64() {
    return in.readLongLittleEndian();
  }

  /** Reads an {@code sfixed32}. */
  public int readSFixed32() {
    return in.readIntLittleEndian();
  }

  /** Reads an {@code sfixed64}. */
  public long readSFixed64() {
    return in.readLongLittleEndian();
  }

  /** Reads a {@code bool}: whether any of the 64 bits of a varint is 1. */
  public boolean readBool() {
    throw new NotYet("protobuf-read");
  }

  /** Reads an enum's number, which may be none that its schema names. */
  public int readEnum() {
    return Varint.read32(in);
  }

  /** Reads a {@code float}. */
  public float readFloat() {
    return Float.intBitsToFloat(in.readIntLittleEndian());
  }

  /** Reads a {@code double}. */
  public double readDouble() {
    return Double.longBitsToDouble(in.readLongLittleEndian());
  }

  /**
   * Reads a {@code string}.
   *
   * @throws MalformedException also if it is not UTF-8
   */
  public String readString() {
    throw new NotYet("protobuf-read");
  }

  /** Reads {@code bytes}. */
  public byte[] readBytes() {
    throw new NotYet("protobuf-read");
  }

  /**
   * Enters a message within this one, whose length comes next. Until {@link #leaveMessage} nothing
   * beyond its end is read: there {@link #readTag} returns 0.
   *
   * @return where what is around it ends, to be handed to {@link #leaveMessage}
   * @throws MalformedException if it is longer than what is around it, or nested too deep
   */
  public int enterMessage() {
    throw new NotYet("protobuf-read");
  }

  /**
   * Leaves a message.
   *
   * @param outer what {@link #enterMessage} returned
   * @throws IllegalStateException if it is not read to its end
   */
  public void leaveMessage(int outer) {
    throw new NotYet("protobuf-read");
  }

  /**
   * Enters packed numbers, whose length comes next. Read one after the other for as long as {@link
   * #hasMore}. They are not nested, however deep the message is that they are in.
   *
   * @return where what is around them ends, to be handed to {@link #leavePacked}
   * @throws MalformedException if they are longer than what is around them
   */
  public int enterPacked() {
    throw new NotYet("protobuf-read");
  }

  /**
   * Leaves packed numbers.
   *
   * @param outer what {@link #enterPacked} returned
   * @throws IllegalStateException if they are not read to their end
   */
  public void leavePacked(int outer) {
    throw new NotYet("protobuf-read");
  }

  /**
   * Passes the value of an unknown field by, and with a group all that is in it.
   *
   * @param tag the last one, just read
   * @throws MalformedException also if the tag has no type, or ends a group that has not begun, at
   *     its first byte; if a group is nested too deep, or does not end
   */
  public void skip(int tag) {
    throw new NotYet("protobuf-read");
  }

  /**
   * Passes an unknown field by, as {@link #skip}, and appends it to those that are kept, tag and
   * all.
   *
   * @param tag the last one, just read
   */
  public void keep(int tag, ByteWriter kept) {
    throw new NotYet("protobuf-read");
  }
}
