package readiness.ready.book;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import readiness.ready.Desk;
import readiness.ready.NotRight;
import readiness.ready.Screen;

/**
 * Has the book made, by the generator in a process of its own: it brings JRuby along, which this
 * tool does without.
 */
public final class BookBuild {
  private static final int LAST_LINES = 15;

  private final Desk desk;

  /** For the workbook of this desk. */
  public BookBuild(Desk desk) {
    this.desk = desk;
  }

  /** Makes the book if a source is younger than it is; shows one line of progress. */
  public void run() throws IOException, InterruptedException {
    Path root = desk.workbook().root();
    Path jar = root.resolve("tools/book/target/book.jar");
    if (!Files.isRegularFile(jar)) {
      throw new NotRight(
          "the book's generator is not built: no " + desk.shown(jar) + ".",
          "Call ./ready start, which builds it; or mvn -pl tools/book -am -Dmaven.test.skip"
              + " package");
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--sun-misc-unsafe-memory-access=allow",
                    // A fifth of an edit's cost is loading JRuby's classes; the JVM keeps them
                    // here,
                    // and says more about that than a reader wants to know.
                    "-XX:+AutoCreateSharedArchive",
                    "-XX:SharedArchiveFile=" + jar.resolveSibling("book.jsa"),
                    "-Xlog:disable",
                    "-jar",
                    jar.toString(),
                    "--if-changed",
                    root.toString(),
                    BookServer.book(desk.workbook()).toString()))
            .redirectErrorStream(true)
            .start();
    Thread stop = new Thread(process::destroyForcibly, "stop-the-book");
    Runtime.getRuntime().addShutdownHook(stop);
    Deque<String> last = follow(process);
    int status = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stop);
    if (status != 0) {
      last.forEach(desk.screen()::line);
      throw new NotRight(
          "the book could not be made (status %d), see above.".formatted(status),
          "If you have not changed chapters/ or solutions/, please report it.");
    }
  }

  private Deque<String> follow(Process process) throws IOException {
    Screen screen = desk.screen();
    Deque<String> last = new ArrayDeque<>();
    boolean begun = false;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        last.addLast(line);
        if (last.size() > LAST_LINES) {
          last.removeFirst();
        }
        if (screen.colour()) {
          screen.passing("Making the book … " + line);
        } else if (!begun) {
          screen.line("Making the book …");
          begun = true;
        }
      }
    }
    screen.wipe();
    return last;
  }
}
