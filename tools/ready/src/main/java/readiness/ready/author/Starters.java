package readiness.ready.author;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import readiness.course.Chapter;
import readiness.course.Malformed;
import readiness.course.Source;
import readiness.course.Workbook;

/**
 * The starters of a chapter as files in its lab.
 *
 * <p>Beside them lies {@code starters.sha256}, which says what was written last, in the format of
 * sha256sum(1). A file that is neither what was written last nor what is to be written now was
 * changed by hand, and is not overwritten without being asked for.
 */
final class Starters {
  /** The name of the list of digests. */
  static final String DIGESTS = "starters.sha256";

  private static final String SOURCES = "src/main/java/";

  private final Path lab;
  private final Map<String, String> fresh = new TreeMap<>();
  private final Map<String, String> written;

  /** What is to become of a file. */
  enum State {
    SAME("is as the solution gives it"),
    NEW("is missing"),
    OLD("is not what the solution gives now"),
    GONE("has no source in the solution any more"),
    BY_HAND("was changed by hand");

    final String words;

    State(String words) {
      this.words = words;
    }
  }

  /**
   * A file and what is to become of it.
   *
   * @param name relative to the lab
   */
  record Entry(String name, State state) {}

  /**
   * @throws Malformed if a source of the solution is
   */
  Starters(Workbook workbook, Chapter chapter) throws IOException {
    lab = workbook.labs().resolve(chapter.id());
    for (Source source : workbook.sources(chapter)) {
      fresh.put(SOURCES + source.name(), Starter.of(source));
    }
    written = digests(lab.resolve(DIGESTS));
  }

  /** Every file that is here, was here or is to be here, in order of name. */
  List<Entry> entries() throws IOException {
    Map<String, State> states = new TreeMap<>();
    for (Map.Entry<String, String> each : fresh.entrySet()) {
      states.put(each.getKey(), state(each.getKey(), each.getValue()));
    }
    for (Map.Entry<String, String> each : written.entrySet()) {
      Path file = lab.resolve(each.getKey());
      if (!fresh.containsKey(each.getKey()) && Files.exists(file)) {
        boolean untouched = digest(Files.readString(file)).equals(each.getValue());
        states.put(each.getKey(), untouched ? State.GONE : State.BY_HAND);
      }
    }
    List<Entry> entries = new ArrayList<>();
    states.forEach((name, state) -> entries.add(new Entry(name, state)));
    return entries;
  }

  private State state(String name, String text) throws IOException {
    Path file = lab.resolve(name);
    if (!Files.exists(file)) {
      return State.NEW;
    }
    String there = Files.readString(file);
    if (there.equals(text)) {
      return State.SAME;
    }
    return digest(there).equals(written.get(name)) ? State.OLD : State.BY_HAND;
  }

  /** Makes the file what the solution gives, and removes it where that gives none. */
  void write(Entry entry) throws IOException {
    Path file = lab.resolve(entry.name());
    String text = fresh.get(entry.name());
    if (text == null) {
      Files.delete(file);
    } else {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  /** What {@link #write} would change, one line for each, beginning with the file. */
  List<String> differences() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Entry each : entries()) {
      if (each.state() != State.SAME) {
        differences.add(each.name() + ": " + each.state().words);
      }
    }
    if (!written.equals(freshDigests())) {
      differences.add(DIGESTS + ": is not what the solution gives now");
    }
    return differences;
  }

  /** Notes what was written. */
  void writeDigests() throws IOException {
    StringBuilder lines = new StringBuilder();
    freshDigests().forEach((name, digest) -> lines.append(digest + "  " + name + "\n"));
    Files.createDirectories(lab);
    Files.writeString(lab.resolve(DIGESTS), lines);
  }

  private Map<String, String> freshDigests() {
    Map<String, String> digests = new TreeMap<>();
    fresh.forEach((name, text) -> digests.put(name, digest(text)));
    return digests;
  }

  private static Map<String, String> digests(Path file) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    if (Files.exists(file)) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String[] parts = line.split("  ", 2);
        if (parts.length != 2) {
          throw new Malformed(
              file, number, "expected '<digest>  <file>'; remove the file to begin anew");
        }
        digests.put(parts[1], parts[0]);
      }
    }
    return digests;
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
