package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * A call went wrong as a call: there is no such method, its arguments are missing, the server has
 * failed. Thrift's libraries call it {@code TApplicationException}; every service may answer it to
 * every method (thrift-rpc.md, "Struct Exceptions").
 */
public final class ApplicationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** There is no method of that name. */
  public static final int UNKNOWN_METHOD = 1;

  /** This answers another call than the last one. */
  public static final int BAD_SEQUENCE_ID = 4;

  /** The answer has neither a value nor an exception. */
  public static final int MISSING_RESULT = 5;

  /** The server has failed, for a reason of its own. */
  public static final int INTERNAL_ERROR = 6;

  /** The arguments are not what the method takes. */
  public static final int PROTOCOL_ERROR = 7;

  private static final int MESSAGE = 1;
  private static final int TYPE = 2;

  private final int type;

  /**
   * @param type one of the numbers above, or another that the server has
   */
  public ApplicationException(String message, int type) {
    super(message);
    this.type = type;
  }

  /** What kind of thing went wrong. */
  public int type() {
    return type;
  }

  /** Appends it as a struct: {@code 1: string message, 2: i32 type}. */
  void write(ThriftWriter out) {
    throw new NotYet("frames");
  }

  /** Reads it out of a struct; what is missing is empty, or 0. */
  static ApplicationException read(ThriftReader in) {
    throw new NotYet("frames");
  }
}
