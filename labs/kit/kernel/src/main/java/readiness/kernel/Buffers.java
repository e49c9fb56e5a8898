package readiness.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Where a loop gets memory for bytes that have to wait. The role is stated here so that the event
 * loop and the memory pools of chapter 2 need not know each other.
 *
 * <p>An instance belongs to one loop and is called on its thread only.
 */
public interface Buffers {
  /**
   * Lends a native segment; its content is unspecified.
   *
   * @param bytes how many bytes are needed, more than 0
   * @return a segment of at least {@code bytes} bytes, the caller's until given back
   * @throws OutOfBuffers if as much as may be lent at once is lent
   */
  MemorySegment take(long bytes);

  /**
   * Takes a segment back.
   *
   * @param buffer the very segment that {@link #take} returned, not a slice; the caller must not
   *     touch it afterwards
   */
  void give(MemorySegment buffer);
}
