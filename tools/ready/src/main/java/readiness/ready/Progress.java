package readiness.ready;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import readiness.course.Step;

/**
 * What a reader has reached, by step id, in {@code .ready/progress}: lines of {@code <step> passed
 * <time>} and {@code <step> hints <count>}. It is a note of what checks found, and proves nothing:
 * a step that fails later is no longer passed.
 */
public final class Progress {
  private static final Set<String> KEYS = Set.of("passed", "hints");

  private final Path file;
  private final Map<String, String> entries = new TreeMap<>();

  /**
   * Reads what was noted.
   *
   * @param folder the reader's own, {@code .ready}
   * @throws NotRight if the file there is not such a note
   */
  public Progress(Path folder) {
    file = folder.resolve("progress");
    int number = 0;
    for (String line : lines()) {
      number++;
      String[] fields = line.split(" ");
      if (fields.length != 3
          || !KEYS.contains(fields[1])
          || fields[1].equals("hints") && !fields[2].matches("[0-9]{1,4}")) {
        throw new NotRight(
            "%s, line %d: '%s' is not '<step> passed <time>' or '<step> hints <count>'."
                .formatted(file, number, line),
            "Remove the line, or the file: checks write it anew.");
      }
      entries.put(fields[0] + " " + fields[1], fields[2]);
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new NotRight(
          "cannot read " + file + " (" + e.getClass().getSimpleName() + ").",
          "Make it a text file that you may read, or remove it.");
    }
  }

  /** Whether the step passed when it was last checked. */
  public boolean passed(Step step) {
    return entries.containsKey(step.id() + " passed");
  }

  /** How many hints of the step have been shown. */
  public int hints(Step step) {
    return Integer.parseInt(entries.getOrDefault(step.id() + " hints", "0"));
  }

  /** Notes how a check ended. */
  public void passed(Step step, boolean passed) {
    String key = step.id() + " passed";
    if (passed) {
      entries.putIfAbsent(key, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    } else {
      entries.remove(key);
    }
  }

  /** Notes that so many hints of the step have been shown. */
  public void hints(Step step, int shown) {
    entries.put(step.id() + " hints", String.valueOf(shown));
  }

  /** Writes it down, whole or not at all. */
  public void save() {
    String text =
        entries.entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      WholeFile.write(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
