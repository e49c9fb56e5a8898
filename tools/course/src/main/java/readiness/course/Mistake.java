package readiness.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plausible wrong implementation of a step, as a change to the solution, and how the tests must
 * catch it.
 *
 * @param id the name of its file, without folder and ending
 * @param name what a reader would have done, in a few words
 * @param misconception what a reader would have thought
 * @param test the class that must catch it, without its package
 * @param method the method that must; null if any of the class may
 * @param says words that the failure must contain
 */
public record Mistake(
    Path file,
    String id,
    String step,
    String name,
    String misconception,
    List<Replacement> replacements,
    String test,
    @Nullable String method,
    Outcome outcome,
    String says) {

  /** How a mistake shows. */
  public enum Outcome {
    /** A test fails. */
    ASSERTION,
    /** A test does not come to an end. */
    STUCK,
    /** The process dies. */
    CRASH
  }

  /**
   * One change.
   *
   * @param source the file below {@code src/main/java}
   * @param line where it stands in the mistake's own file
   */
  public record Replacement(String source, String old, String replacement, int line) {}

  /** A step's mistakes, by id; none where the folder does not exist. */
  public static List<Mistake> readAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Mistake::read)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /**
   * Reads one mistake.
   *
   * @throws Malformed if a field is missing or not known
   */
  public static Mistake read(Path file) {
    YamlMap yaml =
        YamlMap.read(file)
            .only("step", "name", "misconception", "replace", "caught-by", "outcome", "says");
    List<Replacement> replacements = new ArrayList<>();
    for (YamlMap each : yaml.maps("replace")) {
      each.only("file", "old", "new");
      replacements.add(
          new Replacement(
              each.text("file"), each.text("old"), each.anyText("new"), each.line("old")));
    }
    if (replacements.isEmpty()) {
      throw yaml.problem("replace", "field 'replace' changes nothing");
    }
    String[] caughtBy = yaml.text("caught-by").split("#", 2);
    return new Mistake(
        file,
        file.getFileName().toString().replaceFirst("\\.yaml$", ""),
        yaml.text("step"),
        yaml.text("name"),
        yaml.text("misconception").strip(),
        replacements,
        caughtBy[0],
        caughtBy.length > 1 ? caughtBy[1] : null,
        outcome(yaml),
        yaml.text("says").strip());
  }

  /**
   * The sources that the mistake changes, as it leaves them.
   *
   * @param complete gives the solution's text of a source, see {@link Source#complete}
   * @return by the name of the source
   * @throws Malformed if an {@code old} matches nowhere, or more than once
   */
  public Map<String, String> apply(Solution complete) {
    Map<String, String> changed = new LinkedHashMap<>();
    for (Replacement each : replacements) {
      String text = changed.get(each.source());
      if (text == null) {
        text =
            complete
                .text(each.source())
                .orElseThrow(() ->
                    new Malformed(
                        file, each.line(), "no such file in the solution: " + each.source()));
      }
      changed.put(each.source(), new Replacer(file, each).applied(text));
    }
    return changed;
  }

  /** The texts that mistakes change. */
  @FunctionalInterface
  public interface Solution {
    /** A source's text without tags and stand-ins; empty if there is no such source. */
    Optional<String> text(String source);
  }

  private static Outcome outcome(YamlMap yaml) {
    return switch (yaml.optionalText("outcome").orElse("assertion")) {
      case "assertion" -> Outcome.ASSERTION;
      case "stuck" -> Outcome.STUCK;
      case "crash" -> Outcome.CRASH;
      default ->
          throw yaml.problem("outcome", "field 'outcome' should be assertion, stuck or crash");
    };
  }
}
