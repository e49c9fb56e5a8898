package readiness.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured, for other programs: names and values that go into a JSON file. */
final class Report {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  /** With the date, the machine and how JVMs were started. */
  Report(String kind) {
    put("measured", kind);
    put("date", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    put("machine", machine());
    put("flags", Jvm.FLAGS);
  }

  void put(String name, Object value) {
    entries.put(name, value);
  }

  /** Where and with what this was measured, in a line. */
  static String machine() {
    return "%d × %s, Linux %s, %s %s, %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.version"),
            NettyServer.version());
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

  /** Writes it to the file, if there is to be one. */
  void write(@Nullable Path json, Screen screen) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    write(json, mapper.writeValueAsString(entries) + "\n", screen);
  }

  /** Writes a file, if there is to be one, and says so. */
  static void write(@Nullable Path file, String text, Screen screen) {
    if (file == null) {
      return;
    }
    Path here = Path.of("").toAbsolutePath();
    Path shown = file.startsWith(here) ? here.relativize(file) : file;
    try {
      Files.writeString(file, text);
      screen.line(" Written to " + shown);
    } catch (IOException e) {
      throw new Stopped(Stopped.NOT_RIGHT, "cannot write " + shown + ": " + e.getMessage());
    }
  }
}
