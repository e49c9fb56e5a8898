package readiness.serialization;

import org.jspecify.annotations.Nullable;

/**
 * The types that Thrift's protocols know on the wire. {@code binary} and {@code string} of the IDL
 * are one, an {@code enum} is an {@link #I32}, and a union and an exception are a {@link #STRUCT}.
 *
 * <p>Each protocol has numbers of its own for them (thrift-binary-protocol.md, "Struct encoding";
 * thrift-compact-protocol.md, the same).
 */
public enum ThriftType {
  /** No field: the struct ends here. */
  STOP(0, 0),
  /** In the compact protocol, a field that is true; one that is false has 2. */
  BOOL(2, 1),
  BYTE(3, 3),
  DOUBLE(4, 7),
  I16(6, 4),
  I32(8, 5),
  I64(10, 6),
  STRING(11, 8),
  STRUCT(12, 12),
  MAP(13, 11),
  SET(14, 10),
  LIST(15, 9),
  UUID(16, 13);

  /** The compact protocol's number for a field that is false, and also for a list's elements. */
  static final int COMPACT_FALSE = 2;

  private static final @Nullable ThriftType[] BY_BINARY = new @Nullable ThriftType[17];
  private static final @Nullable ThriftType[] BY_COMPACT = new @Nullable ThriftType[16];

  static {
    for (ThriftType type : values()) {
      BY_BINARY[type.binary] = type;
      BY_COMPACT[type.compact] = type;
    }
    BY_COMPACT[COMPACT_FALSE] = BOOL;
  }

  /** Its number in the binary protocol. */
  final int binary;

  /** Its number in the compact protocol, in four bits. */
  final int compact;

  ThriftType(int binary, int compact) {
    this.binary = binary;
    this.compact = compact;
  }

  /** The type of a number of the binary protocol, or null if there is none. */
  static @Nullable ThriftType ofBinary(byte number) {
    return number >= 0 && number < BY_BINARY.length ? BY_BINARY[number] : null;
  }

  /** The type of a number of the compact protocol, of which the lower four bits count, or null. */
  static @Nullable ThriftType ofCompact(int number) {
    return BY_COMPACT[number & 0x0f];
  }
}
