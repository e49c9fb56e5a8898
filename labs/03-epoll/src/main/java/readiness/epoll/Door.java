package readiness.epoll;

import java.util.function.LongSupplier;
import readiness.kernel.Sockets;

/**
 * Whether connections are accepted at the moment: not, for a while, when there are no descriptors
 * for them.
 *
 * <pre>
 *   open ──no descriptor, and no reserve──▶ shut ──one comes free, or some time has passed──▶ open
 * </pre>
 *
 * <p>Belongs to its loop's thread.
 */
final class Door {
  /** How long to leave the accept queues alone when there are no descriptors for them. */
  private static final long PAUSE_NANOS = 100_000_000;

  private final Channels channels;
  private final Registry registry;
  private final LongSupplier nanoTime;
  private final Reserve reserve;
  private boolean shut;

  /** When to open again, on the clock of {@link #nanoTime}; while it is {@link #shut}. */
  private long opens;

  Door(Channels channels, Registry registry, LongSupplier nanoTime, Sockets sockets) {
    this.channels = channels;
    this.registry = registry;
    this.nanoTime = nanoTime;
    this.reserve = new Reserve(sockets);
    reserve.hold();
  }

  /** What makes it possible to turn somebody away when there is no other descriptor. */
  Reserve reserve() {
    return reserve;
  }

  boolean isShut() {
    return shut;
  }

  /**
   * Leaves the accept queues alone: no listener is {@link #watch watched} until a descriptor comes
   * free, or {@link #PAUSE_NANOS} have passed. {@link #opens} says when that is; {@link
   * #descriptorFreed} sets it to now, and {@link #patience} has the loop wake up for it.
   */
  void shut() {
    // The next turn will show.
  }

  /** Has the listeners watched again, and the reserve held, if it is time for that. */
  void openInTime() {
    // It is never shut, so far.
  }

  /** A channel has given its descriptor back. */
  void descriptorFreed() {
    if (shut) {
      opens = nanoTime.getAsLong();
    }
  }

  /** How many nanoseconds it stays shut; more than anybody waits for if it is open. */
  long patience(long now) {
    return shut ? Math.max(0, opens - now) : Long.MAX_VALUE;
  }

  /** Has every listener watched for {@code events}: EPOLLIN, or 0 for none. */
  private void watch(int events) {
    channels.listeners().forEach(each -> registry.want(each.fd, events, each.token));
  }
}
