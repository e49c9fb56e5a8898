package readiness.serialization;

import java.util.UUID;
import readiness.kernel.NotYet;

/**
 * Reads values in one of Thrift's protocols. Structs say of each field which number and which type
 * it has, so a reader asks for the next field, and reads it or passes it by:
 *
 * <pre>{@code
 * in.readStructBegin();
 * for (ThriftType type = in.readFieldBegin(); type != STOP; type = in.readFieldBegin()) {
 *   if (in.fieldId() == 1 && type == STRING) {
 *     name = in.readString();
 *   } else {
 *     in.skip(type);
 *   }
 * }
 * in.readStructEnd();
 * }</pre>
 *
 * <p>Reads from a {@link ByteReader} and takes no memory for any header: what it says, {@link
 * #fieldId}, {@link #elementType}, {@link #keyType} and {@link #valueType} tell until the next one
 * is read. Whatever is wrong with the bytes is a {@link MalformedException}, after which the reader
 * is of no more use. To be used for one message or struct after the other, by one thread at a time.
 */
public interface ThriftReader {
  /** How deep a message may nest, what is known and what is passed by together. */
  int MAX_DEPTH = 64;

  /** Begins a message: what follows is one struct, the arguments of a call or what came of it. */
  ThriftMessage readMessageBegin();

  /**
   * Begins a struct; none of the protocols has a byte for that.
   *
   * @throws MalformedException if it is nested in {@link #MAX_DEPTH} others, at the next byte
   */
  void readStructBegin();

  /**
   * Begins the next field.
   *
   * @return its type, or {@link ThriftType#STOP} if there is none and the struct ends
   * @throws MalformedException if its header says a type that there is not; the position is that of
   *     the byte with the type
   */
  ThriftType readFieldBegin();

  /** The number of the field that was begun last, as the IDL has it. */
  int fieldId();

  /** Ends a struct, after {@link #readFieldBegin} has said that there are no more fields. */
  void readStructEnd();

  /**
   * Begins a list.
   *
   * @return how many elements follow, each of type {@link #elementType}; never more than there are
   *     bytes left, since each takes at least one
   * @throws MalformedException if more are announced, or fewer than none, at the byte behind the
   *     header; or if the header says a type that there is not, at the byte with the type
   */
  int readListBegin();

  /** The same for a set. It looks like a list in both protocols. */
  default int readSetBegin() {
    return readListBegin();
  }

  /** The type of the elements of the list or set that was begun last. */
  ThriftType elementType();

  /**
   * Begins a map.
   *
   * @return how many pairs follow, each a {@link #keyType} and a {@link #valueType}; never more
   *     than half as many as there are bytes left
   * @throws MalformedException as {@link #readListBegin()}
   */
  int readMapBegin();

  /**
   * The type of the keys of the map that was begun last; {@link ThriftType#STOP} may be nobody's.
   */
  ThriftType keyType();

  /** The type of the values of the map that was begun last. */
  ThriftType valueType();

  /** Reads a {@code bool}. */
  boolean readBool();

  /** Reads a {@code byte}. */
  byte readByte();

  /** Reads an {@code i16}. */
  short readI16();

  /** Reads an {@code i32}. */
  int readI32();

  /** Reads an {@code i64}. */
  long readI64();

  /** Reads a {@code double}. */
  double readDouble();

  /**
   * Reads a {@code string}.
   *
   * @throws MalformedException if it is not UTF-8, at the first byte that is not; or if its length
   *     is more than what is left, at the byte behind the length
   */
  String readString();

  /** Reads a {@code binary}. */
  byte[] readBinary();

  /** Passes a {@code string} or {@code binary} by, without a look at its bytes. */
  void skipBinary();

  /** Reads a {@code uuid}. */
  UUID readUuid();

  /** In how many structs we are: begun, and not ended. */
  int depth();

  /** The failure of these bytes, to be thrown, at the next byte. */
  MalformedException malformed(String reason);

  /**
   * Begins a list whose elements are to be of one type. An empty one may say what it likes.
   *
   * @return how many elements follow
   * @throws MalformedException if they are of another type, at the byte behind the header; and as
   *     {@link #readListBegin()}
   */
  default int readListBegin(ThriftType element) {
    throw new NotYet("thrift-binary");
  }

  /**
   * Passes a value by, however it is made: a field that nobody here knows, say.
   *
   * @param type as its header says
   * @throws MalformedException if it nests structs, lists, sets and maps so that, with the structs
   *     around it, there are more than {@link #MAX_DEPTH} levels, at the next byte; or if the type
   *     is {@link ThriftType#STOP}, of which there are no values
   */
  default void skip(ThriftType type) {
    throw new NotYet("thrift-binary");
  }
}
