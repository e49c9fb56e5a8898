package readiness.serialization;

import java.util.UUID;

/**
 * Says values in one of Thrift's protocols. The calls are those of its libraries' {@code
 * TProtocol}, which the code that the Thrift compiler generates makes: each value is announced by
 * the call for its field, or stands in a list, set or map whose size was announced.
 *
 * <pre>{@code
 * out.writeStructBegin();
 * out.writeFieldBegin(ThriftType.STRING, 1);
 * out.writeString("Ada");
 * out.writeStructEnd();
 * }</pre>
 *
 * <p>Writes into a {@link ByteWriter} and takes no memory of its own for any header. To be used for
 * one message or struct after the other, by one thread at a time.
 */
public interface ThriftWriter {
  /** Begins a message: what follows is one struct, the arguments of a call or what came of it. */
  void writeMessageBegin(ThriftMessage message);

  /**
   * Begins a struct; none of the protocols has a byte for that.
   *
   * @throws IllegalArgumentException if it is nested in {@link ThriftReader#MAX_DEPTH} others: no
   *     reader would take it
   */
  void writeStructBegin();

  /**
   * Announces a field, whose value comes next.
   *
   * @param type any but {@link ThriftType#STOP}
   * @param id its number in the IDL, −32,768 to 32,767
   */
  void writeFieldBegin(ThriftType type, int id);

  /** Ends a struct: no more fields follow. */
  void writeStructEnd();

  /** Announces so many elements, which come next. */
  void writeListBegin(ThriftType element, int size);

  /** The same for a set. It looks like a list in both protocols. */
  default void writeSetBegin(ThriftType element, int size) {
    writeListBegin(element, size);
  }

  /** Announces so many pairs, which come next: a key, its value, the next key. */
  void writeMapBegin(ThriftType key, ThriftType value, int size);

  /** Appends a {@code bool}. */
  void writeBool(boolean value);

  /** Appends a {@code byte}, which newer IDLs call {@code i8}. */
  void writeByte(byte value);

  /** Appends an {@code i16}. */
  void writeI16(short value);

  /** Appends an {@code i32}, or an enum's number. */
  void writeI32(int value);

  /** Appends an {@code i64}. */
  void writeI64(long value);

  /** Appends a {@code double}; there is one NaN. */
  void writeDouble(double value);

  /**
   * Appends a {@code string}.
   *
   * @throws IllegalArgumentException if a surrogate stands alone in it
   */
  void writeString(String value);

  /** Appends a {@code binary}. */
  void writeBinary(byte[] value);

  /** Appends a {@code uuid}: sixteen bytes, as it is printed. */
  void writeUuid(UUID value);
}
