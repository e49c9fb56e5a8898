package readiness.ready.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Examination;
import readiness.ready.Screen;
import readiness.ready.check.Checker;
import readiness.ready.check.Verdict;
import readiness.ready.view.Commentary;
import readiness.ready.view.Farewell;
import readiness.ready.view.VerdictText;

/**
 * The loop behind {@code ready watch}: waits for a key or a save, checks on a thread of its own so
 * that a save or a key can call off a check, and keeps compiler and child JVM warm between checks.
 */
final class Watch implements AutoCloseable {
  /** How long to wait for a key before looking at the files again. */
  private static final int MILLIS_BETWEEN_LOOKS = 40;

  /** How long files must keep still: editors write in several goes. */
  private static final int MILLIS_TO_SETTLE = 15;

  /** What a terminal sends as one sequence comes at once; a finger takes longer. */
  private static final int MILLIS_WITHIN_SEQUENCE = 5;

  private static final int NO_KEY = -2;
  private static final int INTERRUPT = 3;
  private static final int END = 4;
  private static final int ESCAPE = 27;

  private Desk desk;
  private final Checker checker;
  private final ExecutorService worker = Executors.newSingleThreadExecutor();
  private Step step;
  private boolean whole;
  private @Nullable Future<?> check;

  Watch(Desk desk, Step step) {
    this.desk = desk;
    this.step = step;
    this.checker = new Checker(new Commentary(desk, this::clear), desk.classes());
  }

  /** Watches until the reader quits. */
  void run() throws Exception {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      run(terminal);
    }
  }

  void run(Terminal terminal) throws Exception {
    Attributes before = terminal.enterRawMode();
    try {
      loop(terminal);
    } finally {
      terminal.setAttributes(before);
      desk.screen().line();
    }
  }

  private void loop(Terminal terminal) throws Exception {
    Snapshot seen = look();
    Screen screen = desk.screen();
    screen.line(" " + screen.dim("checking %s %s …".formatted(step.number(), step.id())));
    screen.out().flush();
    begin();
    while (true) {
      int key = key(terminal);
      switch (key) {
        case 'q', INTERRUPT, END -> {
          return;
        }
        case ESCAPE -> skipSequence(terminal);
        case 'h' -> {
          callOff();
          clear();
          desk = desk.anew();
          HintCommand.show(desk, step);
          footer();
        }
        case 'n' -> {
          desk.next(step).ifPresent(next -> step = next);
          whole = false;
          begin();
        }
        case 'a' -> {
          whole = true;
          begin();
        }
        default -> {}
      }
      Snapshot now = look();
      if (!now.equals(seen)) {
        seen = settled(now);
        begin();
      }
    }
  }

  /** A key, or nothing within a moment; without a terminal there are no keys, only saves. */
  private static int key(Terminal terminal) throws IOException, InterruptedException {
    int key = terminal.reader().read(MILLIS_BETWEEN_LOOKS);
    if (key == -1) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
      return NO_KEY;
    }
    return key;
  }

  /**
   * Arrow keys, and what terminals answer when they are asked what they can do: the letters in them
   * are no keys. After {@code ESC [} come parameters and one final character from @ to ~; after any
   * other introducer, one character.
   */
  private static void skipSequence(Terminal terminal) throws IOException {
    boolean parameters = terminal.reader().read(MILLIS_WITHIN_SEQUENCE) == '[';
    int next;
    do {
      next = terminal.reader().read(MILLIS_WITHIN_SEQUENCE);
    } while (parameters && next >= ' ' && next < '@');
  }

  private Snapshot look() throws IOException {
    Chapter chapter = desk.course().chapter(step);
    List<Path> folders = List.of(desk.workbook().starter(chapter), desk.workbook().tests(chapter));
    return Snapshot.of(folders);
  }

  private Snapshot settled(Snapshot changed) throws IOException, InterruptedException {
    Snapshot last = changed;
    while (true) {
      Thread.sleep(MILLIS_TO_SETTLE);
      Snapshot next = look();
      if (next.equals(last)) {
        return next;
      }
      last = next;
    }
  }

  private void begin() throws InterruptedException {
    callOff();
    desk = desk.anew();
    check = worker.submit(this::check);
  }

  private void callOff() throws InterruptedException {
    if (check != null) {
      check.cancel(true);
      try {
        // Wait for the worker, not for the check: a cancelled future is done at once.
        worker.submit(() -> {}).get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
      check = null;
    }
  }

  private void check() {
    try {
      List<Step> steps = whole ? desk.course().chapter(step).steps() : desk.asFarAs(step);
      Examination examination = Examination.of(desk, steps, whole ? null : step).getFirst();
      long begun = System.nanoTime();
      Verdict verdict = checker.run(examination.request(desk.workbook(), false, null, false));
      long millis = (System.nanoTime() - begun) / 1_000_000;
      clear();
      VerdictText.printTitle(desk, examination);
      new VerdictText(desk, examination, verdict).print();
      ProgressNotes.take(desk, examination, verdict, false);
      if (verdict.passed()) {
        Farewell.print(desk, steps, null);
      }
      desk.screen().line();
      desk.screen().line(" " + desk.screen().dim("checked in %d ms".formatted(millis)));
      footer();
      checker.prepare();
    } catch (InterruptedException e) {
      // A key or a save called it off.
      desk.screen().wipe();
    } catch (IOException | RuntimeException e) {
      desk.screen().wipe();
      desk.screen().line(" The check could not be made: " + e.getMessage());
      footer();
    }
  }

  private void footer() {
    Screen screen = desk.screen();
    screen.line(
        " " + screen.dim("h hint   n next   a all   q quit   – checks again on every save"));
    screen.out().flush();
  }

  private void clear() {
    if (desk.screen().colour()) {
      desk.screen().out().print("\u001B[H\u001B[2J\u001B[3J");
    } else {
      desk.screen().line();
    }
  }

  @Override
  public void close() throws InterruptedException {
    callOff();
    worker.shutdownNow();
    checker.close();
  }
}
