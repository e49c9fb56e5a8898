package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool as a process of its own, on what it takes for a terminal, and when it is ended. */
class ReadyProcessTest {
  @TempDir private Path folder;
  private Path temporary;
  private ToyWorkbook workbook;

  @BeforeEach
  void layOut() throws IOException {
    workbook = new ToyWorkbook(folder);
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  private Process start(boolean terminal, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dreadiness.root=" + workbook.root());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Ready.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("NO_COLOR", "READY_TERMINAL"));
    if (terminal) {
      builder.environment().put("READY_TERMINAL", "1");
    }
    return builder.start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void aTerminalIsToldWhatGoesOnAndThatIsGoneWhenTheResultStands() throws Exception {
    workbook.written("return 1;", "return 2;");

    String wipe = "\r\u001B[K";
    assertThat(output(start(true, "check", "two")))
        .contains(wipe + " Compiling …" + wipe + " Testing 1.2 two …" + wipe)
        .contains("\n" + wipe + " Testing 1.1 one …" + wipe)
        .containsOnlyOnce("Testing 1.1 one")
        .containsOnlyOnce("Testing 1.2 two");
    assertThat(output(start(false, "check", "two")))
        .startsWith(" 1 Count\n")
        .doesNotContain("\r", "\u001B", "Compiling", "Testing");
  }

  @Test
  void nothingIsLeftOfACheckThatIsBrokenOff() throws Exception {
    workbook.withMail("while (true) {}");
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      temporary.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Process process = start(false, "check", "mail", "--only");
      try {
        awaitClassFolder(watch);
        process.toHandle().destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
      } finally {
        process.destroyForcibly();
      }
    }

    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).as("what the check has put aside for its JVM goes with it").isEmpty();
    }
  }

  private static void awaitClassFolder(WatchService watch) throws InterruptedException {
    for (WatchKey key; (key = watch.poll(60, TimeUnit.SECONDS)) != null; key.reset()) {
      for (WatchEvent<?> event : key.pollEvents()) {
        if (event.context().toString().startsWith("readiness-classes-")) {
          return;
        }
      }
    }
    throw new AssertionError("no check by the model checker has begun within a minute");
  }
}
