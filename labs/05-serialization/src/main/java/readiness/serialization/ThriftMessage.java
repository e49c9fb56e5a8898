package readiness.serialization;

/**
 * What stands before the arguments of a call, and before its answer (thrift-rpc.md, "Message").
 *
 * @param name of the method
 * @param type {@link #CALL}, {@link #REPLY}, {@link #EXCEPTION} or {@link #ONEWAY}; of one that was
 *     read, whatever the peer wrote
 * @param seqid the client's number for the call, which the answer repeats
 */
public record ThriftMessage(String name, byte type, int seqid) {
  /** A client's, with arguments; it waits for the answer. */
  public static final byte CALL = 1;

  /** A server's, with the result or an exception that the IDL declares. */
  public static final byte REPLY = 2;

  /** A server's, with a {@code TApplicationException}: the call itself went wrong. */
  public static final byte EXCEPTION = 3;

  /** A client's, to which nobody answers. */
  public static final byte ONEWAY = 4;
}
