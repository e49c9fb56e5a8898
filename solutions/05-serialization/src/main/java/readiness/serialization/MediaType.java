package readiness.serialization;

/**
 * The name of a format (RFC 9110, section 8.3.1): {@code application/json}. Without parameters;
 * none of the formats here has any.
 *
 * @param type in lower case
 * @param subtype in lower case
 */
public record MediaType(String type, String subtype) {
  /** JSON (RFC 8259). */
  public static final MediaType JSON = new MediaType("application", "json");

  /** Protobuf; the name is not registered, and the one that is commonest. */
  public static final MediaType PROTOBUF = new MediaType("application", "protobuf");

  /** Thrift's binary protocol (registered with IANA by Thrift). */
  public static final MediaType THRIFT_BINARY =
      new MediaType("application", "vnd.apache.thrift.binary");

  /** Thrift's compact protocol (registered with IANA by Thrift). */
  public static final MediaType THRIFT_COMPACT =
      new MediaType("application", "vnd.apache.thrift.compact");

  /** As it stands in a Content-Type. */
  @Override
  public String toString() {
    return type + "/" + subtype;
  }
}
