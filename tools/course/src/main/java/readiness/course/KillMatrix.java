package readiness.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which methods of a step's test each of its mistakes fails, and how each of them ends: measured by
 * {@code ready author mistakes}, and the means by which {@code ready check} guesses a reader's
 * misconception.
 */
public final class KillMatrix {
  private static final String ENDS = ": ";

  /** By step, mistake and method how the method ends; empty where only that it fails is known. */
  private final Map<String, Map<String, Map<String, String>>> failing = new TreeMap<>();

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
          Map<String, String> methods = new TreeMap<>();
          for (String each : mistakes.texts(mistake)) {
            String[] parts = each.split(ENDS, 2);
            methods.put(parts[0], parts.length == 1 ? "" : parts[1]);
          }
          matrix.put(step, mistake, methods);
        }
      }
    }
    return matrix;
  }

  /**
   * Notes which methods of the step's test fail with a mistake, in place of what was noted. One
   * that fails none is not noted.
   *
   * @param methods how each of them ends, in a line; empty if that is not known
   */
  public void put(String step, String mistake, Map<String, String> methods) {
    if (methods.isEmpty()) {
      failing.getOrDefault(step, new TreeMap<>()).remove(mistake);
      return;
    }
    failing.computeIfAbsent(step, _ -> new TreeMap<>()).put(mistake, new TreeMap<>(methods));
  }

  /** Keeps the entries of these mistakes of a step and drops those of others. */
  public void retain(String step, Set<String> mistakes) {
    failing.getOrDefault(step, new TreeMap<>()).keySet().retainAll(mistakes);
  }

  /** How the methods end that a mistake fails; none if the mistake is not known. */
  public Map<String, String> ends(String step, String mistake) {
    return failing.getOrDefault(step, Map.of()).getOrDefault(mistake, Map.of());
  }

  /**
   * The mistakes of a step that fail exactly these methods, each with this end, by id.
   *
   * @param methods how each of them ends
   */
  public List<String> thatFail(String step, Map<String, String> methods) {
    return failing.getOrDefault(step, Map.of()).entrySet().stream()
        .filter(mistake -> areAlike(mistake.getValue(), methods))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean areAlike(Map<String, String> noted, Map<String, String> found) {
    return noted.keySet().equals(found.keySet())
        && noted.keySet().stream().allMatch(method -> endAlike(method, noted, found));
  }

  /** Whether one of these methods at least is noted with the mistake and, if known, this end. */
  public boolean resembles(String step, String mistake, Map<String, String> methods) {
    Map<String, String> noted = ends(step, mistake);
    return noted.keySet().stream()
        .anyMatch(method -> methods.containsKey(method) && endAlike(method, noted, methods));
  }

  private static boolean endAlike(
      String method, Map<String, String> noted, Map<String, String> found) {
    String end = noted.get(method);
    return end.isEmpty() || end.equals(found.get(method));
  }

  /** The matrix as a file. */
  public String toYaml() {
    StringBuilder yaml =
        new StringBuilder(
            """
            # Which methods of a step's test each of its mistakes fails, and how each of them ends.
            # Written by `./ready author mistakes --matrix`; do not edit.
            """);
    failing.forEach((step, mistakes) -> {
      if (!mistakes.isEmpty()) {
        yaml.append(step).append(":\n");
      }
      mistakes.forEach((mistake, methods) -> {
        yaml.append("  ").append(mistake).append(":\n");
        methods.forEach((method, end) ->
            yaml.append("    - ")
                .append(end.isEmpty() ? method : quoted(method + ENDS + end))
                .append('\n'));
      });
    });
    // A file of comments alone would be no mapping.
    return yaml.toString() + (failing.values().stream().allMatch(Map::isEmpty) ? "{}\n" : "");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
