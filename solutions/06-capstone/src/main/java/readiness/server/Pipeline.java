package readiness.server;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

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
    // tag::routing[]
    entries.add(later);
    waiting++;
    // end::routing[]
  }

  /**
   * Bytes of answers that are there already wait behind everything so far. Copied.
   *
   * @throws IllegalStateException if nothing is waited for: they need not wait either
   */
  void hold(MemorySegment data, long from, long length) {
    // tag::routing[]
    if (entries.isEmpty()) {
      throw new IllegalStateException("bytes wait for nothing");
    }
    entries.add(MemorySegment.ofArray(data.asSlice(from, length).toArray(JAVA_BYTE)));
    held += length;
    // end::routing[]
  }

  /**
   * An answer is there. Sends what nothing keeps any longer: from the beginning to the first that
   * is still waited for.
   */
  void finish(Later later, Response response, Outlet outlet) {
    // tag::routing[]
    if (!later.take(response)) {
      return;
    }
    while (!entries.isEmpty()) {
      Object first = entries.peek();
      if (first instanceof Later due) {
        Response given = due.response();
        if (given == null) {
          return;
        }
        entries.remove();
        waiting--;
        outlet.send(due, given);
      } else {
        MemorySegment bytes = (MemorySegment) entries.remove();
        held -= bytes.byteSize();
        outlet.send(bytes);
      }
    }
    // end::routing[]
  }

  /** The connection is closed: whoever works on an answer need not, and nothing waits any more. */
  void cancel() {
    // tag::routing[]
    for (Object entry : entries) {
      if (entry instanceof Later later) {
        later.cancel();
      }
    }
    entries.clear();
    waiting = 0;
    held = 0;
    // end::routing[]
  }
}
