package readiness.ready.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import readiness.epoll.Trigger;
import readiness.ready.child.TraceFile;

/**
 * Plays a story on a reader's loop and leaves its recording in a file. A test to those who run it:
 * what goes wrong is reported as a test's failure is.
 */
public final class Performance {
  /** The name of the one test's class. */
  public static final String NAME = "readiness.ready.story.Performance";

  /** System properties: the story's id, the seed, the file, and how to play it. */
  public static final String STORY = "readiness.trace.story";

  public static final String SEED = "readiness.trace.seed";
  public static final String FILE = "readiness.trace.file";
  public static final String REAL = "readiness.trace.real";
  public static final String EDGE = "readiness.trace.edge";

  /** How long a story may take before it is given up, in milliseconds. */
  public static final String PATIENCE = "readiness.trace.patience";

  /** So many calls are kept, the last ones: more than a story takes, unless the loop spins. */
  public static final int KEPT = 1 << 17;

  private static final Duration WARM_UP = Duration.ofSeconds(1);

  @Test
  void plays() throws Throwable {
    Story story = Story.of(System.getProperty(STORY)).orElseThrow();
    long seed = Long.parseUnsignedLong(System.getProperty(SEED), 16);
    Trigger trigger = Boolean.getBoolean(EDGE) ? Trigger.EDGE : Trigger.LEVEL;
    Duration patience = Duration.ofMillis(Long.getLong(PATIENCE));
    if (Boolean.getBoolean(REAL)) {
      // The first times Java is busy loading classes, and a picture would show just that.
      long warm = System.nanoTime() + WARM_UP.toNanos();
      do {
        play(story, seed, new RealStage(trigger, patience), patience);
      } while (System.nanoTime() - warm < 0);
      play(story, seed, new RealStage(trigger, patience), patience);
    } else {
      play(story, seed, new SimulatedStage(seed, trigger, story.menu()), patience);
    }
  }

  private static void play(Story story, long seed, Stage stage, Duration patience)
      throws Throwable {
    Path file = Path.of(System.getProperty(FILE));
    Thread later =
        Thread.ofPlatform().daemon().start(() -> writeLater(file, stage, patience.multipliedBy(2)));
    try {
      stage.open(story.idleLimit());
      story.tell(stage, new Random(seed));
      stage.play();
    } finally {
      later.interrupt();
      later.join();
      TraceFile.write(file, stage.entries());
    }
  }

  /** When code spins in itself, no call shows it: what came before is all there is to be drawn. */
  private static void writeLater(Path file, Stage stage, Duration delay) {
    try {
      Thread.sleep(delay);
      TraceFile.write(file, stage.entries());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      // It has ended in time.
    }
  }
}
