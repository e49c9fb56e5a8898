package readiness.epoll;

import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done later, unless it is {@link #cancel cancelled} before: {@link
 * EventLoop#schedule}.
 *
 * <p>Belongs to its loop's thread.
 */
public final class Timer {
  private final TimerWheel wheel;
  private final Runnable task;

  /** When it is due, in ticks of the wheel. */
  long when;

  /** Where it lies in the wheel, or {@link TimerWheel#NOWHERE}. */
  int slot = TimerWheel.NOWHERE;

  /** Its neighbours there. */
  @Nullable Timer previous;

  @Nullable Timer next;

  Timer(TimerWheel wheel, Runnable task) {
    this.wheel = wheel;
    this.task = task;
  }

  /** It will not be run. If it has been run already, or is being run, nothing happens. */
  public void cancel() {
    wheel.cancel(this);
  }

  /** Whether it is still to be run. */
  public boolean isPending() {
    return slot != TimerWheel.NOWHERE;
  }

  /** Its time has come. */
  void run() {
    task.run();
  }
}
