package readiness.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;

/** Orders of threads that break a story are found, and told as they happened. */
class InterleavingsTest {

  /** Tasks from one thread for another that sleeps, and one wake-up for many of them. */
  private static final class Mailbox {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final AtomicBoolean woken = new AtomicBoolean();

    void add(Runnable task) {
      tasks.add(task);
    }

    void signal() {
      if (signalled.compareAndSet(false, true)) {
        woken.set(true);
      }
    }

    boolean isWoken() {
      return woken.getAndSet(false);
    }

    void lower() {
      signalled.set(false);
    }

    void drain() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }

  /** A mailbox whose two sides are put together in one way or another. */
  private static final class Handover {
    private final Mailbox mailbox = new Mailbox();
    private final BiConsumer<Mailbox, Runnable> put;
    private final Consumer<Mailbox> take;
    private int given;
    private int run;

    Handover(BiConsumer<Mailbox, Runnable> put, Consumer<Mailbox> take) {
      this.put = put;
      this.take = take;
    }

    void give() {
      given++;
      put.accept(mailbox, () -> run++);
    }

    void turn() {
      if (mailbox.isWoken()) {
        take.accept(mailbox);
      }
    }

    void nothingLies() {
      turn();
      if (run < given) {
        throw new Finding(
            List.of(),
            "every task is run, or a wake-up is due",
            "%d of %d are run, and the loop sleeps".formatted(run, given));
      }
    }
  }

  private static void addThenSignal(Mailbox mailbox, Runnable task) {
    mailbox.add(task);
    mailbox.signal();
  }

  private static void signalThenAdd(Mailbox mailbox, Runnable task) {
    mailbox.signal();
    mailbox.add(task);
  }

  private static void lowerThenDrain(Mailbox mailbox) {
    mailbox.lower();
    mailbox.drain();
  }

  private static void drainThenLower(Mailbox mailbox) {
    mailbox.drain();
    mailbox.lower();
  }

  private static void handOver(BiConsumer<Mailbox, Runnable> put, Consumer<Mailbox> take) {
    Interleavings.of(() -> new Handover(put, take))
        .thread(
            "giver",
            scene -> {
              scene.give();
              scene.give();
            })
        .thread("loop", Handover::turn)
        .finish(Handover::nothingLies);
  }

  @Test
  void theRightOrderPasses() {
    handOver(InterleavingsTest::addThenSignal, InterleavingsTest::lowerThenDrain);
  }

  @Test
  void aFlagThatIsLoweredTooLateLosesATask() {
    Finding found =
        catchThrowableOfType(
            Finding.class,
            () -> handOver(InterleavingsTest::addThenSignal, InterleavingsTest::drainThenLower));

    assertThat(found.expected()).isEqualTo("every task is run, or a wake-up is due");
    assertThat(found.observed()).isEqualTo("1 of 2 are run, and the loop sleeps");
    assertThat(words(found))
        .containsSubsequence(
            "loop tasks.poll() → null",
            "giver signalled.compareAndSet(false, true) → false",
            "loop signalled.set(false)",
            "then mailbox.isWoken()")
        .noneMatch(line -> line.contains("ConcurrentLinkedQueue"))
        .noneMatch(line -> line.contains("Interleavings.java"))
        .hasSizeLessThan(40);
  }

  @Test
  void aFlagThatIsRaisedTooEarlyLosesATask() {
    assertThatThrownBy(
            () -> handOver(InterleavingsTest::signalThenAdd, InterleavingsTest::lowerThenDrain))
        .isInstanceOf(Finding.class)
        .hasMessageContaining("and the loop sleeps");
  }

  private static final class Counter {
    private int count;

    void increment() {
      count++;
    }

    void isTwo() {
      assertThat(count).isEqualTo(2);
    }
  }

  @Test
  void aPlainFieldLosesAnUpdate() {
    assertThatThrownBy(() ->
            Interleavings.of(Counter::new)
                .thread("one", Counter::increment)
                .thread("two", Counter::increment)
                .finish(Counter::isTwo))
        .isInstanceOf(Finding.class)
        .hasMessageContaining("count = 1")
        .hasMessageContaining("it works in every order of the threads");
  }

  private static final class Locks {
    private final Object left = new Object();
    private final Object right = new Object();
    private int entered;

    void leftFirst() {
      synchronized (left) {
        synchronized (right) {
          entered++;
        }
      }
    }

    void rightFirst() {
      synchronized (right) {
        synchronized (left) {
          entered++;
        }
      }
    }
  }

  @Test
  void threadsThatWaitForEachOtherAreFound() {
    assertThatThrownBy(() ->
            Interleavings.of(Locks::new)
                .thread("one", Locks::leftFirst)
                .thread("two", Locks::rightFirst)
                .finish(_ -> {}))
        .isInstanceOf(Finding.class)
        .hasMessageContaining("every thread comes to its end")
        .hasMessageContaining("enters synchronized");
  }

  @Test
  void whatAThreadThrowsIsTheCause() {
    assertThatThrownBy(() ->
            Interleavings.of(Counter::new)
                .thread("one", Counter::increment)
                .thread(
                    "two",
                    _ -> {
                      throw new IllegalStateException("broken");
                    })
                .finish(_ -> {}))
        .isInstanceOf(Finding.class)
        .hasMessageContaining("broken")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aGapIsNotYet() {
    assertThatThrownBy(() ->
            Interleavings.of(Counter::new)
                .thread(
                    "one",
                    _ -> {
                      throw new NotYet("wake-up");
                    })
                .thread("two", Counter::increment)
                .finish(_ -> {}))
        .isInstanceOf(NotYet.class);
  }

  /** The lines of the trace without places and indentation. */
  private static List<String> words(Finding finding) {
    return finding.trace().stream()
        .map(line -> line.replaceFirst(" +\\w+\\.java:\\d+$", "").replaceAll(" +", " "))
        .toList();
  }
}
