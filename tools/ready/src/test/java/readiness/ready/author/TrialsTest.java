package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Chapter;
import readiness.course.KillMatrix;
import readiness.course.Mistake;
import readiness.course.Workbook;

/**
 * Checkpoints and mistakes, each in a child JVM with the real engine: what authors do, and what
 * takes long.
 */
@Tag("full")
class TrialsTest {
  @TempDir Path root;
  private SampleWorkbook sample;

  @BeforeEach
  void sample() {
    sample = new SampleWorkbook(root);
    // One mistake for each step will do.
    sample.delete("solutions/01-sums/mistakes/add/off-by-one.yaml");
    sample.delete("solutions/01-sums/mistakes/twice/squared.yaml");
  }

  @Test
  void checkpointsOfAGoodChapterAreAsTheyShouldBe() {
    assertThat(sample.author("checkpoints")).as(sample.said()).isZero();

    assertThat(sample.said().lines())
        .containsExactly(
            "✓ 01-sums at the beginning",
            "✓ after 1.1 add",
            "✓ after 1.2 twice",
            "3 checkpoints, 0 not as they should be");
  }

  @Test
  void oneCheckpointCanBeChosen() {
    assertThat(sample.author("checkpoints", "1.1")).isZero();

    assertThat(sample.said()).startsWith("✓ after 1.1 add\n1 checkpoints");
    assertThat(sample.author("checkpoints", "thrice")).isEqualTo(2);
    assertThat(sample.said()).contains("no step 'thrice'; there are add, twice");
  }

  @Test
  void aTestThatPassesOnAStepThatDoesNothingIsFound() {
    assertThat(sample.author("hollow")).as(sample.said()).isZero();
    assertThat(sample.said().lines())
        .containsExactly("✓ add", "✓ twice", "2 steps, 0 with tests that test nothing");

    sample.replace(SampleWorkbook.TEST, "int sum = Sums.add(List.of(1, 2));", "int sum = 3;");

    assertThat(sample.author("hollow", "add")).isEqualTo(1);
    assertThat(sample.said())
        .contains("✗ add\n    sum passes: it tests nothing of what this step writes");

    sample.write(
        "solutions/hollow.yaml",
        """
        add:
          - test: sum
            reason: It stands here for an exemption.
        """);

    assertThat(sample.author("hollow", "add")).as(sample.said()).isZero();
  }

  @Test
  void anExemptionThatIsNotNeededIsFound() {
    sample.write(
        "solutions/hollow.yaml",
        """
        twice:
          - test: sum
            reason: It stands here for an exemption.
        """);

    assertThat(sample.author("hollow", "twice")).isEqualTo(1);
    assertThat(sample.said()).contains("sum needs no exemption: it does not pass");
  }

  @Test
  void aTestThatPassesOnTheStarterIsFound() {
    sample.replace(SampleWorkbook.TEST, "int sum = Sums.add(List.of(1, 2));", "int sum = 3;");

    assertThat(sample.author("checkpoints", "--beginning")).isEqualTo(1);

    assertThat(sample.said())
        .contains(
            "✗ 01-sums with nothing solved\n    step add passes, though the step is not written");
  }

  @Test
  void aStepThatNeedsALaterOneIsFound() {
    sample.replace(SampleWorkbook.SOLUTION, "int sum = 0;", "int sum = twice(List.of());");
    sample.replace(SampleWorkbook.SOLUTION, "    // > return add(numbers);\n", "");

    assertThat(sample.author("checkpoints", "add")).isEqualTo(1);

    assertThat(sample.said())
        .contains("AddTest#sum should pass, but it comes to the gap of step twice");
  }

  @Test
  void aStarterThatDoesNotCompileIsFound() {
    sample.replace(SampleWorkbook.SOLUTION, "// > return add(numbers);", "// > return sum;");

    assertThat(sample.author("checkpoints", "--beginning")).isEqualTo(1);

    assertThat(sample.said()).contains("Sums.java:").contains("cannot find symbol");
  }

  @Test
  void aMissingTestIsFound() {
    sample.delete(SampleWorkbook.TEST);

    assertThat(sample.author("checkpoints", "--beginning")).isEqualTo(1);
    assertThat(sample.said()).contains("step add has no tests");
  }

  @Test
  void mistakesAreCaughtAndTheMatrixIsKept() {
    assertThat(sample.author("mistakes", "--matrix")).as(sample.said()).isZero();

    assertThat(sample.said())
        .contains("✓ add/first-only\n", "✓ twice/once\n", "2 mistakes, 0 not caught as they say");
    assertThat(sample.read("solutions/mistakes.yaml"))
        .containsPattern("add:\n  first-only:\n    - \"sum: .*the sum is #.*\"\ntwice:\n");
    assertThat(sample.author("mistakes")).isZero();
  }

  @Test
  void aMatrixThatIsNotUpToDateIsFound() {
    assertThat(sample.author("mistakes")).isEqualTo(1);
    assertThat(sample.said())
        .contains("fails {sum=the sum is #}, but solutions/mistakes.yaml says {};");

    sample.author("mistakes", "--matrix");
    sample.replace("solutions/mistakes.yaml", "sum: the sum is #", "sum: the sum was #");
    assertThat(sample.author("mistakes")).isEqualTo(1);
    assertThat(sample.said())
        .as("a guess by an end that is no longer told would never be made")
        .contains("fails {sum=the sum is #}")
        .contains("but solutions/mistakes.yaml says {sum=the sum was #};");
  }

  @Test
  void aMistakeThatIsNotCaughtIsFound() {
    sample.replace(SampleWorkbook.TEST, "List.of(1, 2)", "List.of(3)");

    assertThat(sample.author("mistakes", "add/first-only")).isEqualTo(1);

    assertThat(sample.said())
        .contains("✗ add/first-only")
        .contains("AddTest#sum should end with assertion and say 'the sum is 1', but it passes");
  }

  @Test
  void otherWordsAndAnEarlierFailureAreFound() {
    sample.replace(SampleWorkbook.MISTAKE, "says: the sum is 1", "says: a sum of 1");
    sample.replace(
        "solutions/01-sums/mistakes/twice/once.yaml",
        "old: 2 * add(numbers)",
        "old: sum += number;");
    sample.replace(
        "solutions/01-sums/mistakes/twice/once.yaml", "new: add(numbers)", "new: sum = number;");

    assertThat(sample.author("mistakes", "--thorough")).isEqualTo(1);

    assertThat(sample.said())
        .contains("say 'a sum of 1', but it fails")
        .contains("✗ twice/once\n    AddTest#sum should pass, but it fails");
  }

  @Test
  void anotherEndingIsFound() {
    sample.replace(SampleWorkbook.MISTAKE, "caught-by:", "outcome: crash\ncaught-by:");

    assertThat(sample.author("mistakes", "add/first-only")).isEqualTo(1);
    assertThat(sample.said()).contains("should end with crash").contains("but it fails");
  }

  @Test
  void aMistakeThatThereIsNotIsAUsageError() {
    assertThat(sample.author("mistakes", "add/none")).isEqualTo(2);
    assertThat(sample.said()).contains("step add has no mistake 'none'; it has first-only");
  }

  @Test
  void whatIsProvenIsNotTriedAgain() {
    sample.author("mistakes", "--matrix");

    assertThat(sample.author("mistakes", "--seed", quiet())).as(sample.said()).isZero();

    assertThat(sample.said())
        .startsWith("2 mistakes, 0 not caught as they say\n0 tried, since something has changed");
    assertThat(sample.author("mistakes", "--all")).isZero();
    assertThat(sample.said()).contains("✓ add/first-only", "✓ twice/once");
  }

  @Test
  void aMistakeThatAChangedTestLetsGoIsFound() {
    sample.author("mistakes", "--matrix");
    sample.replace(SampleWorkbook.TEST, "List.of(1, 2)", "List.of(3)");

    assertThat(sample.author("mistakes", "--seed", quiet())).isEqualTo(1);

    assertThat(sample.said())
        .contains("✗ add/first-only\n    AddTest#sum should end with assertion")
        .contains("1 tried, since something has changed")
        .doesNotContain("twice/once");
  }

  @Test
  void whatFailsIsProvenNoMore() {
    sample.author("mistakes", "--matrix");
    sample.replace(SampleWorkbook.TEST, "List.of(1, 2)", "List.of(3)");
    sample.author("mistakes", "--matrix");

    assertThat(sample.read("solutions/proven.yaml"))
        .contains("twice/once:")
        .doesNotContain("add/first-only");
  }

  @Test
  void aNoteThatIsMadeUpIsFoundByLot() throws IOException {
    sample.author("mistakes", "--matrix");
    String before = proof("add/first-only");
    sample.replace(SampleWorkbook.TEST, "List.of(1, 2)", "List.of(3)");
    sample.replace("solutions/proven.yaml", before, madeUp());

    assertThat(sample.author("mistakes", "--seed", quiet())).as(sample.said()).isZero();
    assertThat(sample.author("mistakes", "--seed", drawing("add/first-only"))).isEqualTo(1);
    assertThat(sample.said())
        .contains("✗ add/first-only\n    AddTest#sum should end with assertion")
        .contains("1 tried, since something has changed or by lot");
  }

  /** What the note would be had the first mistake been caught. */
  private String madeUp() throws IOException {
    Workbook workbook = sample.workbook();
    Chapter chapter = workbook.course().chapter("sums").orElseThrow();
    return Trial.digest(
        Mistake.read(sample.path(SampleWorkbook.MISTAKE)),
        chapter.steps().getFirst(),
        new ChapterRun(workbook, chapter),
        KillMatrix.read(workbook.matrix()).ends("add", "first-only"));
  }

  @Test
  void aSolutionThatDoesNotPassProvesNothing() {
    sample.replace(SampleWorkbook.SOLUTION, "return sum;", "return sum + 1;");

    assertThat(sample.author("mistakes", "add")).isEqualTo(1);

    assertThat(sample.said())
        .contains("✗ add: the solution itself does not pass\n    AddTest#sum should pass")
        .contains("1 mistakes, 1 not caught as they say");
  }

  @Test
  void aProofThatIsNoneNamesFileAndLine() {
    sample.write("solutions/proven.yaml", "mistakes:\n  add/first-only: yes\n");

    assertThat(sample.author("mistakes")).isEqualTo(1);

    assertThat(sample.said()).contains("proven.yaml:2: 'yes' is not a digest of 16 digits");
  }

  @Test
  void oneCommandProvesEverythingAnew() {
    assertThat(sample.author("prove")).as(sample.said()).isZero();

    assertThat(sample.said())
        .contains("3 checkpoints, 0 not as they should be", "2 mistakes, 0 not caught as they say");
    assertThat(sample.read("solutions/proven.yaml"))
        .containsPattern("mistakes:\n  add/first-only: \"[0-9a-f]{16}\"\n")
        .containsPattern("checkpoints:\n  01-sums: \"[0-9a-f]{16}\"\n");
    assertThat(sample.author("checkpoints", "--seed", quiet())).isZero();
    assertThat(sample.said()).contains("0 tried, since");
  }

  @Test
  void checkpointsAreRememberedAlike() {
    assertThat(sample.author("checkpoints", "--note")).isZero();

    assertThat(sample.author("checkpoints", "--seed", quiet())).isZero();
    assertThat(sample.said()).contains("3 checkpoints, 0 not").contains("0 tried, since");

    sample.replace(SampleWorkbook.TEST, "List.of(1, 2)", "List.of(2, 1)");
    assertThat(sample.author("checkpoints", "--seed", quiet())).isZero();
    assertThat(sample.said())
        .contains("✓ 01-sums at the beginning\n✓ after 1.1 add\n3 checkpoints")
        .contains("2 tried, since");
  }

  private String proof(String trial) {
    return sample
        .read("solutions/proven.yaml")
        .lines()
        .filter(line -> line.strip().startsWith(trial + ":"))
        .findFirst()
        .orElseThrow()
        .replaceAll(".*\"(.*)\"", "$1");
  }

  /** A seed that draws none of the sample's trials. */
  private static String quiet() {
    return seed(Set.of());
  }

  /** A seed that draws one of them alone. */
  private static String drawing(String trial) {
    return seed(Set.of(trial));
  }

  private static String seed(Set<String> drawn) {
    List<String> all = List.of("add/first-only", "twice/once", "01-sums", "add", "twice");
    for (long seed = 0; ; seed++) {
      Lot lot = new Lot(seed);
      if (all.stream().filter(lot::falls).collect(Collectors.toSet()).equals(drawn)) {
        return String.valueOf(seed);
      }
    }
  }
}
