package readiness.ready.author;

import picocli.CommandLine.Command;
import readiness.course.Workbook;

/** {@code ready author prove}: everything that is remembered, anew. */
@Command(
    name = "prove",
    description =
        "Tries every checkpoint and every mistake, whatever was proven before, and writes"
            + " solutions/mistakes.yaml and solutions/proven.yaml anew.")
final class ProveCommand extends AuthorJob {
  @Override
  int run(Workbook workbook) {
    int checkpoints = other("checkpoints", "--all", "--note");
    int mistakes = other("mistakes", "--all", "--matrix");
    return Math.max(checkpoints, mistakes);
  }
}
