package readiness.ready.author;

import java.util.ArrayList;
import java.util.List;
import readiness.course.Excuse;
import readiness.course.Excuses;

/**
 * What the mutants of a ground say about its tests.
 *
 * @param made how many there are
 * @param killed how many a test has noticed
 * @param excused how many survive for a reason that stands in the file of excuses
 * @param survivors the others
 * @param problems what is not as it should be; empty if enough are killed and every excuse holds
 */
record Reckoning(int made, int killed, int excused, List<Mutant> survivors, List<String> problems) {
  private static final int LEAST_IN_A_HUNDRED = 90;

  static Reckoning of(String ground, List<Mutant> mutants, Excuses excuses) {
    List<String> problems = new ArrayList<>();
    List<Mutant> survivors = new ArrayList<>(mutants);
    survivors.removeIf(Mutant::isKilled);
    int killed = mutants.size() - survivors.size();
    int excused = 0;
    for (Excuse excuse : excuses.of(ground)) {
      if (survivors.removeIf(mutant -> mutant.isMeantBy(excuse))) {
        excused++;
      } else {
        String fault = fault(excuse, mutants);
        if (!fault.isEmpty()) {
          problems.add("%s:%d: %s".formatted(excuses.file(), excuse.line(), fault));
        }
      }
    }
    if (killed * 100 < LEAST_IN_A_HUNDRED * (mutants.size() - excused)) {
      problems.add("under %d of 100 are killed".formatted(LEAST_IN_A_HUNDRED));
    }
    return new Reckoning(mutants.size(), killed, excused, survivors, problems);
  }

  /**
   * What is wrong with an excuse that no survivor needs. One that only time has ended may survive
   * on a quicker machine: it keeps its excuse.
   */
  private static String fault(Excuse excuse, List<Mutant> mutants) {
    return mutants.stream()
        .filter(mutant -> mutant.isMeantBy(excuse))
        .findFirst()
        .map(mutant ->
            mutant.status() == Mutant.Status.KILLED ? "excuses a mutant that a test kills" : "")
        .orElse("excuses no mutant that there is");
  }
}
