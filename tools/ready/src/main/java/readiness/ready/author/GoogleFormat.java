package readiness.ready.author;

import com.google.googlejavaformat.FormatterDiagnostic;
import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import readiness.course.Malformed;

/**
 * google-java-format: lays out a source, orders its imports and removes those that nothing uses. It
 * works on the compiler's own classes, which the JVM must open to it ({@code --add-exports}, in the
 * manifest of this tool's jar).
 */
final class GoogleFormat {
  private static final Formatter FORMATTER = new Formatter();

  private GoogleFormat() {}

  /**
   * The source as it should be.
   *
   * @param file what an error names
   * @throws Malformed if the text is not Java
   */
  static String formatted(Path file, String text) {
    try {
      return FORMATTER.formatSourceAndFixImports(text);
    } catch (FormatterException e) {
      FormatterDiagnostic first = e.diagnostics().getFirst();
      throw new Malformed(file, first.line(), "cannot be formatted: " + first.message());
    }
  }
}
