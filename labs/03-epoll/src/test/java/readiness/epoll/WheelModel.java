package readiness.epoll;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.kernel.NotYet;

/**
 * A wheel, and beside it the simplest thing that does the same: a list of what is due when.
 * Whatever is done here is done to both, and what the wheel answers is held against the list.
 */
final class WheelModel {
  static final long TICK = 1_000_000;

  /** A timer, and when it is due in nanoseconds since the wheel was made. */
  private record Due(String name, Timer timer, long nanos) {
    long tick() {
      return Math.ceilDiv(nanos, TICK);
    }
  }

  private static final Runnable NOTHING = () -> {};

  private final Story story;
  private final long beginning;
  private final TimerWheel wheel;
  private final List<Due> list = new ArrayList<>();

  /** Nanoseconds since the wheel was made. */
  private long passed;

  private int scheduled;

  /** The wheel is made when the clock says {@code nanoTime}. */
  WheelModel(Story story, long nanoTime) {
    this.story = story;
    beginning = nanoTime;
    wheel = new TimerWheel(nanoTime);
  }

  int size() {
    return list.size();
  }

  private long clock() {
    return beginning + passed;
  }

  void schedule(long delay) {
    String name = "timer %d (due at %,d)".formatted(++scheduled, passed + delay);
    Due due = new Due(name, new Timer(wheel, NOTHING), passed + delay);
    list.add(due);
    story.then("%s is scheduled, in %,d ns", name, delay);
    wheel.schedule(due.timer, clock(), delay);
    expectSize();
  }

  void cancel(int which) {
    Due due = list.remove(which);
    story.then("%s is cancelled", due.name);
    due.timer.cancel();
    expectSize();
  }

  private void expectSize() {
    story.expect(
        wheel.size() == list.size(),
        "%,d in the wheel".formatted(list.size()),
        "%,d".formatted(wheel.size()));
  }

  /** Waits for as long as the wheel says that there is nothing to do. */
  void wait(String who) {
    long patience = wheel.patience(clock());
    if (list.isEmpty()) {
      story.expect(
          patience == Long.MAX_VALUE,
          "no end to the wait: there is no timer",
          "%s would wait %,d ns, for nobody".formatted(who, patience));
      return;
    }
    Due first = first();
    story.then("%s may wait %s", who, patience == Long.MAX_VALUE ? "for ever" : nanos(patience));
    long most = Math.max(0, first.tick() * TICK - passed);
    story.expect(
        patience <= most,
        "a wait of no more than %,d ns, since %s is due then".formatted(most, first.name),
        patience == Long.MAX_VALUE ? "a wait for ever" : "a wait of %,d ns".formatted(patience));
    pass(patience);
  }

  /** Time passes, and the wheel hands out what is due. */
  void pass(long nanos) {
    passed += nanos;
    story.then("%,d ns pass: it is %,d ns since the beginning", nanos, passed);
    for (Timer each = poll(); each != null; each = poll()) {
      handedOut(each);
    }
    if (!list.isEmpty()) {
      Due first = first();
      story.expect(
          first.tick() > passed / TICK,
          first.name + " handed out",
          "the wheel has nothing to hand out, %,d ns too late".formatted(passed - first.nanos));
    }
    expectSize();
  }

  private @Nullable Timer poll() {
    try {
      return wheel.poll(clock());
    } catch (NotYet e) {
      throw e;
    } catch (RuntimeException e) {
      throw story.finding("a timer that is due, or null if there is none", "poll throws " + e);
    }
  }

  private void handedOut(Timer timer) {
    Due due =
        list.stream()
            .filter(each -> each.timer == timer)
            .findFirst()
            .orElseThrow(
                () -> story.finding("only what was scheduled", "a timer that was cancelled"));
    story.then("%s is handed out", due.name);
    story.expect(
        due.nanos <= passed,
        due.name + " handed out when that time has come, and not before",
        "%,d ns too early".formatted(due.nanos - passed));
    Due first = first();
    story.expect(
        due.tick() == first.tick(),
        "%s first: it is due in an earlier tick".formatted(first.name),
        "%s before it".formatted(due.name));
    list.remove(due);
  }

  private Due first() {
    return list.stream().min(Comparator.comparingLong(Due::nanos)).orElseThrow();
  }

  private static String nanos(long nanos) {
    return "%,d ns".formatted(nanos);
  }
}
