package readiness.server;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import readiness.kernel.NotYet;

/**
 * What a connection has still to say, in the order of the requests, which is the only thing by
 * which a client tells whose answer is whose (RFC 9112, section 9.3.2).
 *
 * <pre>
 *   requests    1 later    2 at once    3 later    4 at once
 *
 *   entries    [ 1 … ]    [ bytes 2 ]  [ 3 … ]    [ bytes 4 ]
 *                 │
 *                 └ answered: 1 and the bytes of 2 leave, 3 is waited for
 * </pre>
 *
 * <p>As long as nothing is waited for, answers need not come here. Belongs to the loop's thread.
 */
final class Pipeline {
  /** Where entries leave to. */
  interface Outlet {
    /** An answer that was waited for. */
    void send(Later later, Response response);

    /** Bytes of answers that had to wait behind it. */
    void send(MemorySegment bytes);
  }

  /** In order; the first is a {@link Later} that is not answered yet. */
  private final ArrayDeque<Object> entries = new ArrayDeque<>(4);

  /** How many of the entries are {@link Later}s. */
  private int waiting;

  /** Bytes in the other entries. */
  private long held;

  /** Whether nothing is waited for, and so nothing has to wait. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** How many answers have a place here, given or not. */
  int waiting() {
    return waiting;
  }

  /** How many bytes wait behind them. */
  long held() {
    return held;
  }

  /** Gives an answer that comes later its place, behind everything so far. */
  void open(Later later) {
    throw new NotYet("routing");
  }

  /**
   * Bytes of answers that are there already wait behind everything so far. Copied.
   *
   * @throws IllegalStateException if nothing is waited for: they need not wait either
   */
  void hold(MemorySegment data, long from, long length) {
    throw new NotYet("routing");
  }

  /**
   * An answer is there. Sends what nothing keeps any longer: from the beginning to the first that
   * is still waited for.
   */
  void finish(Later later, Response response, Outlet outlet) {
    throw new NotYet("routing");
  }

  /** The connection is closed: whoever works on an answer need not, and nothing waits any more. */
  void cancel() {
    throw new NotYet("routing");
  }
}
