package readiness.serialization;

/**
 * How values of one type are said in one format. What is written is read back as an equal value.
 *
 * <p>Holds no state, so any thread may use it; the memory is the caller's {@link ByteWriter} and
 * {@link ByteReader}.
 *
 * @param <T> immutable
 */
public interface Codec<T> {
  /**
   * Appends a value.
   *
   * @throws IllegalArgumentException if the format cannot say it, as half a surrogate pair in a
   *     text; what was appended until then is of no use
   */
  void write(T value, ByteWriter out);

  /**
   * Reads a value out of all that is left of a message.
   *
   * @throws MalformedException if that is not one
   */
  T read(ByteReader in);
}
