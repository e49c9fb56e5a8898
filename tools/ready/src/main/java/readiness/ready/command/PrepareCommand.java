package readiness.ready.command;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Examination;
import readiness.ready.check.CheckRequest;
import readiness.ready.check.Checker;
import readiness.ready.check.Compilation;
import readiness.ready.check.SourceText;

/**
 * {@code ready prepare}: what the launcher runs after a build, while both JVMs take down for their
 * caches what they load: all tests compiled ahead, one source compiled anew, and two checks.
 */
@Command(
    name = "prepare",
    hidden = true,
    description = "Compiles all tests ahead; the launcher calls it after a build.")
final class PrepareCommand extends Action {
  /** A step whose tests use most of what tests use: both kernels, clients, seeds. */
  private static final String CHECKED = "echo";

  @Override
  int run(Desk desk) throws IOException {
    try (Checker checker = new Checker(desk.classes())) {
      for (Chapter chapter : desk.course().chapters()) {
        if (!chapter.steps().isEmpty()) {
          CheckRequest all =
              new Examination(chapter, chapter.steps(), null)
                  .request(desk.workbook(), false, null, true);
          Compilation ahead = checker.compileAhead(all);
          checker.compile(touched(all), ahead);
        }
      }
    }
    List<Step> steps = desk.course().steps();
    CommandLine ready = command().commandLine().getParent();
    // With one seed nothing is noted. What the reader's code is worth does not matter here.
    ready.execute("check", "--seed", "0", steps.getFirst().id());
    Step checked = desk.course().step(CHECKED).orElse(steps.getLast());
    return ready.execute("check", "--solution", checked.id());
  }

  /** The same code, as if somebody had just saved its first source. */
  private static CheckRequest touched(CheckRequest request) {
    SourceText first = request.main().getFirst();
    SourceText saved = new SourceText(first.name(), first.file(), first.text() + "\n");
    List<SourceText> main =
        Stream.concat(Stream.of(saved), request.main().stream().skip(1)).toList();
    return new CheckRequest(
        main,
        request.tests(),
        request.pieces(),
        request.steps(),
        request.asked(),
        request.properties(),
        request.stopAtFailingStep(),
        request.goOnAfterLoss());
  }
}
