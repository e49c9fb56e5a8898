package readiness.epoll;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import readiness.testing.Seeds;

/**
 * The list that is given for the wheel's slots, by itself: no step's tests should find its faults.
 */
final class TimerListTest {
  private final TimerWheel wheel = new TimerWheel(0);
  private final TimerList list = new TimerList();
  private final Story story = new Story(20);
  private int named;

  @Test
  @DisplayName("one comes out at the front, in the middle, at the back, and the last one")
  void everyPlace() {
    for (int place = 0; place < 4; place++) {
      List<Timer> model = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        add(model);
      }
      remove(model, place);
      while (!model.isEmpty()) {
        remove(model, 0);
      }
    }
  }

  @Test
  @DisplayName("whatever comes and goes, the others keep their order")
  void seeds() {
    Seeds.each(
        100,
        seed -> {
          Random random = new Random(seed);
          List<Timer> model = new ArrayList<>();
          for (int i = 0; i < 50; i++) {
            if (model.isEmpty() || random.nextInt(5) < 3) {
              add(model);
            } else {
              remove(model, random.nextInt(model.size()));
            }
          }
          while (!model.isEmpty()) {
            remove(model, random.nextInt(model.size()));
          }
        });
  }

  @Test
  @DisplayName("a timer that is scheduled once more is due at the later call's time alone")
  void scheduledAgain() {
    Timer timer = new Timer(wheel, () -> {});
    wheel.schedule(timer, 0, 5_000_000);
    wheel.schedule(timer, 0, 50_000_000);
    story.then("a timer is scheduled for 5 ms, and then for 50 ms");
    story.expect(wheel.size() == 1, "one timer in the wheel", wheel.size() + " timers");
    story.expect(wheel.poll(10_000_000) == null, "none due after 10 ms", "it is due");
    story.expect(wheel.poll(60_000_000) == timer, "it is due after 60 ms", "it is not");
    story.expect(!timer.isPending(), "then it is not pending any more", "it is pending still");
  }

  private void add(List<Timer> model) {
    story.then("timer %d is added", ++named);
    Timer timer = new Timer(wheel, () -> {});
    model.add(timer);
    list.add(timer);
    expect(model);
  }

  private void remove(List<Timer> model, int place) {
    story.then("the one at place %d of %d is removed", place, model.size());
    Timer timer = model.remove(place);
    list.remove(timer);
    expect(model);
    story.expect(
        timer.previous == null && timer.next == null,
        "no neighbours left: it may be kept for long, and they would be kept with it",
        "it still leads to " + (timer.next == null ? "the one before" : "the one behind"));
  }

  /** There and back. */
  private void expect(List<Timer> model) {
    List<Timer> there = new ArrayList<>();
    Timer last = null;
    for (Timer each = list.first();
        each != null && there.size() <= model.size();
        each = each.next) {
      story.expect(
          each.previous == last, "its neighbour before is the one we came from", "another");
      there.add(each);
      last = each;
    }
    story.expect(
        there.equals(model),
        "the %d timers in the order in which they came".formatted(model.size()),
        "%d timers, in this order or another".formatted(there.size()));
  }
}
