package readiness.course;

import java.util.List;

/**
 * A step as course.yaml names it.
 *
 * @param id how it is stored and asked for; never changes
 * @param chapter the id of its chapter, which is the name of the chapter's folders
 * @param number what a reader sees, such as {@code 3.5}; computed from the order
 * @param files what is to be edited, relative to the chapter's {@code src/main/java}
 * @param test the test class's full name
 * @param optional whether a reader may pass it by
 * @param modelChecked whether its tests try the orders of threads one by one, which takes a JVM of
 *     its own and seconds
 */
public record Step(
    String id,
    String chapter,
    String number,
    String title,
    int points,
    int minutes,
    List<String> files,
    String test,
    boolean optional,
    boolean modelChecked) {
  public Step {
    files = List.copyOf(files);
  }

  static Step of(YamlMap yaml, String chapter, String number) {
    yaml.only("id", "title", "points", "minutes", "files", "test", "optional", "model-checked");
    Step step =
        new Step(
            yaml.text("id"),
            chapter,
            number,
            yaml.text("title"),
            yaml.number("points"),
            yaml.number("minutes"),
            yaml.texts("files"),
            yaml.text("test"),
            yaml.flag("optional"),
            yaml.flag("model-checked"));
    if (!step.id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw yaml.problem(
          "id", "id '%s' should be words in lower case joined by '-'".formatted(step.id));
    }
    if (step.files.isEmpty()) {
      throw yaml.problem("files", "field 'files' names no file");
    }
    return step;
  }
}
