package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import readiness.course.Excuse;
import readiness.course.Excuses;
import readiness.ready.author.Mutant.Status;

class ReckoningTest {
  private static final Path FILE = Path.of("mutants.yaml");

  @Test
  void nineOfTenAreEnough() {
    assertThat(reckoning(mutants(9, 1)).problems()).isEmpty();
  }

  @Test
  void eightOfNineAreNot() {
    assertThat(reckoning(mutants(8, 1)).problems()).containsExactly("under 90 of 100 are killed");
  }

  @Test
  void theExcusedCountForNobody() {
    Reckoning reckoning = reckoning(mutants(8, 1), excuse("line 8", 3));

    assertThat(reckoning.problems()).isEmpty();
    assertThat(reckoning.survivors()).isEmpty();
    assertThat(reckoning.killed()).isEqualTo(8);
    assertThat(reckoning.excused()).isEqualTo(1);
  }

  @Test
  void anExcuseIsForOneMutantAndNotForItsTwin() {
    List<Mutant> mutants = mutants(9, 0);
    mutants.add(mutant("if (a < b && b < c)", 1, Status.SURVIVED));
    mutants.add(mutant("if (a < b && b < c)", 2, Status.SURVIVED));

    Reckoning reckoning = reckoning(mutants, excuse("if (a < b && b < c)", 3));

    assertThat(reckoning.survivors()).containsExactly(mutants.getLast());
  }

  @Test
  void anExcuseForWhatIsNotThereIsAFault() {
    assertThat(reckoning(mutants(9, 0), excuse("gone", 3)).problems())
        .containsExactly("mutants.yaml:3: excuses no mutant that there is");
  }

  @Test
  void anExcuseForWhatATestKillsIsAFault() {
    assertThat(reckoning(mutants(9, 0), excuse("line 2", 7)).problems())
        .containsExactly("mutants.yaml:7: excuses a mutant that a test kills");
  }

  @Test
  void aMutantThatOnlyTimeHasEndedKeepsItsExcuse() {
    List<Mutant> mutants = mutants(9, 0);
    mutants.add(mutant("slow", 1, Status.TIMED_OUT));

    assertThat(reckoning(mutants, excuse("slow", 3)).problems()).isEmpty();
  }

  private static Reckoning reckoning(List<Mutant> mutants, Excuse... excuses) {
    return Reckoning.of("add", mutants, new Excuses(FILE, List.of(excuses), Map.of()));
  }

  private static Excuse excuse(String code, int line) {
    return new Excuse("add", "sums/Sums.java", "add", "negated", code, 1, "no matter", line);
  }

  private static List<Mutant> mutants(int killed, int survived) {
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < killed + survived; i++) {
      mutants.add(mutant("line " + i, 1, i < killed ? Status.KILLED : Status.SURVIVED));
    }
    return mutants;
  }

  private static Mutant mutant(String code, int which, Status status) {
    return new Mutant("sums/Sums.java", 7, "add", "negated", code, which, status);
  }
}
