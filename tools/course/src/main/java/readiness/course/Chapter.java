package readiness.course;

import java.util.ArrayList;
import java.util.List;

/**
 * A chapter as course.yaml names it. A chapter without steps has text only.
 *
 * @param id the name of its folders, such as {@code 03-epoll}
 * @param packageName the package of its code; empty without steps
 */
public record Chapter(String id, int number, String title, String packageName, List<Step> steps) {
  public Chapter {
    steps = List.copyOf(steps);
  }

  static Chapter of(YamlMap yaml) {
    yaml.only("id", "number", "title", "package", "steps");
    String id = yaml.text("id");
    int number = yaml.number("number");
    List<Step> steps = new ArrayList<>();
    for (YamlMap each : yaml.maps("steps")) {
      steps.add(Step.of(each, id, number + "." + (steps.size() + 1)));
    }
    String packageName = steps.isEmpty() ? "" : yaml.text("package");
    return new Chapter(id, number, yaml.text("title"), packageName, steps);
  }
}
