package readiness.server;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A body that is produced piece by piece, whenever the connection has room for another one. */
public interface Body extends AutoCloseable {
  /**
   * Writes the next bytes into {@code into[0, room)}.
   *
   * @param room how many bytes may be written, more than 0
   * @return how many were written; 0 at the end
   * @throws IOException if there is no more to be had though it was promised: the connection is cut
   */
  long read(MemorySegment into, long room) throws IOException;

  /** Gives back what the body holds. Called once, at the end or when nobody reads any more. */
  @Override
  void close();
}
