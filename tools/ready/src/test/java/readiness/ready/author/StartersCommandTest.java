package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartersCommandTest {
  @TempDir Path root;
  private SampleWorkbook sample;

  @BeforeEach
  void sample() {
    sample = new SampleWorkbook(root);
  }

  @Test
  void aStarterIsCleanCodeWithGaps() {
    assertThat(sample.author("starters")).isZero();

    assertThat(sample.said()).contains("01-sums  1 starters, 1 written");
    assertThat(sample.read(SampleWorkbook.STARTER))
        .isEqualTo(
            """
            package sums;

            import java.util.List;
            import readiness.kernel.NotYet;

            /** Adds numbers. */
            final class Sums {
              private Sums() {}

              /** The sum of all. */
              static int add(List<Integer> numbers) {
                throw new NotYet("add");
              }

              /** The sum of all, two times. */
              static int twice(List<Integer> numbers) {
                return add(numbers);
              }
            }
            """);
  }

  @Test
  void importsThatOnlyTheSolutionNeedsAreGone() {
    sample.replace(
        SampleWorkbook.SOLUTION,
        "import java.util.List;",
        "import java.util.List;\nimport java.util.stream.IntStream;");
    sample.replace(SampleWorkbook.SOLUTION, "int sum = 0;", "int sum = IntStream.of().sum();");
    sample.replace(
        SampleWorkbook.SOLUTION,
        "  /** The sum of all, two",
        "  // tag::twice[]\n"
            + "  static final int TWO = 2;\n\n"
            + "  // end::twice[]\n\n"
            + "  /** The sum of all, two");
    sample.author("starters");

    assertThat(sample.read(SampleWorkbook.STARTER))
        .doesNotContain("IntStream", "TWO")
        .contains("  }\n\n  /** The sum of all, two times. */");
  }

  @Test
  void aCheckpointKeepsWhatIsSolved() {
    String text =
        Starter.keeping(
            sample.workbook().sources(sample.workbook().course().chapters().getFirst()).getFirst(),
            "add"::equals);

    assertThat(text).contains("sum += number;", "return add(numbers);").doesNotContain("NotYet");
  }

  @Test
  void whatWasGeneratedIsGeneratedAnew() {
    sample.author("starters");
    sample.replace(SampleWorkbook.SOLUTION, "/** Adds numbers. */", "/** Adds. */");

    assertThat(sample.author("starters", "--check")).isEqualTo(1);
    assertThat(sample.said())
        .contains(SampleWorkbook.STARTER + ": is not what the solution gives now")
        .contains("./ready author starters");
    assertThat(sample.author("starters")).isZero();
    assertThat(sample.read(SampleWorkbook.STARTER)).contains("/** Adds. */");
    assertThat(sample.author("starters", "--check")).isZero();
  }

  @Test
  void whatWasChangedByHandIsLeftAlone() {
    sample.author("starters");
    sample.replace(SampleWorkbook.STARTER, "throw new NotYet(\"add\")", "return 3");
    String byHand = sample.read(SampleWorkbook.STARTER);
    sample.replace(SampleWorkbook.SOLUTION, "/** Adds numbers. */", "/** Adds. */");

    assertThat(sample.author("starters")).isEqualTo(1);

    assertThat(sample.said())
        .contains(SampleWorkbook.STARTER + ": was changed by hand")
        .contains("--force");
    assertThat(sample.read(SampleWorkbook.STARTER)).isEqualTo(byHand);
    assertThat(sample.author("starters", "--check")).isEqualTo(1);
  }

  @Test
  void forceKeepsACopy() throws IOException {
    sample.author("starters");
    sample.replace(SampleWorkbook.STARTER, "throw new NotYet(\"add\")", "return 3");
    String byHand = sample.read(SampleWorkbook.STARTER);

    assertThat(sample.author("starters", "--force")).isZero();

    assertThat(sample.read(SampleWorkbook.STARTER)).contains("NotYet");
    List<Path> kept;
    try (Stream<Path> files = Files.walk(sample.path(".ready/attic"))) {
      kept = files.filter(Files::isRegularFile).toList();
    }
    assertThat(kept).singleElement().satisfies(copy -> assertThat(copy).hasContent(byHand));
    assertThat(sample.said()).contains("kept .ready/attic/").contains(SampleWorkbook.STARTER);
  }

  @Test
  void aStarterWithoutSourceGoesAndAReadersOwnFileStays() {
    String other = "solutions/01-sums/src/main/java/sums/Other.java";
    sample.write(other, "package sums;\n\nfinal class Other {}\n");
    sample.author("starters");
    sample.write("labs/01-sums/src/main/java/sums/Mine.java", "package sums;\n\nclass Mine {}\n");
    sample.delete(other);

    assertThat(sample.author("starters")).isZero();

    assertThat(sample.path("labs/01-sums/src/main/java/sums/Other.java")).doesNotExist();
    assertThat(sample.path("labs/01-sums/src/main/java/sums/Mine.java")).exists();
  }

  @Test
  void aBrokenSourceIsNamedAndNothingIsWritten() {
    sample.replace(SampleWorkbook.SOLUTION, "    // end::add[]\n", "");

    assertThat(sample.author("starters")).isEqualTo(1);
    assertThat(sample.said())
        .contains("Sums.java:21: tag::twice[] opens within tag::add[] of line 11");
    assertThat(sample.path(SampleWorkbook.STARTER)).doesNotExist();
  }

  @Test
  void anOptionThatThereIsNotIsAUsageError() {
    assertThat(sample.author("starters", "--overwrite")).isEqualTo(2);
  }
}
