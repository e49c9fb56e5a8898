package readiness.serialization;

/**
 * What a field holds, by Protobuf's names, and what the same is in Thrift and in JSON. These are
 * not all types there are, but of each way to be written there is one.
 */
enum FieldType {
  /** In Protobuf a varint, 0 or 1; read, 0 is false and everything else true. */
  BOOL(1),
  /** In Protobuf a varint, and a negative one as if it had 64 bits; {@code i32} in Thrift. */
  INT32(32),
  /** In Protobuf a varint; {@code i64} in Thrift. */
  INT64(64),
  /** In Protobuf a varint of the ZigZag number; {@code i32} in Thrift. */
  SINT32(32),
  /** In Protobuf a varint of the ZigZag number; {@code i64} in Thrift. */
  SINT64(64),
  /** In Protobuf the eight bytes of an integer; {@code i64} in Thrift. */
  SFIXED64(64),
  /** In Protobuf eight bytes; a type of its own in Thrift; a number in JSON, with a point. */
  DOUBLE(53),
  /** Text. */
  STRING(0);

  private final int bits;

  FieldType(int bits) {
    this.bits = bits;
  }

  /**
   * It holds integers of so many bits, each of them exactly. In a double that is 53, the length of
   * its fraction; in text, none.
   */
  int bits() {
    return bits;
  }
}
