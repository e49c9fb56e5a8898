package readiness.ready.author;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import readiness.course.Workbook;

/** {@code ready author consistency}: whether every step is whole. */
@Command(
    name = "consistency",
    description = "Says which steps lack a part, and which parts disagree.")
final class ConsistencyCommand extends AuthorJob {
  @Override
  int run(Workbook workbook) throws IOException {
    List<String> problems = Consistency.problems(workbook);
    problems.forEach(err()::println);
    if (problems.isEmpty()) {
      out().printf("%d steps are whole%n", workbook.course().steps().size());
    }
    return problems.isEmpty() ? WELL : NOT_WELL;
  }
}
