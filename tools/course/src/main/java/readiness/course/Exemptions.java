package readiness.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tests that may pass though nothing of their step is written: {@code solutions/hollow.yaml}. They
 * see to it that what was right before stays right.
 */
public final class Exemptions {
  /** By step, by test method. */
  private final Map<String, Map<String, String>> reasons = new HashMap<>();

  private Exemptions() {}

  /**
   * Reads the file; no exemptions where there is none.
   *
   * @param steps the steps that there are
   * @throws Malformed if a field lacks, is not known, or names no step
   */
  public static Exemptions read(Path file, Collection<String> steps) {
    Exemptions exemptions = new Exemptions();
    if (Files.exists(file)) {
      YamlMap yaml = YamlMap.read(file);
      for (String step : yaml.names()) {
        if (!steps.contains(step)) {
          throw yaml.problem(step, "no step '%s' in course.yaml".formatted(step));
        }
        Map<String, String> ofStep = new HashMap<>();
        for (YamlMap each : yaml.maps(step)) {
          each.only("test", "reason");
          ofStep.put(each.text("test"), each.text("reason"));
        }
        exemptions.reasons.put(step, ofStep);
      }
    }
    return exemptions;
  }

  /** The test methods of a step that may pass. */
  public Set<String> of(String step) {
    return reasons.getOrDefault(step, Map.of()).keySet();
  }
}
