package readiness.ready.author;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatCommandTest {
  @TempDir Path root;

  @Test
  void filesThatAreNotFormattedAreNamedThenFormatted() {
    SampleWorkbook sample = new SampleWorkbook(root);
    sample.replace(SampleWorkbook.TEST, "    int sum", "  int sum");

    assertThat(sample.author("format", "--check")).isEqualTo(1);
    assertThat(sample.said())
        .contains(SampleWorkbook.TEST + ": is not formatted")
        .contains("./ready author format");
    assertThat(sample.author("format")).isZero();
    assertThat(sample.said()).contains(SampleWorkbook.TEST + ": formatted");
    assertThat(sample.read(SampleWorkbook.TEST)).contains("\n    int sum");
    assertThat(sample.author("format", "--check")).isZero();
  }

  @Test
  void whatAReaderWritesIsLeftAlone() {
    SampleWorkbook sample = new SampleWorkbook(root);
    sample.write(SampleWorkbook.STARTER, "package sums;  class  Sums {}\n");

    assertThat(sample.author("format", "--check")).as(sample.said()).isZero();
  }

  @Test
  void whatIsNotJavaIsNamedWithItsLine() {
    SampleWorkbook sample = new SampleWorkbook(root);
    sample.replace(SampleWorkbook.TEST, "int sum =", "int sum");

    assertThat(sample.author("format")).isEqualTo(1);
    assertThat(sample.said()).contains(SampleWorkbook.TEST + ":14: cannot be formatted: ");
  }
}
