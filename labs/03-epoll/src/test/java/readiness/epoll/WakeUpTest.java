package readiness.epoll;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;
import readiness.kernel.Linux;
import readiness.kernel.Peer;
import readiness.kernel.Simulation;
import readiness.testing.Interleavings;
import readiness.testing.Step;

/** Tasks from other threads: none is lost, each has a wake-up to rely on, and many share one. */
@Step("wake-up")
@Tag("wake-up")
final class WakeUpTest {
  /** Far longer than anything here takes. */
  private static final int PATIENCE_SECONDS = 5;

  private static final int THREADS = 8;

  /** How many tasks each thread hands in. */
  private static final int TASKS = Integer.getInteger("readiness.tasks", 100_000);

  private final Story story = new Story();

  @Test
  @DisplayName("a sleeping loop wakes up for a task, and for the next one, and the next")
  void pingPong() throws InterruptedException {
    try (Turning turning = new Turning()) {
      for (int round = 1; round <= 100; round++) {
        CountDownLatch run = new CountDownLatch(1);
        turning.loop.execute(run::countDown);
        if (!run.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw story
              .then("task %d handed to a loop that sleeps in epoll_wait(−1)", round)
              .finding(
                  "the task wakes the loop, and is run",
                  "%d s later it has not been run".formatted(PATIENCE_SECONDS));
        }
      }
    }
  }

  @Test
  @DisplayName("8 threads hand in tasks: all are run, on the loop's thread, each thread's in order")
  void noneIsLost() throws InterruptedException {
    try (Turning turning = new Turning()) {
      CountDownLatch run = new CountDownLatch(THREADS * TASKS);
      int[] last = new int[THREADS];
      AtomicInteger outOfOrder = new AtomicInteger();
      AtomicInteger elsewhere = new AtomicInteger();
      List<Thread> givers = new ArrayList<>();
      for (int giver = 0; giver < THREADS; giver++) {
        int me = giver;
        givers.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 1; i <= TASKS; i++) {
                    int number = i;
                    turning.loop.execute(() -> {
                      if (last[me] != number - 1) {
                        outOfOrder.incrementAndGet();
                      }
                      last[me] = number;
                      if (Thread.currentThread() != turning.thread) {
                        elsewhere.incrementAndGet();
                      }
                      run.countDown();
                    });
                  }
                }));
      }
      for (Thread each : givers) {
        each.join();
      }
      story.then("%d threads hand in %,d tasks each", THREADS, TASKS);
      boolean all = run.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      story.expect(
          elsewhere.get() == 0,
          "every task run on the loop's thread, which alone may touch what belongs to the loop",
          "%,d run on other threads".formatted(elsewhere.get()));
      if (!all) {
        long missing = run.getCount();
        story.then(
            "%,d have not been run, and the loop sleeps; one more task is handed in", missing);
        // It is run behind all that lie there.
        CountDownLatch oneMore = new CountDownLatch(1);
        turning.loop.execute(oneMore::countDown);
        oneMore.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long lost = run.getCount();
        throw story.finding(
            "all %,d tasks run".formatted(THREADS * TASKS),
            "%,d lay in the mailbox until then, and %,d are gone: taken out, and not run"
                .formatted(missing - lost, lost));
      }
      story.expect(
          outOfOrder.get() == 0,
          "those of each thread in the order in which it handed them in",
          "%,d out of order".formatted(outOfOrder.get()));
    }
  }

  /** A loop that turns on a thread of its own. */
  private static final class Turning implements AutoCloseable {
    final EventLoop loop =
        Loops.of(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers());
    final Thread thread = Thread.ofPlatform().name("loop").start(loop::run);

    @Override
    public void close() throws InterruptedException {
      loop.stop();
      thread.join();
      loop.close();
    }
  }

  @Test
  @DisplayName("many tasks share one wake-up")
  void coalesces() {
    AtomicInteger wakes = new AtomicInteger();
    AtomicInteger run = new AtomicInteger();
    Mailbox mailbox = new Mailbox(wakes::incrementAndGet);
    for (int i = 0; i < 1_000; i++) {
      mailbox.put(run::incrementAndGet);
    }
    story.then("1,000 tasks are put in while the loop is busy; wake-ups: %d", wakes.get());
    story.expect(
        wakes.get() == 1,
        "one wake-up: a write to an eventfd is a system call, and the first one has been heard",
        "%,d".formatted(wakes.get()));
    boolean more = mailbox.run(600);
    story.then("run(600) → %s, %,d tasks run", more, run.get());
    story.expect(run.get() == 600, "600 of them, and no more", "%,d".formatted(run.get()));
    story.expect(
        more,
        "true: there are others, and nobody will wake the loop for them",
        "false, so nobody will come back for the other 400");
    more = mailbox.run(600);
    story.then("run(600) → %s, %,d tasks run", more, run.get());
    story.expect(run.get() == 1_000 && !more, "all 1,000, and false", "%,d".formatted(run.get()));
    mailbox.put(run::incrementAndGet);
    story.then("one more task; wake-ups in all: %d", wakes.get());
    story.expect(
        wakes.get() == 2,
        "a second wake-up, since the first has been used",
        "%d in all".formatted(wakes.get()));
  }

  @Test
  @DisplayName("tasks that hand in tasks neither lock the clients out nor are they forgotten")
  void takesTurns() {
    int wanted = 10_000;
    int[] run = {0};
    int[] runAtTheEcho = {-1};
    Protocol echo =
        (connection, input, from, to) -> {
          runAtTheEcho[0] = run[0];
          connection.send(input, from, to - from);
          return to - from;
        };
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, () -> echo)) {
      Peer peer = server.peer("client").connect(SimulatedServer.ADDRESS);
      server.drive();
      Runnable again =
          new Runnable() {
            @Override
            public void run() {
              if (++run[0] < wanted) {
                server.loop.execute(this);
              }
            }
          };
      server.loop.execute(again);
      peer.send("hello").expect(5);
      server.drive();
      server.expect(
          run[0] == wanted,
          "%,d tasks run, each of which has handed in the next".formatted(wanted),
          "%,d run, and the loop sleeps".formatted(run[0]));
      server.expect(
          runAtTheEcho[0] < wanted,
          "the client is answered while the tasks go on: they are run some at a time",
          "the client is answered when all %,d tasks have been run".formatted(wanted));
    }
  }

  @Test
  @DisplayName(
      "what a task throws reaches the caller, and the tasks behind it are run in the next turn")
  void throwing() {
    try (SimulatedServer server = new SimulatedServer(Trigger.LEVEL, EchoServer::new)) {
      List<String> run = new ArrayList<>();
      server.loop.execute(() -> {
        throw new IllegalStateException("a task that fails");
      });
      server.loop.execute(() -> run.add("second"));
      String outcome = "the turn ends as if nothing had happened";
      try {
        server.loop.turn();
      } catch (IllegalStateException e) {
        outcome = e.getMessage();
      }
      server.expect(
          outcome.equals("a task that fails"),
          "the caller of turn hears of a task that fails: nobody else could",
          outcome);
      server.loop.turn();
      server.expect(run.size() == 1, "the task behind it run in the next turn", "it is not run");
    }
  }

  @Test
  @DisplayName("a loop is closed to its last descriptor, though the last of its tasks fails")
  void throwingAtTheEnd() {
    Simulation simulation = Simulation.seeded(0);
    SimulatedServer server = new SimulatedServer(simulation, Trigger.LEVEL, EchoServer::new);
    server.loop.execute(() -> {
      throw new IllegalStateException("a task that fails");
    });
    String outcome = "close returns as if nothing had happened";
    try {
      server.close();
    } catch (IllegalStateException e) {
      outcome = e.getMessage();
    }
    server.expect(
        outcome.equals("a task that fails"), "the caller of close hears of the task", outcome);
    server.expect(
        simulation.openDescriptors() == 0,
        "no descriptor open: nobody will come back to close one",
        "%d are open".formatted(simulation.openDescriptors()));
  }

  @Test
  @DisplayName("a closed loop refuses tasks, and has run those that it took")
  void closes() {
    AtomicInteger wakes = new AtomicInteger();
    AtomicInteger run = new AtomicInteger();
    Mailbox mailbox = new Mailbox(wakes::incrementAndGet);
    mailbox.put(run::incrementAndGet);
    mailbox.close();
    story.then("a task is put in, then the mailbox is closed: %d run", run.get());
    story.expect(run.get() == 1, "the task run by close, since it was taken", "it was not run");
    boolean taken = mailbox.put(run::incrementAndGet);
    story.then("put after close → %s; wake-ups in all: %d", taken, wakes.get());
    story.expect(!taken, "false: nobody will run it", "true");
    story.expect(
        wakes.get() == 1,
        "no wake-up for it: by now the eventfd's number may belong to somebody else",
        "wake-ups in all: %d".formatted(wakes.get()));
    boolean[] late = {true};
    Mailbox closing = new Mailbox(() -> {});
    closing.put(() -> late[0] = closing.put(() -> {}));
    closing.close();
    story.then("another mailbox is closed, and a task that it runs then puts one in: %s", late[0]);
    story.expect(
        !late[0], "false: it takes nothing more from the moment it begins to close", "true");
    EventLoop loop = Loops.of(new Linux(), new LinuxEpoll(), System::nanoTime, new SpareBuffers());
    loop.close();
    String outcome = "accepted";
    try {
      loop.execute(run::incrementAndGet);
    } catch (RejectedExecutionException e) {
      outcome = "refused";
    }
    story.then("execute on a closed loop: %s", outcome);
    story.expect(outcome.equals("refused"), "RejectedExecutionException", outcome);
  }

  @Test
  @DisplayName("in whatever order two threads take turns, no task lies there without a wake-up")
  void everyOrder() {
    Interleavings.of(Handover::new)
        .thread("giver", Handover::put)
        .thread("loop", Handover::turn)
        .finish(Handover::nothingLies);
    expectVisible();
  }

  /** The model checker takes it for granted that each thread sees at once what the other writes. */
  private void expectVisible() {
    story.then("every order was tried, as if each thread saw at once what the other one writes");
    for (Field each : Mailbox.class.getDeclaredFields()) {
      int modifiers = each.getModifiers();
      boolean stays = Modifier.isFinal(modifiers) && !each.getType().isArray();
      story.expect(
          stays || Modifier.isVolatile(modifiers) || each.isSynthetic(),
          "that holds for '%s': volatile, or an atomic in a final field".formatted(each.getName()),
          "'%s' is a plain field: what one thread writes to it the other one may see later, when it"
                  .formatted(each.getName())
              + " has looked into the queue already, or never");
    }
  }

  /** A mailbox, and a loop that looks into it when it has been woken, and else sleeps. */
  static final class Handover {
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Mailbox mailbox = new Mailbox(() -> woken.set(true));
    private final AtomicInteger run = new AtomicInteger();
    private int put;

    /** One task is there, and the loop has been woken for it. */
    Handover() {
      put();
    }

    void put() {
      put++;
      mailbox.put(run::incrementAndGet);
    }

    void turn() {
      if (woken.getAndSet(false)) {
        mailbox.run(8);
      }
    }

    void nothingLies() {
      turn();
      if (run.get() < put) {
        throw new Finding(
            List.of(),
            "every task run, or a wake-up due that will have it run",
            "%d of %d tasks lies in the mailbox, and nobody wakes the loop"
                .formatted(put - run.get(), put));
      }
    }
  }

  @Test
  @DisplayName("in whatever order a task and the end come, the task is run or refused")
  void everyOrderAtTheEnd() {
    Interleavings.of(LastTask::new)
        .thread("giver", LastTask::put)
        .thread("loop", LastTask::close)
        .finish(LastTask::nothingLies);
  }

  /** A mailbox that is closed while a task comes. */
  static final class LastTask {
    private final Mailbox mailbox = new Mailbox(() -> {});
    private final AtomicInteger run = new AtomicInteger();
    private final boolean first;
    private boolean taken;

    /** One task is there. */
    LastTask() {
      first = mailbox.put(run::incrementAndGet);
    }

    void put() {
      taken = mailbox.put(run::incrementAndGet);
    }

    void close() {
      mailbox.close();
    }

    void nothingLies() {
      if (!first) {
        throw new Finding(List.of(), "a task taken before the end begins", "it was refused");
      }
      if (run.get() != (taken ? 2 : 1)) {
        throw new Finding(
            List.of(),
            taken
                ? "put has said yes, so the task is run, as is the one before it"
                : "put has said no: only the task before it is run",
            "%d tasks were run".formatted(run.get()));
      }
    }
  }
}
