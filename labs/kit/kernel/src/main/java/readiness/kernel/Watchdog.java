package readiness.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a loop and watches it. What it finds is thrown through the loop, from the call that gave it
 * away, and once more by {@link #drive}, in case the loop swallowed it.
 */
final class Watchdog {
  /** How many of the last calls a finding tells. */
  private static final int TOLD = 20;

  /** How often one turn may ask to wait for ever, when nothing will come. */
  private static final int ENDLESS_WAITS = 3;

  private final Timeline time;
  private final Trace trace;
  private final Outstanding outstanding;
  private final Progress progress;
  private boolean driving;
  private boolean done;
  private int endlessWaits;
  private long turns;
  private @Nullable Finding finding;

  Watchdog(Timeline time, Trace trace, Outstanding outstanding) {
    this.time = time;
    this.trace = trace;
    this.outstanding = outstanding;
    this.progress = new Progress();
  }

  void drive(Runnable turn) {
    driving = true;
    progress.made();
    try {
      do {
        done = false;
        endlessWaits = 0;
        turn.run();
        turns++;
        judge();
      } while (!done);
    } catch (RuntimeException | Error e) {
      // Whatever the loop made of it on the way, the finding is the story.
      if (finding != null && finding != e) {
        finding.addSuppressed(e);
        throw finding;
      }
      if (isTheLoops(e)) {
        throw new Finding(told(), "a turn that comes to its end", "the loop throws " + e, e);
      }
      throw e;
    } finally {
      driving = false;
      finding = null;
    }
  }

  /** Whether it is an exception of the code under test, and not a word of ours or of a test. */
  private static boolean isTheLoops(Throwable e) {
    return e instanceof RuntimeException && !(e instanceof NotYet);
  }

  private List<String> told() {
    return trace.tail(TOLD).stream().map(Recording.Entry::text).toList();
  }

  long turns() {
    return turns;
  }

  private void judge() {
    progress.turn();
    if (finding != null) {
      throw finding;
    }
    if (progress.spins()) {
      throw found(
          "a loop that sleeps in epoll_wait until there is something to do",
          "the loop spins: %s turns in which it neither moves anything nor waits"
              .formatted(Trace.number(progress.turns())));
    }
    if (progress.sleepsAgainAndAgain()) {
      Outstanding.Work work = outstanding.find();
      if (work != null) {
        throw found(work.expected(), "the loop sleeps again and again while " + work.what());
      }
    }
  }

  /** A finding with the last calls. */
  Finding found(String expected, String observed) {
    Finding made = new Finding(told(), expected, observed);
    if (driving && finding == null) {
      finding = made;
    }
    return made;
  }

  /** A call has come back. */
  void called(Call call, int result) {
    if (progress.call(call, result)) {
      done = false;
    }
    if (driving && progress.spinsWithinTurn()) {
      throw found(
          "a turn that comes to its end",
          "the loop spins inside one turn: it calls %s again and again, and nothing moves"
              .formatted(call.manual()));
    }
  }

  /** A call on a blocking descriptor has to wait. No loop may do that; others may, for a while. */
  void blocks(Call call, long begun, int fd, long argument) {
    if (!driving && time.next() != Timeline.NEVER) {
      return;
    }
    trace.add(call, begun, time.now(), fd, argument, Recording.BLOCKS, null);
    if (driving) {
      throw found(
          "fd %s made non-blocking, so that %s answers −EAGAIN when there is nothing to do"
              .formatted(fd, call.manual()),
          "the loop blocks in %s on fd %s, and nobody else is served".formatted(call.manual(), fd));
    }
    throw found(
        "%s on fd %s comes back".formatted(call.manual(), fd),
        "it blocks for ever: fd %s is not O_NONBLOCK, and nothing will come".formatted(fd));
  }

  /** A wait has let time pass. */
  void waited() {
    progress.waited();
  }

  /**
   * A wait has let time pass and run out. If nothing is left to do, and nothing to come, the drive
   * is over.
   */
  void waitedInVain() {
    progress.slept();
    if (driving && time.next() == Timeline.NEVER && outstanding.find() == null) {
      done = true;
    }
  }

  /** A wait without limit, and nothing to come: all is done, or something has been forgotten. */
  void waitsForEver(int epfd, long begun, int millis) {
    Outstanding.Work work = outstanding.find();
    if (driving && work == null && ++endlessWaits < ENDLESS_WAITS) {
      done = true;
      return;
    }
    long now = time.now();
    trace.add(Call.EPOLL_WAIT, begun, now, epfd, millis, Recording.NEVER_RETURNS, null);
    Finding asleep =
        work == null
            ? found(
                "something that can end the wait",
                "epoll_wait(−1) never returns: nothing will come")
            : found(
                work.expected(),
                "the loop sleeps for ever while %s: epoll_wait(−1) never returns"
                    .formatted(work.what()));
    // Where the loop waits says nothing of what it has forgotten before.
    asleep.setStackTrace(new StackTraceElement[0]);
    throw asleep;
  }
}
