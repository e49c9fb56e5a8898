package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import readiness.course.Chapter;
import readiness.course.Workbook;

/** {@code ready author starters}: the labs' sources from the solutions'. */
@Command(
    name = "starters",
    description = "Writes labs/<chapter>/src/main/java from the tagged solution.")
final class StartersCommand extends AuthorJob {
  @Option(
      names = "--check",
      description = "Write nothing; say what would change, and end with 1 if anything would.")
  private boolean check;

  @Option(
      names = "--force",
      description = "Overwrite files that were changed by hand; copies go to .ready/attic.")
  private boolean force;

  @Override
  int run(Workbook workbook) throws IOException {
    int result = WELL;
    for (Chapter chapter : workbook.course().chapters()) {
      Starters starters = new Starters(workbook, chapter);
      if (!starters.entries().isEmpty()) {
        boolean well =
            check ? compare(workbook, chapter, starters) : write(workbook, chapter, starters);
        result = well ? result : NOT_WELL;
      }
    }
    return result;
  }

  private boolean compare(Workbook workbook, Chapter chapter, Starters starters)
      throws IOException {
    List<String> differences = starters.differences();
    for (String each : differences) {
      err().println(workbook.shown(lab(workbook, chapter)) + "/" + each);
    }
    if (!differences.isEmpty()) {
      err().println("./ready author starters writes them");
    }
    return differences.isEmpty();
  }

  private boolean write(Workbook workbook, Chapter chapter, Starters starters) throws IOException {
    List<Starters.Entry> entries = starters.entries();
    List<Starters.Entry> byHand =
        entries.stream().filter(each -> each.state() == Starters.State.BY_HAND).toList();
    if (!byHand.isEmpty() && !force) {
      for (Starters.Entry each : byHand) {
        err()
            .println(
                "%s: was changed by hand and is left as it is"
                    .formatted(workbook.shown(lab(workbook, chapter).resolve(each.name()))));
      }
      err()
          .println(
              "%s: nothing written; change the solution instead, or --force keeps copies in .ready/attic"
                  .formatted(chapter.id()));
      return false;
    }
    Path attic =
        workbook
            .root()
            .resolve(".ready/attic")
            .resolve(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").format(LocalDateTime.now()));
    int written = 0;
    for (Starters.Entry each : entries) {
      if (each.state() == Starters.State.SAME) {
        continue;
      }
      if (each.state() == Starters.State.BY_HAND) {
        keep(workbook, lab(workbook, chapter).resolve(each.name()), attic);
      }
      starters.write(each);
      written++;
    }
    starters.writeDigests();
    out().printf("%s  %d starters, %d written%n", chapter.id(), entries.size(), written);
    return true;
  }

  private void keep(Workbook workbook, Path file, Path attic) throws IOException {
    Path copy = attic.resolve(workbook.shown(file));
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy);
    out().printf("kept %s%n", workbook.shown(copy));
  }

  private static Path lab(Workbook workbook, Chapter chapter) {
    return workbook.labs().resolve(chapter.id());
  }
}
