package readiness.ready;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import readiness.course.Step;
import readiness.ready.check.Outcome;
import readiness.ready.check.StepResult;
import readiness.ready.check.Verdict;

/** Takes down in the reader's progress what a check found. */
final class Notes {
  private Notes() {}

  /**
   * Notes every step that ran; code that does not compile says nothing about steps.
   *
   * @return the steps that have passed for the first time
   */
  static List<Step> take(Desk desk, Examination examination, Verdict verdict) {
    List<Step> newly = new ArrayList<>();
    if (!verdict.errors().isEmpty() || !isWritable(desk.folder())) {
      return newly;
    }
    for (Step step : examination.steps()) {
      StepResult result = verdict.step(step.id());
      if (result.outcome() == Outcome.NOT_RUN) {
        continue;
      }
      if (result.passed() && !desk.progress().passed(step)) {
        newly.add(step);
      }
      desk.progress().passed(step, result.passed());
    }
    desk.progress().save();
    return newly;
  }

  private static boolean isWritable(Path folder) {
    return Files.isWritable(Files.exists(folder) ? folder : folder.getParent());
  }
}
