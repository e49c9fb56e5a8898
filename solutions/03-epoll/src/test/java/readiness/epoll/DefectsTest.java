package readiness.epoll;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is counted and logged of protocols' defects, which is given. */
final class DefectsTest {
  private static final int PLACES = 256;

  private final Logger logger = Logger.getLogger("readiness.epoll");
  private final List<LogRecord> lines = new ArrayList<>();
  private final Defects defects = new Defects();
  private final Story story = new Story(5);

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void leave() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  @Test
  @DisplayName("each is counted, and each place that throws is logged once")
  void once() {
    expectLines(1, thrownAt(1));
    expectLines(1, thrownAt(1));
    expectLines(2, thrownAt(2));
    story.expect(defects.count() == 3, "3 counted", defects.count() + " counted");
    story.expect(
        lines.getFirst().getThrown() != null, "the defect itself in the log", "a line without it");
  }

  @Test
  @DisplayName("a defect that knows no place, as the JVM throws some, is logged once as well")
  void withoutStack() {
    for (int i = 0; i < 2; i++) {
      Throwable defect = new NullPointerException("somewhere");
      defect.setStackTrace(new StackTraceElement[0]);
      expectLines(1, defect);
    }
  }

  @Test
  @DisplayName("256 places are remembered; one more is logged each time, and they are not")
  void manyPlaces() {
    for (int line = 1; line <= PLACES; line++) {
      expectLines(line, thrownAt(line));
    }
    expectLines(PLACES + 1, thrownAt(PLACES + 1));
    expectLines(PLACES + 2, thrownAt(PLACES + 1));
    expectLines(PLACES + 2, thrownAt(PLACES));
  }

  @Test
  @DisplayName("for a loop on trial it is thrown as it is")
  void rethrown() {
    Throwable defect = new Exception("nobody has declared it");
    Throwable caught = null;
    try {
      Defects.rethrow(defect);
    } catch (Throwable e) {
      caught = e;
    }
    story.expect(caught == defect, "the very defect thrown", "" + caught);
  }

  private static Throwable thrownAt(int line) {
    Throwable defect = new IllegalStateException("a bug");
    defect.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("Shop", "sell", "Shop.java", line)});
    return defect;
  }

  private void expectLines(int wanted, Throwable defect) {
    defects.accept(defect);
    story.then("%s", defect).then("%d lines in the log", lines.size());
    story.expect(lines.size() == wanted, wanted + " lines in the log", "" + lines.size());
  }
}
