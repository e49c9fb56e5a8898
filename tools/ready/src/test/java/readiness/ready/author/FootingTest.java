package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Chapter;
import readiness.course.Workbook;

/** Which changes make a trial's digest another one, and which do not. */
class FootingTest {
  private static final String KIT = "labs/kit/testing/src/main/java/readiness/testing/";

  @TempDir Path root;
  private SampleWorkbook sample;

  @BeforeEach
  void sample() {
    sample = new SampleWorkbook(root);
    sample.write(KIT + "Step.java", "package readiness.testing;\n@interface Step {}\n");
    sample.write(KIT + "Seeds.java", "package readiness.testing;\nclass Seeds {}\n");
  }

  /** The digest of the trials of step add. */
  private String digest() {
    return digest(List.of("says"), Map.of());
  }

  private String digest(List<String> facts, Map<String, String> changed) {
    Workbook workbook = sample.workbook();
    Chapter chapter = workbook.course().chapter("sums").orElseThrow();
    try {
      return new Footing(workbook, chapter).digest(facts, List.of("sums.AddTest"), changed);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void changes(String file, String old, String fresh) {
    String before = digest();
    sample.replace(file, old, fresh);
    assertThat(digest()).as("%s: %s for %s", file, fresh, old).isNotEqualTo(before);
  }

  private void changesNothing(String file, String old, String fresh) {
    String before = digest();
    sample.replace(file, old, fresh);
    assertThat(digest()).as("%s: %s for %s", file, fresh, old).isEqualTo(before);
  }

  @Test
  void theStepsTestCounts() {
    changes(SampleWorkbook.TEST, "sum != 3", "sum != 4");
  }

  @Test
  void anotherStepsTestDoesNot() {
    changesNothing("labs/01-sums/src/test/java/sums/TwiceTest.java", "sum != 6", "sum != 7");
  }

  @Test
  void whatTheTestUsesCounts() {
    changes(SampleWorkbook.SOLUTION, "int sum = 0;", "int sum = 1;");
  }

  @Test
  void whatThatUsesCounts() {
    String helper = "solutions/01-sums/src/main/java/sums/Zero.java";
    sample.write(helper, "package sums;\nclass Zero { static final int ZERO = 0; }\n");
    sample.replace(SampleWorkbook.SOLUTION, "int sum = 0;", "int sum = Zero.ZERO;");

    changes(helper, "= 0", "= 1");
  }

  @Test
  void ofTheKitCountsWhatIsNamed() {
    changes(KIT + "Step.java", "Step {}", "Step { int value() default 1; }");
    changesNothing(KIT + "Seeds.java", "Seeds {}", "Seeds { int count; }");
  }

  @Test
  void aResourceCounts() {
    String before = digest();
    sample.write("labs/01-sums/src/test/resources/sums.txt", "1 2 3\n");
    assertThat(digest()).isNotEqualTo(before);
  }

  @Test
  void whatATrialPutsInPlaceOfASourceCountsAndWhatThatUses() {
    sample.write("solutions/01-sums/src/main/java/sums/One.java", "package sums;\nclass One {}\n");
    Map<String, String> changed =
        Map.of("sums/Sums.java", "package sums;\nclass Sums { One one; }\n");
    String before = digest(List.of(), changed);

    sample.replace(
        "solutions/01-sums/src/main/java/sums/One.java", "class One {}", "class One { int one; }");

    assertThat(digest(List.of(), changed)).isNotEqualTo(before).isNotEqualTo(digest());
  }

  @Test
  void whatIsAskedCounts() {
    assertThat(digest(List.of("the sum is 1"), Map.of()))
        .isNotEqualTo(digest(List.of("the sum is 2"), Map.of()));
  }

  @Test
  void commentsAndLayoutDoNotCount() {
    changesNothing(SampleWorkbook.SOLUTION, "/** The sum of all. */", "/** All \"together. */");
    changesNothing(SampleWorkbook.SOLUTION, "return sum;", "return\n sum ; // \"it's\" enough");
    changesNothing(SampleWorkbook.SOLUTION, "return 2 *", "return /* two */ 2 *");
  }

  @Test
  void whatLooksLikeACommentInAStringCounts() {
    sample.replace(SampleWorkbook.TEST, "\"the sum is 3\"", "\"the // sum \\\" is /* 3 */\"");
    changes(SampleWorkbook.TEST, "// sum", "// total");
    sample.replace(
        SampleWorkbook.TEST,
        "\"the // total \\\" is /* 3 */\"",
        "\"\"\"\n a \" // 3 \\\"\"\" \n\"\"\"");
    changes(SampleWorkbook.TEST, "// 3", "// 4");
  }
}
