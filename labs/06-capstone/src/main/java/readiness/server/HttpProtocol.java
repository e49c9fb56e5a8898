package readiness.server;

import java.lang.System.Logger.Level;
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
  private static final System.Logger LOG = System.getLogger("readiness.server");

  /** A connection keeps so much of a head while the rest is on its way, and then gives up. */
  private static final int KEPT = 256 * 1024;

  /** One piece of a streamed body. */
  private static final long PIECE = 64 * 1024;

  final Handler handler;
  final Limits limits;
  final Patience patience;
  final ResponseWriter.DateField date;

  /** Answers stand here until they leave: room for a piece, its head and its frame. */
  final MemorySegment out = Arena.ofAuto().allocate(PIECE + 8 * 1024, 64);

  /** A streamed body writes its pieces here. */
  final MemorySegment piece = Arena.ofAuto().allocate(PIECE, 64);

  private long failures;

  /**
   * A protocol with nothing under way.
   *
   * @param limits a head beyond what a connection keeps is refused whatever they say
   * @param epochMillis the time of day, as {@link System#currentTimeMillis}
   */
  public HttpProtocol(Handler handler, Limits limits, LongSupplier epochMillis) {
    this(handler, limits, Patience.USUAL, epochMillis);
  }

  /** As above, with other patience. */
  public HttpProtocol(Handler handler, Limits limits, Patience patience, LongSupplier epochMillis) {
    this.handler = handler;
    this.limits = limits.within(KEPT);
    this.patience = patience;
    this.date = new ResponseWriter.DateField(epochMillis, HttpDate::text);
  }

  @Override
  public Protocol get() {
    return new HttpConnection(this);
  }

  /**
   * One answer could not be given, or not to its end: counts that and writes it to the log. The log
   * may fail as well, since whatever is missing here it may miss too: memory, descriptors.
   */
  void failed(Supplier<String> what, Throwable reason) {
    failures++;
    try {
      LOG.log(Level.WARNING, what, reason);
    } catch (RuntimeException | Error e) {
      // It is counted. This must not end what serves all the others.
    }
  }

  /** How many answers could not be given, or not to their end. */
  public long failures() {
    return failures;
  }
}
