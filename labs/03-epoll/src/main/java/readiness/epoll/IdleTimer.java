package readiness.epoll;

import readiness.kernel.NotYet;

/**
 * Ends a connection on which nothing comes or goes any more.
 *
 * <p>Every byte moves the end further away, and yet the timer is left alone: a busy connection only
 * writes down what time it is. When the timer runs, it looks at what was written, and either that
 * is long enough ago, or it is scheduled again, for what is left.
 *
 * <pre>
 *   bytes         x      x   x
 *   timer    ├───────────────┼─ ─ ─ ─ ─ ─┤├──────────┤
 *            begins       runs: the last byte       runs: nothing since;
 *                         is younger than that      the end
 * </pre>
 */
final class IdleTimer {
  private final EventLoop loop;
  private final long limit;
  private final Runnable end;
  private final Timer timer;
  private long lastActive;

  /**
   * @param limit how long nothing may come or go, in nanoseconds
   * @param end what to do then
   */
  IdleTimer(EventLoop loop, long limit, Runnable end) {
    this.loop = loop;
    this.limit = limit;
    this.end = end;
    this.timer = new Timer(loop.timers(), this::check);
  }

  /** From now on. */
  void start() {
    lastActive = loop.now();
    loop.timers().schedule(timer, lastActive, limit);
  }

  /** Something has come or gone in this turn of the loop. Called for every event. */
  void active() {
    throw new NotYet("timers");
  }

  /** The timer's time has come: ends it, or goes on for what is left of the limit. */
  private void check() {
    throw new NotYet("timers");
  }

  /** Never mind. */
  void cancel() {
    timer.cancel();
  }
}
