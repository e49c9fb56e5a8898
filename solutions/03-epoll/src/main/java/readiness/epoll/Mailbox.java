package readiness.epoll;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tasks that other threads hand to a loop, and the one wake-up that many of them share.
 *
 * <pre>
 *   other threads             the loop's thread
 *
 *   1. add the task           1. lower the flag
 *   2. raise the flag;        2. take tasks out
 *      was it down?
 *      then wake the loop
 * </pre>
 *
 * <p>The order is the whole point. A task that is added after the loop has looked finds the flag
 * down, and wakes. The other way round, with the flag lowered last, it finds the flag up, trusts in
 * a wake-up that has been used already, and lies there until somebody else comes by.
 *
 * <p>Nobody waits for anybody in here, so there is no lock; what both sides look at is volatile or
 * atomic instead.
 */
final class Mailbox {
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** A wake-up is on its way, and the loop has not begun to look since. */
  private final AtomicBoolean signalled = new AtomicBoolean();

  private final Runnable wake;
  private volatile boolean closed;

  /**
   * @param wake ends the loop's wait, or the next one; called by the threads that put something in
   */
  Mailbox(Runnable wake) {
    this.wake = wake;
  }

  /**
   * Hands a task over, to be run by the next {@link #run}. Wakes the loop, unless a wake-up is on
   * its way already. From any thread.
   *
   * @return whether the task will be run: false if the mailbox has been closed
   */
  boolean put(Runnable task) {
    // tag::wake-up[]
    if (closed) {
      return false;
    }
    tasks.add(task);
    if (closed && tasks.remove(task)) {
      return false;
    }
    if (signalled.compareAndSet(false, true)) {
      wake.run();
    }
    return true;
    // end::wake-up[]
  }

  /**
   * Runs tasks in the order in which they came. On the loop's thread. What a task throws reaches
   * the caller, who is to come back for those behind it.
   *
   * @param most how many at most: what a task puts in may else keep the loop here for ever
   * @return whether there may be more
   */
  boolean run(int most) {
    // tag::wake-up[]
    // > return false;
    signalled.set(false);
    for (int i = 0; i < most; i++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return false;
      }
      task.run();
    }
    return true;
    // end::wake-up[]
  }

  /**
   * Takes nothing more, and runs what was put in before. On the loop's thread. Each task that
   * {@link #put} has said yes to has been run when this returns, or was taken back by it.
   */
  void close() {
    // tag::wake-up[]
    // > // Nothing has been put in, so far.
    closed = true;
    Runnable task;
    while ((task = tasks.poll()) != null) {
      task.run();
    }
    // end::wake-up[]
  }
}
