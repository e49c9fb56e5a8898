package readiness.ready.author;

import java.util.function.Predicate;
import readiness.course.Source;

/**
 * What a reader begins a step with: the solution with the regions cut that are still to be written,
 * as clean code.
 */
public final class Starter {
  private static final String GAP = "throw new NotYet(";
  private static final String IMPORT = "import readiness.kernel.NotYet;\n";

  private Starter() {}

  /** The source for a reader who has not written anything. */
  public static String of(Source source) {
    return keeping(source, step -> false);
  }

  /**
   * The source for a reader who has solved some steps as the solution does.
   *
   * @param solved says of a step's id whether its regions stay
   */
  public static String keeping(Source source, Predicate<String> solved) {
    String text = source.without(solved.negate());
    return GoogleFormat.formatted(source.file(), text.contains(GAP) ? importing(text) : text);
  }

  /** The formatter puts the import where it belongs, and removes it if it stands there twice. */
  private static String importing(String text) {
    int firstImport = text.startsWith("import ") ? 0 : text.indexOf("\nimport ") + 1;
    int place = firstImport > 0 ? firstImport : text.indexOf(";\n", text.indexOf("package ")) + 2;
    return text.substring(0, place) + IMPORT + text.substring(place);
  }
}
