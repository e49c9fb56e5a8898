package readiness.serialization;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import readiness.kernel.NotYet;

/**
 * Where a message ends, on a connection that is bytes without a mark: Thrift's framed transport
 * puts its length in front of each, four bytes, the highest first (thrift-rpc.md, "Framed vs.
 * unframed transport").
 *
 * <pre>
 *   00 00 00 1c   80 01 00 01 …        28 bytes       00 00 00 19   80 01 …
 *   length        the message                         the next one's length
 * </pre>
 *
 * <p>Keeps nothing: the bytes stay where they are until a frame is whole.
 */
public final class Framing {
  /** How many bytes a length takes. */
  public static final int HEADER = 4;

  /** A message may be so long unless somebody says otherwise: as long as libthrift takes it. */
  public static final int MAX_LENGTH = 16_384_000;

  /** More bytes have to come before there is a frame, or before its length is known. */
  public static final int INCOMPLETE = -1;

  /** Lengths need not lie at a multiple of four. */
  private static final ValueLayout.OfInt LENGTH =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Framing() {}

  /**
   * What a frame's header says.
   *
   * @param from where the frame begins in {@code input}; {@link #HEADER} bytes of it are there
   * @param maximum how long a message may be, in bytes; {@link #MAX_LENGTH} is usual
   * @return the length of its message
   * @throws MalformedException at byte 0, if that is negative or above {@code maximum}: nobody
   *     waits for such a frame, or makes room for it
   */
  public static int announced(MemorySegment input, long from, int maximum) {
    throw new NotYet("frames");
  }

  /**
   * Looks whether a frame is whole.
   *
   * @param from where it begins in {@code input}
   * @param to where what has come by now ends
   * @param maximum how long a message may be, in bytes
   * @return the length of its message, which begins {@link #HEADER} bytes behind {@code from}; or
   *     {@link #INCOMPLETE}
   * @throws MalformedException as {@link #announced}, as soon as the length is known
   */
  public static int messageLength(MemorySegment input, long from, long to, int maximum) {
    throw new NotYet("frames");
  }

  /**
   * Begins a frame: leaves room for its length.
   *
   * @return where it begins, to be handed to {@link #end}
   */
  public static int begin(ByteWriter out) {
    throw new NotYet("frames");
  }

  /**
   * Ends a frame: everything since {@link #begin} is its message, and its length is put in front.
   *
   * @param begin what {@link #begin} returned
   */
  public static void end(int begin, ByteWriter out) {
    throw new NotYet("frames");
  }

  /**
   * Which protocol a message is in, by its first byte: compact begins with {@code 82}, binary with
   * {@code 80}, or, without a version, with the length of a name, which is {@code 00} since no name
   * is that long.
   *
   * @throws MalformedException if it is none, or empty
   */
  public static ThriftProtocol protocol(MemorySegment message, long offset, long length) {
    throw new NotYet("frames");
  }
}
