package readiness.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the last trials have proven: for each the digest of all that it depended on. A trial whose
 * digest is still the same need not be made again.
 *
 * <p>It stands in a file of its own, beside the matrix: digests change with every source, the
 * matrix with few, and readers' tools need the matrix alone.
 */
public final class Proven {
  private static final String DIGEST = "[0-9a-f]{16}";

  private final Map<Kind, Map<String, String>> digests = new EnumMap<>(Kind.class);

  /** What is tried. */
  public enum Kind {
    /** Mistakes, as {@code <step>/<id>}. */
    MISTAKES,
    /** Checkpoints, by the step that is solved last; by the chapter where none is. */
    CHECKPOINTS;

    private String field() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Nothing proven. */
  public Proven() {
    for (Kind kind : Kind.values()) {
      digests.put(kind, new TreeMap<>());
    }
  }

  /**
   * Reads what is proven; nothing where there is no such file.
   *
   * @throws Malformed if the file is not as {@link #toYaml} writes it
   */
  public static Proven read(Path file) {
    Proven proven = new Proven();
    if (Files.exists(file)) {
      YamlMap yaml = YamlMap.read(file).only(Kind.MISTAKES.field(), Kind.CHECKPOINTS.field());
      for (Kind kind : Kind.values()) {
        if (yaml.has(kind.field())) {
          YamlMap digests = yaml.map(kind.field());
          for (String trial : digests.names()) {
            String digest = digests.text(trial);
            if (!digest.matches(DIGEST)) {
              throw digests.problem(trial, "'" + digest + "' is not a digest of 16 digits");
            }
            proven.note(kind, trial, digest);
          }
        }
      }
    }
    return proven;
  }

  /** The digest of the last trial that went well; empty if none did. */
  public Optional<String> digest(Kind kind, String trial) {
    return Optional.ofNullable(of(kind).get(trial));
  }

  /** Notes that a trial went well. */
  public void note(Kind kind, String trial, String digest) {
    of(kind).put(trial, digest);
  }

  /** Forgets a trial that did not go well. */
  public void forget(Kind kind, String trial) {
    of(kind).remove(trial);
  }

  /** Forgets all trials but these. */
  public void retain(Kind kind, Set<String> trials) {
    of(kind).keySet().retainAll(trials);
  }

  private Map<String, String> of(Kind kind) {
    return digests.getOrDefault(kind, Map.of());
  }

  /** What is proven as a file. */
  public String toYaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            # What was proven last: for each trial a digest of the sources that it depended on.
            # Written by `./ready author mistakes --matrix` and `checkpoints --note`; do not edit.
            """);
    for (Kind kind : Kind.values()) {
      if (!of(kind).isEmpty()) {
        yaml.append(kind.field()).append(":\n");
        of(kind).forEach((trial, digest) -> yaml.append("  %s: \"%s\"\n".formatted(trial, digest)));
      }
    }
    // A file of comments alone would be no mapping.
    return yaml.toString() + (digests.values().stream().allMatch(Map::isEmpty) ? "{}\n" : "");
  }
}
