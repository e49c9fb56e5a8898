package readiness.server;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where work is done that has to wait, for a database or a disk, so that the loops need not: on
 * virtual threads, so many at a time. What comes above that waits in a queue, which is bounded as
 * well: a server that takes up everything answers nobody.
 *
 * <pre>
 *   start ──┬─ a place is free ──▶ runs ──▶ answers
 *           ├─ the queue has room ──▶ waits ──▶ its turn ──┬─ wanted still ──▶ runs ──▶ answers
 *           │                                              └─ cancelled ──▶ is dropped
 *           └─ neither ──▶ false
 * </pre>
 *
 * <p>Nobody is interrupted: an interrupt closes the files of whoever is in the middle of reading
 * them, and an embedded database shares its file with everybody
 * (java.nio.channels.ClosedByInterruptException).
 *
 * <p>For any thread.
 */
public final class Workers {
  private static final System.Logger LOG = System.getLogger("readiness.server");

  /** One piece of work. */
  private record Work(
      BooleanSupplier isCancelled, Callable<Response> work, Consumer<Response> answer) {}

  private final int places;
  private final int room;

  /** In order of arrival. Guarded by this. */
  private final ArrayDeque<Work> queue = new ArrayDeque<>();

  /** How many run, at most {@link #places}. Guarded by this. */
  private int running;

  /**
   * @param places how many may run at a time, at least 1
   * @param room how many may wait, 0 or more
   */
  public Workers(int places, int room) {
    if (places < 1 || room < 0) {
      throw new IllegalArgumentException("%d workers, room for %d".formatted(places, room));
    }
    this.places = places;
    this.room = room;
  }

  /**
   * Has work done, now or when it is its turn.
   *
   * @param isCancelled whether nobody wants it any longer; asked when its turn comes, and not again
   *     once it runs
   * @param work what it throws becomes a 500, without a word of it to the client
   * @param answer gets what comes of it, on the worker's thread, when its place is free again
   * @return false if nothing can be taken on: too much runs and waits. What waits and is not wanted
   *     any longer does not count
   */
  public boolean start(
      BooleanSupplier isCancelled, Callable<Response> work, Consumer<Response> answer) {
    // tag::routing[]
    Work next = new Work(isCancelled, work, answer);
    synchronized (this) {
      if (running == places) {
        if (queue.size() == room) {
          queue.removeIf(each -> each.isCancelled.getAsBoolean());
        }
        return queue.size() < room && queue.add(next);
      }
      running++;
    }
    run(next);
    return true;
    // end::routing[]
  }

  /** Runs work on a thread of its own, in a place that is taken for it. */
  private void run(Work work) {
    try {
      Thread.ofVirtual().name("worker").start(() -> work.answer.accept(outcome(work)));
    } catch (Throwable e) {
      synchronized (this) {
        running--;
      }
      throw e;
    }
  }

  /**
   * What comes of a piece of work. Whatever that is, its place goes to the next in the queue that
   * is wanted, or is free.
   */
  private Response outcome(Work work) {
    // tag::routing[]
    try {
      return work.work.call();
    } catch (Throwable e) {
      return failed(e);
    } finally {
      Work next = next();
      if (next != null) {
        run(next);
      }
    }
    // end::routing[]
  }

  /** The next that has waited and is wanted; null if there is none, and then a place is free. */
  private synchronized @Nullable Work next() {
    // tag::routing[]
    Work next = queue.poll();
    while (next != null && next.isCancelled.getAsBoolean()) {
      next = queue.poll();
    }
    if (next == null) {
      running--;
    }
    return next;
    // end::routing[]
  }

  /** An answer that could not be given: the log is told why, and the client that it is so. */
  static Response failed(Throwable reason) {
    try {
      LOG.log(Level.WARNING, "an action has failed", reason);
    } catch (RuntimeException | Error e) {
      // What is missing here the log may miss too.
    }
    return Response.page(500);
  }

  /** How many run and wait. */
  public synchronized int inFlight() {
    return running + queue.size();
  }
}
