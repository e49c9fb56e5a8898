package readiness.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured, for other programs: names and values that go into a JSON file. */
public final class ResultFile {
  private final Map<String, Object> entries = new LinkedHashMap<>();

  /**
   * With the date.
   *
   * @param kind what was measured
   * @param machine where and with what
   * @param flags how JVMs were started
   */
  public ResultFile(String kind, String machine, List<String> flags) {
    put("measured", kind);
    put("date", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    put("machine", machine);
    put("flags", flags);
  }

  /** Adds an entry. */
  public void put(String name, Object value) {
    entries.put(name, value);
  }

  /** Writes it to the file, if there is to be one. */
  public void write(@Nullable Path json, Display display) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    write(json, mapper.writeValueAsString(entries) + "\n", display);
  }

  /** Writes a file, if there is to be one, and says so. */
  public static void write(@Nullable Path file, String text, Display display) {
    if (file == null) {
      return;
    }
    Path here = Path.of("").toAbsolutePath();
    Path shown = file.startsWith(here) ? here.relativize(file) : file;
    try {
      Files.writeString(file, text);
      display.line(" Written to " + shown);
    } catch (IOException e) {
      throw new Stopped(Stopped.NOT_RIGHT, "cannot write " + shown + ": " + e.getMessage());
    }
  }
}
