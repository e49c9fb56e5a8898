package readiness.serialization;

/**
 * Bytes that are not what they claim to be: cut short, too deep, or against a format's rules. It is
 * the only exception that reading untrusted bytes ends with, and it says where they went wrong.
 */
public class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int position;

  /**
   * @param reason what is wrong there, without the place
   * @param position in bytes from the beginning of the message, at the first byte that is wrong;
   *     the message's length if it ends too early
   */
  public MalformedException(String reason, int position) {
    this(reason, position, "byte " + position);
  }

  /**
   * @param place the position as people want it told: {@code line 3, column 7}
   */
  MalformedException(String reason, int position, String place) {
    super(place + ": " + reason);
    this.reason = reason;
    this.position = position;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }

  /** Where, in bytes from the beginning of the message. */
  public int position() {
    return position;
  }
}
