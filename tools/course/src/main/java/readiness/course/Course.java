package readiness.course;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The table of contents: {@code chapters/course.yaml}. */
public record Course(String title, String subtitle, List<Chapter> chapters) {
  public Course {
    chapters = List.copyOf(chapters);
  }

  /**
   * Reads the table of contents.
   *
   * @throws Malformed if it is missing, is not YAML, lacks a field, has one that is not known, or
   *     uses a chapter's or step's id or number twice
   */
  public static Course read(Path file) {
    YamlMap yaml = YamlMap.read(file).only("title", "subtitle", "chapters");
    Course course =
        new Course(
            yaml.text("title"),
            yaml.text("subtitle"),
            yaml.maps("chapters").stream().map(Chapter::of).toList());
    refuseDuplicates(yaml);
    return course;
  }

  /** All steps in order. */
  public List<Step> steps() {
    return chapters.stream().flatMap(chapter -> chapter.steps().stream()).toList();
  }

  /** The step with this id, or with this number as readers see it ({@code 3.5}). */
  public Optional<Step> step(String idOrNumber) {
    return steps().stream()
        .filter(step -> step.id().equals(idOrNumber) || step.number().equals(idOrNumber))
        .findFirst();
  }

  /** The chapter with this id ({@code 03-epoll}), name ({@code epoll}) or number ({@code 3}). */
  public Optional<Chapter> chapter(String idOrNumber) {
    Predicate<Chapter> asked =
        chapter ->
            chapter.id().equals(idOrNumber)
                || chapter.id().replaceFirst("^[0-9]+-", "").equals(idOrNumber)
                || String.valueOf(chapter.number()).equals(idOrNumber);
    return chapters.stream().filter(asked).findFirst();
  }

  /** The chapter that a step belongs to. */
  public Chapter chapter(Step step) {
    return chapter(step.chapter()).orElseThrow();
  }

  private static void refuseDuplicates(YamlMap yaml) {
    Map<String, YamlMap> ids = new HashMap<>();
    Map<String, YamlMap> numbers = new HashMap<>();
    for (YamlMap chapter : yaml.maps("chapters")) {
      refuseSecond(ids, chapter, "id");
      refuseSecond(numbers, chapter, "number");
      for (YamlMap step : chapter.maps("steps")) {
        refuseSecond(ids, step, "id");
      }
    }
  }

  private static void refuseSecond(Map<String, YamlMap> seen, YamlMap entry, String field) {
    String value = entry.text(field);
    YamlMap first = seen.putIfAbsent(value, entry);
    if (first != null) {
      throw entry.problem(
          field, "%s '%s' is taken already, in line %d".formatted(field, value, first.line(field)));
    }
  }
}
