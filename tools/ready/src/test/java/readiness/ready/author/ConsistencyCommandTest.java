package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsistencyCommandTest {
  @TempDir Path root;
  private SampleWorkbook sample;

  @BeforeEach
  void sample() {
    sample = new SampleWorkbook(root);
    sample.author("starters");
  }

  @Test
  void aWholeWorkbookIsSaidToBe() {
    assertThat(sample.author("consistency")).isZero();
    assertThat(sample.said()).isEqualTo("2 steps are whole\n");
  }

  @Test
  void whatIsMissingIsNamed() {
    sample.delete("chapters/01-sums/add.adoc");
    sample.delete("chapters/01-sums/hints/add.adoc");
    sample.delete(SampleWorkbook.TEST);
    sample.delete(SampleWorkbook.MISTAKE);
    sample.delete(SampleWorkbook.STARTER);

    complains(
        "chapters/01-sums/add.adoc: is missing: the section of step add",
        "chapters/01-sums/hints/add.adoc: is missing",
        "labs/01-sums/src/test/java/sums/AddTest.java: is missing: the test of step add",
        "solutions/01-sums/mistakes/add: has 1 of at least 2 mistakes",
        "labs/01-sums/src/main/java/sums/Sums.java: is missing; run ./ready author starters");
  }

  @Test
  void theSectionBeginsWithIdAndTitleAndIsIncluded() {
    sample.replace("chapters/01-sums/add.adoc", "== Add", "== Adding");
    sample.replace("chapters/01-sums/chapter.adoc", "include::twice.adoc", "include::thrice.adoc");

    complains(
        "chapters/01-sums/add.adoc: should begin with '[#add]' and '== Add'",
        "chapters/01-sums/chapter.adoc: does not include twice.adoc");
  }

  @Test
  void anExcuseForALineThatIsGoneIsNamed() {
    String excuse =
        """
          - file: sums/%s.java
            method: add
            mutation: negated conditional
            code: %s
            reason: none
        """;
    sample.write(
        "solutions/mutants.yaml",
        "add:\n"
            + excuse.formatted("Sums", "sum += number;")
            + excuse.formatted("Sums", "sum -= number;")
            + excuse.formatted("Products", "sum += number;"));

    complains(
        "solutions/mutants.yaml:7: excuses a mutant in a line that sums/Sums.java has not: sum -="
            + " number;",
        "solutions/mutants.yaml:12: excuses a mutant in no file: sums/Products.java");
  }

  @Test
  void hintsAreTwoQuestions() {
    sample.write("chapters/01-sums/hints/add.adoc", "== Add them up.\nYes.\n");

    complains(
        "chapters/01-sums/hints/add.adoc: has 1 of at least 2 hints",
        "chapters/01-sums/hints/add.adoc:1: 'Add them up.' is not a question");
  }

  @Test
  void aStepIsModelCheckedOrNot() {
    sample.replace(
        SampleWorkbook.TEST,
        "int sum = ",
        "readiness.testing.Interleavings.of(List::of);\nint sum = ");
    sample.replace(
        "chapters/course.yaml",
        "test: sums.TwiceTest",
        "test: sums.TwiceTest\n        model-checked: true");

    complains(
        SampleWorkbook.TEST
            + ": tries Interleavings, so course.yaml should say 'model-checked: true'",
        "labs/01-sums/src/test/java/sums/TwiceTest.java: tries no Interleavings, but course.yaml"
            + " says 'model-checked: true'");
  }

  @Test
  void stepAndTagAgree() {
    sample.replace(SampleWorkbook.TEST, "@Tag(\"add\")", "@Tag(\"ad\")");

    complains(
        SampleWorkbook.TEST + ": is not marked @Tag(\"add\")",
        SampleWorkbook.TEST + ": is marked @Tag(\"ad\"), but proves step add");
  }

  @Test
  void regionsAndFilesAgree() {
    sample.write(
        "solutions/01-sums/src/main/java/sums/Other.java",
        """
        package sums;

        final class Other {
          int two() {
            // tag::twice[]
            return 2;
            // end::twice[]
          }
        }
        """);
    sample.replace(
        "chapters/course.yaml",
        "files: [sums/Sums.java]\n        test: sums.AddTest",
        "files: [sums/Som.java]\n        test: sums.AddTest");

    complains(
        "chapters/course.yaml: step twice: 'files' lacks sums/Other.java",
        "chapters/course.yaml: step add: no file sums/Som.java in the solution",
        "chapters/course.yaml: step add: 'files' lacks sums/Sums.java");
  }

  @Test
  void mistakesBelongToTheirStepAndMatch() {
    sample.replace(SampleWorkbook.MISTAKE, "step: add", "step: twice");
    sample.replace(SampleWorkbook.MISTAKE, "AddTest#sum", "AddTest#some");
    sample.replace(SampleWorkbook.MISTAKE, "old: sum += number;", "old: sum -= number;");
    sample.replace("solutions/01-sums/mistakes/twice/once.yaml", "TwiceTest", "AddTest");

    complains(
        SampleWorkbook.MISTAKE + ": says step twice, but lies with add",
        SampleWorkbook.MISTAKE + ": AddTest has no method some",
        SampleWorkbook.MISTAKE + ":6: 'old' matches nowhere in sums/Sums.java",
        "mistakes/twice/once.yaml: 'caught-by' should name TwiceTest");
  }

  @Test
  void whatBelongsToNoStepIsNamed() {
    sample.write("chapters/01-sums/hints/thrice.adoc", "== Why?\nSo.\n");
    sample.write("solutions/01-sums/mistakes/thrice/a.yaml", "step: thrice\n");
    sample.write("labs/01-sums/src/test/java/sums/ThriceTest.java", "@Step(\"thrice\")\n");

    complains(
        "chapters/01-sums/hints/thrice.adoc: belongs to no step",
        "solutions/01-sums/mistakes/thrice: belongs to no step",
        "ThriceTest.java: is marked @Step, but no step of course.yaml names it");
  }

  @Test
  void linksLeadSomewhere() {
    sample.write(
        "README.adoc",
        "link:docs/none.adoc[]\n\n"
            + "image::docs/none.png[A picture]\n\n"
            + "link:https://example.org[]\n\n"
            + "<<here>> xref:chapters/01-sums/add.adoc#add[]\n");

    complains(
        "README.adoc:1: leads to docs/none.adoc, which is not there",
        "README.adoc:3: leads to docs/none.png, which is not there");
    assertThat(sample.said().lines()).hasSize(2);
  }

  private void complains(String... complaints) {
    assertThat(sample.author("consistency")).isEqualTo(1);
    assertThat(sample.said()).contains(complaints);
  }
}
