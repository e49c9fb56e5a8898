package readiness.ready;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.kernel.Recording;
import readiness.ready.check.CheckListener;
import readiness.ready.check.CheckRequest;
import readiness.ready.check.Checker;
import readiness.ready.check.CompileError;
import readiness.ready.check.Gap;
import readiness.ready.check.Pieces;
import readiness.ready.check.SourceText;
import readiness.ready.check.StepPlan;
import readiness.ready.check.TestResult;
import readiness.ready.check.Verdict;
import readiness.ready.child.TraceFile;
import readiness.ready.story.Performance;
import readiness.ready.story.Story;

/**
 * Has a story played on a loop, in a child JVM as tests are, and brings back the recording. So
 * whatever the loop does, crash or hang, it is told as a test's failure is.
 */
public final class Recorder {
  /** The sources that are compiled with the loop. */
  private static final List<String> SOURCES =
      List.of(
          "Client", "Performance", "RealStage", "SimulatedStage", "SocketClient", "Stage", "Story");

  private static final String FOLDER = "readiness/ready/story/";

  /**
   * How to play a story.
   *
   * @param story which
   * @param seed decides what the story leaves open, in hexadecimal
   * @param real whether on the kernel of this machine
   * @param edge whether by an edge-triggered loop
   * @param solution whether by the solution's loop
   * @param patience how long it may take before it is given up
   */
  public record Play(
      Story story, String seed, boolean real, boolean edge, boolean solution, Duration patience) {}

  /**
   * What came of it.
   *
   * @param entries the recording; empty if there is none
   * @param errors why the loop does not compile
   * @param gaps what of it is still to be written
   * @param result how the run ended
   */
  public record Take(
      List<Recording.Entry> entries,
      List<CompileError> errors,
      List<Gap> gaps,
      TestResult result) {}

  private Recorder() {}

  /** Plays it; {@code listener} is told what it is at. */
  public static Take record(Desk desk, Play play, CheckListener listener)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("readiness-trace-", ".bin");
    file.toFile().deleteOnExit();
    try (Checker checker = new Checker(listener, desk.classes())) {
      checker.prepare();
      Verdict verdict = checker.run(request(desk, play, file));
      TestResult result = verdict.steps().getFirst().tests().getFirst();
      List<Recording.Entry> entries = Files.size(file) == 0 ? List.of() : TraceFile.read(file);
      return new Take(entries, verdict.errors(), verdict.gaps(), result);
    } finally {
      Files.delete(file);
    }
  }

  private static CheckRequest request(Desk desk, Play play, Path file) throws IOException {
    String id = play.story().step();
    Step step =
        desk.course()
            .step(id)
            .orElseThrow(() ->
                new NotRight(
                    "the course has no step '%s', and with it no loop to trace.".formatted(id),
                    "`git status` shows whether chapters/course.yaml was changed."));
    Chapter chapter = desk.course().chapter(step);
    Map<String, String> properties =
        Map.of(
            Performance.STORY, play.story().id(),
            Performance.SEED, play.seed(),
            Performance.REAL, String.valueOf(play.real()),
            Performance.EDGE, String.valueOf(play.edge()),
            Performance.PATIENCE, String.valueOf(play.patience().toMillis()),
            Performance.FILE, file.toString());
    return new CheckRequest(
        Examination.code(desk.workbook(), chapter, play.solution()),
        sources(),
        Pieces.of(desk.workbook(), chapter),
        // By then a story that does not end has written down how far it came.
        List.of(new StepPlan(id, Performance.NAME, play.patience().multipliedBy(3))),
        null,
        properties,
        true,
        false);
  }

  private static List<SourceText> sources() throws IOException {
    List<SourceText> sources = new ArrayList<>();
    for (String each : SOURCES) {
      String name = FOLDER + each + ".java";
      try (InputStream in = Recorder.class.getResourceAsStream("/" + name)) {
        if (in == null) {
          throw new IllegalStateException("not packaged: " + name);
        }
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        sources.add(new SourceText(name, Path.of(name), text));
      }
    }
    return sources;
  }
}
