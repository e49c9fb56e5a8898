package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and mistakes, each in a child JVM with the real engine. */
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

    assertThat(sample.author("mistakes")).isEqualTo(1);

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
}
