package readiness.serialization;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Fields of a Protobuf message that its reader does not know: whoever wrote it has a newer schema.
 * They are kept as they came, tag and all, in their order, so that somebody who passes a message on
 * loses nothing of it. Two are equal if their bytes are.
 *
 * <p>Immutable.
 */
public final class UnknownFields {
  /** Every field is known. */
  public static final UnknownFields NONE = new UnknownFields(new byte[0]);

  private final byte[] bytes;

  private UnknownFields(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Fields that {@link ProtobufReader#keep} has gathered.
   *
   * @param gathered its bytes are copied
   */
  static UnknownFields of(ByteWriter gathered) {
    return new UnknownFields(gathered.toByteArray());
  }

  /** A copy of their bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Appends them. */
  void writeTo(ByteWriter out) {
    out.writeBytes(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnknownFields that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes, in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
