package readiness.book;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import readiness.course.Workbook;

/**
 * What a text is made from, written down while it is made: files, and which Java files a folder
 * has. An input is written down before it is read, so that one that changes in between is one that
 * has changed.
 */
final class Inputs {
  private static final String FILE = "file ";
  private static final String EXISTS = "exists ";
  private static final String NAMES = "names ";

  private final Path root;

  /** Of what is in the folders now; one build looks at each file once. */
  private final Map<String, String> now;

  private final TreeMap<String, String> noted = new TreeMap<>();

  Inputs(Path root) {
    this(root, new HashMap<>());
  }

  private Inputs(Path root, Map<String, String> now) {
    this.root = root;
    this.now = now;
  }

  /** For another text of the same build. */
  Inputs ofAnother() {
    return new Inputs(root, now);
  }

  void file(Path file) {
    note(FILE + root.relativize(file.toAbsolutePath().normalize()));
  }

  /** Notes whether there is such a file, whatever it holds. */
  void existence(Path file) {
    note(EXISTS + root.relativize(file.toAbsolutePath().normalize()));
  }

  /** Notes which Java files there are below a folder, whatever they hold. */
  void names(Path folder) {
    note(NAMES + root.relativize(folder));
  }

  private void note(String input) {
    noted.put(input, digestOf(input));
  }

  /** What was noted, with a digest of each. */
  TreeMap<String, String> noted() {
    return noted;
  }

  /** Whether inputs that were noted by an earlier build are as they were. */
  boolean areStill(Map<String, String> before) {
    return before.entrySet().stream()
        .allMatch(input -> digestOf(input.getKey()).equals(input.getValue()));
  }

  private String digestOf(String input) {
    return now.computeIfAbsent(input, this::look);
  }

  private String look(String input) {
    Path path = root.resolve(input.substring(input.indexOf(' ') + 1));
    if (input.startsWith(FILE)) return ofFile(path);
    if (input.startsWith(EXISTS)) return String.valueOf(Files.isRegularFile(path));
    return digest(Workbook.names(path).toString());
  }

  private static String ofFile(Path file) {
    try {
      return Files.isRegularFile(file) ? digest(Files.readAllBytes(file)) : "missing";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String digest(String text) {
    return digest(text.getBytes(UTF_8));
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
