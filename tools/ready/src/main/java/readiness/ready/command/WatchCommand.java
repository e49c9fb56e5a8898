package readiness.ready.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import readiness.course.Step;
import readiness.ready.Desk;

/** {@code ready watch}: checks on every save. */
@Command(
    name = "watch",
    description = {
      "Checks the step that you are at on every save. Keys:"
          + " h hint, n next step, a all steps of the chapter, q quit."
    })
final class WatchCommand extends Action {
  @Parameters(arity = "0..1", paramLabel = "STEP", description = "The step to begin with.")
  private @Nullable String asked;

  @Override
  int run(Desk desk) throws Exception {
    Step step = stepOrCurrent(desk, asked);
    try (Watch watch = new Watch(desk, step)) {
      watch.run();
    }
    return RIGHT;
  }
}
