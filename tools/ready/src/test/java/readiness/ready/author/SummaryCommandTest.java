package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryCommandTest {
  @TempDir Path root;

  @Test
  void itCountsAndSaysWhatWasSkippedAndLeftOut() {
    SampleWorkbook sample = new SampleWorkbook(root);
    sample.write(
        "labs/kit/target/surefire-reports/TEST-a.ATest.xml",
        """
        <testsuite>
          <testcase name="one" classname="a.ATest"/>
          <testcase name="two" classname="a.ATest"><skipped message="because it is dark"/></testcase>
        </testsuite>
        """);
    sample.write(
        "tools/x/target/surefire-reports/TEST-b.BTest.xml",
        "<testsuite><testcase name='one' classname='b.BTest'/></testsuite>");
    sample.replace(SampleWorkbook.TEST, "@Tag(\"add\")", "@Tag(\"add\")\n@Tag(\"full\")");

    assertThat(sample.author("summary", "--without", "full,nothing")).isZero();
    assertThat(sample.said())
        .isEqualTo(
            """
            3 tests in 2 modules: 0 failed, 1 skipped
              skipped: ATest.two: because it is dark
              left for mvn verify -Pfull: AddTest
            """);
    assertThat(sample.author("summary", "--since", "2999-01-01T00:00:00Z")).isZero();
    assertThat(sample.said()).startsWith("0 tests");
  }

  @Test
  void aFailureIsOneHereToo() {
    SampleWorkbook sample = new SampleWorkbook(root);
    sample.write(
        "labs/kit/target/surefire-reports/TEST-a.ATest.xml",
        "<testsuite><testcase name='one' classname='a.ATest'><error/></testcase></testsuite>");

    assertThat(sample.author("summary")).isEqualTo(1);
    assertThat(sample.said()).startsWith("1 tests in 1 modules: 1 failed");
  }
}
