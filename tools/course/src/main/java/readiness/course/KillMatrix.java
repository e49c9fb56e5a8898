package readiness.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which methods of a step's test each of its mistakes fails: measured by {@code ready author
 * mistakes}, and the means by which {@code ready check} guesses a reader's misconception.
 */
public final class KillMatrix {
  private final Map<String, Map<String, Set<String>>> failing = new TreeMap<>();

  /** A matrix without entries. */
  public KillMatrix() {}

  /**
   * Reads a matrix; an empty one where there is no such file.
   *
   * @throws Malformed if the file is not as {@link #toYaml} writes it
   */
  public static KillMatrix read(Path file) {
    KillMatrix matrix = new KillMatrix();
    if (Files.exists(file)) {
      YamlMap steps = YamlMap.read(file);
      for (String step : steps.names()) {
        YamlMap mistakes = steps.map(step);
        for (String mistake : mistakes.names()) {
          matrix.put(step, mistake, Set.copyOf(mistakes.texts(mistake)));
        }
      }
    }
    return matrix;
  }

  /** Notes which methods of the step's test fail with a mistake, in place of what was noted. */
  public void put(String step, String mistake, Set<String> methods) {
    failing.computeIfAbsent(step, _ -> new TreeMap<>()).put(mistake, new TreeSet<>(methods));
  }

  /** Keeps the entries of these mistakes of a step and drops those of others. */
  public void retain(String step, Set<String> mistakes) {
    failing.getOrDefault(step, new TreeMap<>()).keySet().retainAll(mistakes);
  }

  /** The methods that a mistake fails; none if it is not known. */
  public Set<String> methods(String step, String mistake) {
    return failing.getOrDefault(step, Map.of()).getOrDefault(mistake, Set.of());
  }

  /** The mistakes of a step that fail exactly these methods, by id. */
  public List<String> thatFail(String step, Set<String> methods) {
    return failing.getOrDefault(step, Map.of()).entrySet().stream()
        .filter(mistake -> mistake.getValue().equals(methods))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The matrix as a file. */
  public String toYaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            # Which methods of a step's test each of its mistakes fails.
            # Written by `./ready author mistakes --matrix solutions/mistakes.yaml`; do not edit.
            """);
    failing.forEach((step, mistakes) -> {
      if (!mistakes.isEmpty()) {
        yaml.append(step).append(":\n");
      }
      mistakes.forEach((mistake, methods) -> {
        yaml.append("  ").append(mistake).append(":\n");
        methods.forEach(method -> yaml.append("    - ").append(method).append('\n'));
      });
    });
    return yaml.toString();
  }
}
