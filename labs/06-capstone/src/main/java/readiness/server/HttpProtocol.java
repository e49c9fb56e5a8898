package readiness.server;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import readiness.epoll.Protocol;

/**
 * HTTP/1.1 for one loop: what all its connections share, and where each new one gets its {@link
 * Protocol} from. Belongs to the loop's thread.
 */
public final class HttpProtocol implements Supplier<Protocol> {
  /** One piece of a streamed body. */
  private static final long PIECE = 64 * 1024;

  final Handler handler;
  final Limits limits;
  final ResponseWriter.DateField date;

  /** Answers stand here until they leave: room for a piece, its head and its frame. */
  final MemorySegment out = Arena.ofAuto().allocate(PIECE + 8 * 1024, 64);

  /** A streamed body writes its pieces here. */
  final MemorySegment piece = Arena.ofAuto().allocate(PIECE, 64);

  /**
   * A protocol with nothing under way.
   *
   * @param epochMillis the time of day, as {@link System#currentTimeMillis}
   */
  public HttpProtocol(Handler handler, Limits limits, LongSupplier epochMillis) {
    this.handler = handler;
    this.limits = limits;
    this.date = new ResponseWriter.DateField(epochMillis, HttpDate::text);
  }

  @Override
  public Protocol get() {
    return new HttpConnection(this);
  }
}
