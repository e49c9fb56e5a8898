package readiness.serialization;

/**
 * How the value of a Protobuf field is laid out in bytes, as the tag before it says. A tag is a
 * varint of 32 bits:
 *
 * <pre>
 *    31            3 2    0
 *   ┌───────────────┬──────┐
 *   │ field number  │ type │      field 3, LEN:  3 &lt;&lt; 3 | 2 = 0x1a
 *   └───────────────┴──────┘
 * </pre>
 *
 * <p>The type says how long the value is, and no more than that: enough to pass a field by that one
 * does not know. The names are those of protobuf.dev, Encoding, "Message Structure". They are
 * numbers, and no enum, so that a codec can {@code switch} on whole tags.
 */
public final class WireType {
  /** A varint: all integers but the fixed ones, bool, enum. */
  public static final int VARINT = 0;

  /** Eight bytes, the lowest first: fixed64, sfixed64, double. */
  public static final int I64 = 1;

  /** A length, and so many bytes: string, bytes, a message, packed numbers. */
  public static final int LEN = 2;

  /** A group begins, whose fields follow. Groups are no longer made, and still have to be read. */
  public static final int SGROUP = 3;

  /** A group ends. */
  public static final int EGROUP = 4;

  /** Four bytes, the lowest first: fixed32, sfixed32, float. */
  public static final int I32 = 5;

  /** What is left of a tag beside the type: field numbers have 29 bits. */
  public static final int MAX_FIELD = (1 << 29) - 1;

  private WireType() {}

  /** The type in a tag, 0 to 7; 6 and 7 are none. */
  public static int of(int tag) {
    return tag & 7;
  }

  /** The field number in a tag, 0 to {@link #MAX_FIELD}; 0 is none. */
  public static int field(int tag) {
    return tag >>> 3;
  }
}
