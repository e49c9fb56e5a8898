package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import readiness.course.Malformed;
import readiness.course.Workbook;

/** {@code ready author format}: lays out every Java file as google-java-format does. */
@Command(
    name = "format",
    description = "Formats all Java files but those under labs/*/src/main, which are readers'.")
final class FormatCommand extends AuthorJob {
  @Option(
      names = "--check",
      description = "Write nothing; name the files that are not formatted, and end with 1 if any.")
  private boolean check;

  private int formatted;

  @Override
  int run(Workbook workbook) throws IOException {
    int problems = 0;
    List<Path> files = JavaFiles.in(workbook);
    for (Path file : files) {
      problems += format(file, workbook.shown(file)) ? 0 : 1;
    }
    if (problems > 0 && check) {
      err().println("./ready author format formats them");
    }
    out().printf("%d files, %d formatted%n", files.size(), formatted);
    return problems == 0 ? WELL : NOT_WELL;
  }

  private boolean format(Path file, Path shown) throws IOException {
    String text = Files.readString(file);
    try {
      String laidOut = GoogleFormat.formatted(shown, text);
      if (laidOut.equals(text)) {
        return true;
      }
      if (check) {
        err().println(shown + ": is not formatted");
        return false;
      }
      Files.writeString(file, laidOut);
      out().println(shown + ": formatted");
      formatted++;
      return true;
    } catch (Malformed e) {
      err().println(e.getMessage());
      return false;
    }
  }
}
