package readiness.ready.command;

import java.nio.file.Files;
import java.nio.file.Path;
import readiness.course.Step;
import readiness.ready.Desk;
import readiness.ready.Examination;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.Verdict;

/** Takes down in the reader's progress what a check found. */
final class ProgressNotes {
  private ProgressNotes() {}

  /**
   * Notes the steps that ran; code that does not compile says nothing about steps.
   *
   * @param complete whether all that were asked for are to be noted; else it ends with the first
   *     that fails, as what stands behind it, though it ran before it, may stand on it
   */
  static void take(Desk desk, Examination examination, Verdict verdict, boolean complete) {
    if (!verdict.errors().isEmpty() || !isWritable(desk.folder())) {
      return;
    }
    for (Step step : examination.steps()) {
      StepResult result = verdict.step(step.id());
      if (result.outcome() != Outcome.NOT_RUN) {
        desk.progress().passed(step, result.passed());
        if (!complete && !result.passed()) {
          break;
        }
      }
    }
    desk.progress().save();
  }

  private static boolean isWritable(Path folder) {
    return Files.isWritable(Files.exists(folder) ? folder : folder.getParent());
  }
}
