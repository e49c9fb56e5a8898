package readiness.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;

/**
 * Has the threads of a short story take turns in many orders, chosen one by one, and not only in
 * those that a machine happens to come upon: model checking by Lincheck, bounded by a number of
 * runs. The order that breaks the story becomes the trace of a {@link Finding}.
 *
 * <p>A step whose tests use it says {@code model-checked: true} in course.yaml. What the threads
 * share is a class of the test's, and its methods are what they do:
 *
 * <pre>{@code
 * private static final class Handover {
 *   private final AtomicBoolean woken = new AtomicBoolean();
 *   private final Mailbox mailbox = new Mailbox(() -> woken.set(true));
 *   private int put;
 *   private int run;
 *
 *   // What has happened before.
 *   Handover() {
 *     put();
 *   }
 *
 *   void put() {
 *     put++;
 *     mailbox.put(() -> run++);
 *   }
 *
 *   // What a loop does whose wait was ended; without a wake-up it sleeps.
 *   void turn() {
 *     if (woken.getAndSet(false)) {
 *       mailbox.run(8);
 *     }
 *   }
 *
 *   void nothingLies() {
 *     turn();
 *     if (run < put) {
 *       throw new Finding(List.of(), "every task is run, or a wake-up is due", "…");
 *     }
 *   }
 * }
 *
 * Interleavings.of(Handover::new)
 *     .thread("giver", Handover::put)
 *     .thread("loop", Handover::turn)
 *     .finish(Handover::nothingLies);
 * }</pre>
 *
 * <p>Threads take turns where one could notice the other: at fields of what they share, at volatile
 * fields, atomics and locks, inside {@code java.util.concurrent} as well. Hence some rules:
 *
 * <ul>
 *   <li>A story depends on the order of its threads and on nothing else: no clock, no chance, no
 *       kernel.
 *   <li>It is short: two threads or three, with a call or two each. What has happened before is
 *       done by the constructor, where it costs no orders.
 *   <li>Each thread comes to its end in every order. A loop that polls until something comes does
 *       not; make its turns the story and look at the rest in {@code finish}.
 *   <li>What threads share lies in fields of the scene, or of what these lead to. The checker
 *       cannot see what a lambda captures.
 *   <li>What two threads of the test's own count, they count with an atomic: they are interleaved
 *       as well.
 * </ul>
 *
 * @param <S> what the threads share
 */
public final class Interleavings<S> {
  /** A wake-up that is lost between a queue and a flag is found by the first hundred. */
  private static final int RUNS = 300;

  static {
    // Lincheck warns of fields of the JDK that it cannot see; a reader can do nothing about it.
    if (System.getProperty("lincheck.logLevel") == null) {
      System.setProperty("lincheck.logLevel", "OFF");
    }
  }

  /** A thread of the story. */
  private static final class Actor<S> extends Thread {
    private final Consumer<S> story;
    private final S scene;
    private final AtomicReference<@Nullable Throwable> thrown;

    Actor(Consumer<S> story, S scene, AtomicReference<@Nullable Throwable> thrown) {
      this.story = story;
      this.scene = scene;
      this.thrown = thrown;
    }

    @Override
    public void run() {
      try {
        story.accept(scene);
      } catch (Throwable e) {
        // Asked for now, while the class is as Lincheck has it: later its lines are lost.
        e.getStackTrace();
        thrown.compareAndSet(null, e);
      }
    }
  }

  /**
   * One run. Lincheck looks into this as well, so it is plain code: each stream would cost seconds.
   *
   * <p>Neither this nor {@link Actor} is a lambda. Lincheck learns which classes to look into, and
   * what threads share, by following fields, and it cannot see those of a lambda or a record: it
   * would try no orders and find nothing.
   */
  private static final class Run<S> implements Runnable {
    private final Supplier<S> scenes;
    private final List<Consumer<S>> stories;
    private final Consumer<S> check;
    private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

    /** Leads Lincheck to the scene's class where {@code scenes} is {@code Scene::new}. */
    @SuppressWarnings("unused")
    private final S example;

    Run(Supplier<S> scenes, List<Consumer<S>> stories, Consumer<S> check) {
      this.scenes = scenes;
      this.stories = stories;
      this.check = check;
      this.example = scenes.get();
    }

    @Override
    public void run() {
      thrown.set(null);
      S scene = scenes.get();
      Thread[] actors = new Thread[stories.size()];
      for (int i = 0; i < actors.length; i++) {
        actors[i] = new Actor<>(stories.get(i), scene, thrown);
        actors[i].start();
      }
      for (Thread actor : actors) {
        join(actor);
      }
      if (thrown.get() == null) {
        new Actor<>(check, scene, thrown).run();
      }
      if (thrown.get() != null) {
        throw new AssertionError();
      }
    }

    private static void join(Thread thread) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts a story", e);
      }
    }
  }

  private final Supplier<S> scenes;
  private final Class<?> test;
  private final List<String> names = new ArrayList<>(List.of("then"));
  private final List<Consumer<S>> stories = new ArrayList<>();

  private Interleavings(Supplier<S> scenes, Class<?> test) {
    this.scenes = scenes;
    this.test = test;
  }

  /**
   * A story without threads, so far. To be called by the test: traces tell of its package.
   *
   * @param scenes makes what the threads share, for each run anew
   */
  public static <S> Interleavings<S> of(Supplier<S> scenes) {
    Class<?> test =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).getCallerClass();
    return new Interleavings<>(scenes, test);
  }

  /**
   * Adds a thread to the story.
   *
   * @param name what a trace calls it
   * @param story what it does, once
   */
  public Interleavings<S> thread(String name, Consumer<S> story) {
    names.add(name);
    stories.add(story);
    return this;
  }

  /**
   * Runs the story in one order of its threads after another.
   *
   * @param check looks at what is left when all threads are through, and throws if it is wrong; a
   *     {@link Finding} says what was expected and observed, and gets the order for its trace
   * @throws Finding for the first order in which the check or a thread throws, or in which threads
   *     wait for each other for ever
   * @throws NotYet if a thread comes to what is not written yet
   */
  public void finish(Consumer<S> check) {
    Run<S> run = new Run<>(scenes, stories, check);
    try {
      Lincheck.runConcurrentTest(RUNS, run);
    } catch (LincheckAssertionError e) {
      List<String> schedule = Schedule.read(String.valueOf(e.getMessage()), names, test);
      throw failure(run.thrown.get(), schedule);
    }
  }

  private static RuntimeException failure(@Nullable Throwable thrown, List<String> schedule) {
    switch (thrown) {
      case NotYet gap -> throw gap;
      case Finding told -> throw new Finding(schedule, told.expected(), told.observed());
      case null ->
          throw new Finding(
              schedule, "every thread comes to its end", "from here on they wait for each other");
      default ->
          throw new Finding(
              schedule, "it works in every order of the threads", thrown.toString(), thrown);
    }
  }
}
