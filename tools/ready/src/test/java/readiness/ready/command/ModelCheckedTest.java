package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.ready.command.ToyWorkbook.Said;

/** A step whose threads are interleaved by the model checker, among steps that are not. */
class ModelCheckedTest {
  private static final String RIGHT = "signalled.set(false); drain();";
  private static final String WRONG = "drain(); signalled.set(false);";
  private static final String NOT_YET = "throw new readiness.kernel.NotYet(\"mail\");";

  @TempDir private Path folder;
  private ToyWorkbook workbook;

  @BeforeEach
  void layOut() throws IOException {
    workbook = new ToyWorkbook(folder).written("return 1;", "return one() + 1;");
  }

  @Test
  void anOrderThatLosesATaskIsToldAsAStoryThoughTheLaterStepPasses() throws Exception {
    Said said = workbook.withMail(WRONG).ready("check", "two");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("✓ 1.3 two passes", "✓ 1.1 one", "✗ 1.2 mail", "no task is lost")
        .containsPattern("loop +tasks.poll\\(\\) → null +Mailbox.java:\\d+")
        .containsPattern("giver +signalled.compareAndSet\\(false, true\\) → false +Mailbox.java")
        .containsPattern("loop +signalled.set\\(false\\) +Mailbox.java")
        .contains("expected  every task is run, or a wake-up is due")
        .contains("observed  1 of 2 are run, and the loop sleeps")
        .doesNotContain("printed meanwhile")
        .doesNotContain("incheck");
    assertThat(said.out().lines()).hasSizeLessThan(45);
    assertThat(said.err()).isEmpty();
  }

  @Test
  void theRightOrderPassesBesideTheOtherSteps() throws Exception {
    Set<Path> before = leftovers();
    Said said = workbook.withMail(RIGHT).ready("check", "two");

    assertThat(said.status()).as(said.out()).isZero();
    assertThat(said.out()).contains("✓ 1.1 one", "✓ 1.2 mail", "✓ 1.3 two");
    assertThat(before)
        .as("neither classes nor Lincheck's files left behind")
        .containsAll(leftovers());
  }

  @Test
  void itCanBeCheckedAloneAndInTheSolution() throws Exception {
    workbook.withMail(NOT_YET);

    Said reader = workbook.ready("check", "mail", "--only");
    assertThat(reader.status()).isEqualTo(1);
    assertThat(reader.out()).contains("· 1.2 mail", "Not written yet").doesNotContain("one");
    assertThat(workbook.ready("check", "mail", "--only", "--solution").status()).isZero();
  }

  @Test
  void aLaterStepThatFailsIsToldWithoutWaitingForIt() throws Exception {
    workbook.written("return 1;", "return 3;");

    Said said = workbook.withMail(WRONG).ready("check", "two");

    assertThat(said.out())
        .contains("✓ 1.1 one", "✗ 1.3 two")
        .contains("1.2 mail takes some seconds and runs when the others pass")
        .doesNotContain("✗ 1.2 mail");
  }

  @Test
  void anExceptionTellsItsPlace() throws Exception {
    Said said =
        workbook.withMail("Object none = null; none.hashCode();").ready("check", "mail", "--only");

    assertThat(said.out())
        .contains("NullPointerException")
        .containsPattern("at +labs/01-toy/src/main/java/toy/Mailbox.java:23 +in run\\(\\)");
  }

  @Test
  void aLoopWithoutAnEndIsFound() throws Exception {
    Said said = workbook.withMail("while (true) {}").ready("check", "mail");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("✓ 1.1 one", "every thread comes to its end");
  }

  /** Five rounds of the model checker. */
  @Test
  @Tag("full")
  void writersProveItLikeAnyOther() throws Exception {
    workbook.withMail(NOT_YET);

    Said mistakes = workbook.ready("author", "mistakes", "mail", "--matrix");
    assertThat(mistakes.out()).contains("✓ mail/lowered-last", "1 mistakes, 0 not caught");
    Said checkpoints = workbook.ready("author", "checkpoints", "mail");
    assertThat(checkpoints.out()).contains("✓ after 1.2 mail");
    workbook.withMail(WRONG);
    assertThat(workbook.ready("check", "mail").out())
        .contains("Looks like", "“The flag lowered last”");
  }

  private static Set<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().matches("(readiness-classes|lincheck)-.*"))
          .collect(Collectors.toSet());
    }
  }
}
