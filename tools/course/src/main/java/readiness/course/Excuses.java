package readiness.course;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What random mutation of the solutions need not find: {@code solutions/mutants.yaml}.
 *
 * @param file where they stand
 * @param all the mutants that no test notices, each with its reason
 * @param modelChecked why files are left to the model checker, by name: no other test can judge
 *     what threads do to each other in them
 */
public record Excuses(Path file, List<Excuse> all, Map<String, String> modelChecked) {
  private static final String MODEL_CHECKED = "model-checked";

  public Excuses {
    all = List.copyOf(all);
    modelChecked = Map.copyOf(modelChecked);
  }

  /** Reads a workbook's. */
  public static Excuses of(Workbook workbook) {
    List<String> grounds = new ArrayList<>();
    for (Chapter chapter : workbook.course().chapters()) {
      grounds.add(chapter.id());
      chapter.steps().forEach(step -> grounds.add(step.id()));
    }
    return read(workbook.excuses(), grounds);
  }

  /**
   * Reads the file; no excuses where there is none.
   *
   * @param grounds the steps and chapters that may need one
   * @throws Malformed if a field lacks, is not known, or names no ground
   */
  static Excuses read(Path file, Collection<String> grounds) {
    List<Excuse> all = new ArrayList<>();
    Map<String, String> modelChecked = new HashMap<>();
    if (Files.exists(file)) {
      YamlMap yaml = YamlMap.read(file);
      for (String name : yaml.names()) {
        if (name.equals(MODEL_CHECKED)) {
          for (YamlMap each : yaml.maps(name)) {
            each.only("file", "reason");
            modelChecked.put(each.text("file"), each.text("reason"));
          }
        } else if (grounds.contains(name)) {
          yaml.maps(name).forEach(each -> all.add(Excuse.of(each, name)));
        } else {
          throw yaml.problem(name, "'" + name + "' is neither a step nor a chapter");
        }
      }
    }
    return new Excuses(file, all, modelChecked);
  }

  /** The excuses for the code of a step, or for what a chapter gives. */
  public List<Excuse> of(String ground) {
    return all.stream().filter(each -> each.ground().equals(ground)).toList();
  }
}
