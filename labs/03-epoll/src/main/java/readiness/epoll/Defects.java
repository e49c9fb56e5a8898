package readiness.epoll;

import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;

/**
 * What protocols have thrown: counted, and logged, each place that throws once. Whose connection it
 * was on, that one is closed; the others are served on.
 *
 * <p>Nothing is thrown by it, and nothing is loaded when the first defect comes: that may be when
 * no descriptor is left to open a file with, and the first line that a log writes opens the time
 * zones'.
 */
public final class Defects implements Consumer<Throwable> {
  private static final System.Logger LOG = System.getLogger("readiness.epoll");

  /** So many places are remembered; a protocol that has more of them is logged each time. */
  private static final int PLACES = 256;

  static {
    Throwable example = new IllegalStateException("an example");
    LogRecord line = new LogRecord(java.util.logging.Level.INFO, example.getMessage());
    line.setThrown(example);
    String unused = new SimpleFormatter().format(line);
  }

  private final Set<String> logged = new HashSet<>();
  private long count;

  /** With none so far. */
  public Defects() {}

  /** How many there were. From any thread. */
  public synchronized long count() {
    return count;
  }

  /** Takes note of one. From any thread. */
  @Override
  public synchronized void accept(Throwable defect) {
    count++;
    try {
      StackTraceElement[] stack = defect.getStackTrace();
      String place = defect.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
      if (logged.size() < PLACES ? logged.add(place) : !logged.contains(place)) {
        LOG.log(Level.ERROR, "a connection is closed, since what serves it has a defect", defect);
      }
    } catch (Throwable e) {
      // Out of memory, most likely. It is counted.
    }
  }

  /**
   * Throws it as it is, also if nobody has declared it: for a loop whose protocols are on trial.
   * Given to {@link EventLoop#onDefect}, it ends the turn and reaches the caller of {@link
   * EventLoop#run}.
   */
  public static void rethrow(Throwable defect) {
    Defects.<RuntimeException>sneak(defect);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable defect) throws E {
    throw (E) defect;
  }

  /**
   * Throws it if it is meant for whoever turns the loop: a gap that is not written yet, or a test's
   * finding. Both would read worse as what follows from a connection that was closed for them.
   */
  static void unlessMeant(Throwable defect) {
    if (defect instanceof NotYet gap) {
      throw gap;
    }
    if (defect instanceof Finding finding) {
      throw finding;
    }
  }
}
