package readiness.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where something is measured. */
public final class Testbed {
  private Testbed() {}

  /** Processors, kernel and Java, in a line. */
  public static String description() {
    return "%d × %s, Linux %s, %s %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.version"));
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 2))
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
