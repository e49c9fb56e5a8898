package readiness.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Workbook;

/** Figures of the book that are drawn from a run are what that run looks like today. */
@Tag("author")
class TraceFigureTest {
  @TempDir private Path folder;

  @Test
  void theSlowReaderIsDrawnAsItIs() throws Exception {
    String figure = "chapters/03-epoll/figures/trace-slow-reader.svg";
    Path drawn = folder.resolve("trace-slow-reader.svg");

    ToyWorkbook.Said said =
        new LoopWorkbook(folder)
            .unsolved()
            .ready(
                "trace",
                "slow-reader",
                "--seed",
                "5d1c",
                "--solution",
                "--no-open",
                "--svg",
                drawn.toString());

    assertThat(said.status()).as(said.out() + said.err()).isZero();
    assertThat(essence(Workbook.around(Path.of("")).root().resolve(figure)))
        .as(
            "what the loop does has changed: look whether the text still holds, then run"
                + " ./ready trace slow-reader --seed 5d1c --solution --svg "
                + figure)
        .isEqualTo(essence(drawn));
  }

  /** Without the numbers of descriptors and the time that was needed to begin. */
  private static String essence(Path figure) throws IOException {
    return Files.readString(figure)
        .replaceAll("fd[ =]\\d+|(?<=\\w\\()\\d+(?=[,)])|, \\d+, \\{", "fd");
  }
}
