package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Workbook;
import readiness.ready.Desk;
import readiness.ready.Progress;
import readiness.ready.Screen;

/** A reader saves and presses keys; what is printed is read back line by line. */
class WatchTest {
  @TempDir private Path folder;

  @Test
  void checksOnEverySaveAndListensToKeys() throws Exception {
    ToyWorkbook toy = new ToyWorkbook(folder);
    Workbook workbook = Workbook.around(toy.root());
    PipedOutputStream keys = new PipedOutputStream();
    Lines lines = new Lines();
    Terminal terminal =
        TerminalBuilder.builder()
            .system(false)
            .type(Terminal.TYPE_DUMB)
            .streams(new PipedInputStream(keys), OutputStream.nullOutputStream())
            .build();
    Desk desk =
        new Desk(
            workbook,
            new Progress(toy.root().resolve(".ready")),
            new Screen(new PrintWriter(lines, true), false, 96));
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try (Watch watch = new Watch(desk, workbook.course().step("one").orElseThrow())) {
      Future<?> watching =
          reader.submit(() -> {
            watch.run(terminal);
            return null;
          });

      lines.await("Not written yet");
      toy.written("return 1;", "throw new NotYet(\"two\");");
      lines.await("✓ 1.1 one");
      lines.await("Passed: one, 10 points");
      toy.written("return 1", "throw new NotYet(\"two\");");
      lines.await("Toy.java:7: ';' expected");
      toy.written("while (true) {}", "throw new NotYet(\"two\");");
      toy.written("return 1;", "throw new NotYet(\"two\");");
      lines.await("✓ 1.1 one");
      keys.write('h');
      keys.flush();
      lines.await("hint 1 of 2");
      keys.write("\u001B[A".getBytes());
      keys.write('n');
      keys.flush();
      lines.await("· 1.2 two");
      keys.write('q');
      keys.flush();
      watching.get(30, TimeUnit.SECONDS);
    } finally {
      reader.shutdownNow();
    }
    assertThat(Files.readString(toy.root().resolve(".ready/progress")))
        .contains("one hints 1", "one passed ");
  }

  /** What was printed, to be waited for. */
  private static final class Lines extends java.io.Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public synchronized void write(char[] buffer, int offset, int length) {
      text.append(buffer, offset, length);
      notifyAll();
    }

    /** Waits for the words, and forgets everything up to them. */
    synchronized void await(String words) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (text.indexOf(words) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("waited for '" + words + "', and this was printed: " + text);
        }
        wait(left);
      }
      text.delete(0, text.indexOf(words) + words.length());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
