package readiness.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where something was measured, in a line. */
final class Machine {
  private Machine() {}

  static String description() throws IOException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return "%d × %s, Linux %s, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model,
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.version"));
  }
}
