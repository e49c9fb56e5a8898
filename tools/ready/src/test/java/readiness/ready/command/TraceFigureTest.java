package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Workbook;

/** What the book shows and says of runs is what these runs look like today. */
@Tag("author")
class TraceFigureTest {
  @TempDir private Path folder;
  private LoopWorkbook workbook;

  @BeforeEach
  void layOut() throws IOException {
    workbook = new LoopWorkbook(folder).unsolved();
  }

  @Test
  void theSlowReaderIsDrawnAsItIs() throws Exception {
    String figure = "chapters/03-epoll/figures/trace-slow-reader.svg";
    Path drawn = folder.resolve("trace-slow-reader.svg");

    ToyWorkbook.Said said =
        workbook.ready(
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

  @Test
  void edgesCostSoManyCallsLessAsTheTextSays() throws Exception {
    assertThat(controls()).as("chapters/03-epoll/edge-triggered.adoc").isEqualTo(14);
    assertThat(controls("--edge")).as("chapters/03-epoll/edge-triggered.adoc").isEqualTo(6);
  }

  private long controls(String... more) throws IOException {
    Path json = folder.resolve("trace.json");
    List<String> arguments = new ArrayList<>(List.of("trace", "slow-reader", "--seed", "5d1c"));
    arguments.addAll(List.of("--solution", "--no-open", "--json", json.toString()));
    arguments.addAll(List.of(more));
    workbook.ready(arguments.toArray(String[]::new));
    return new ObjectMapper()
        .readTree(Files.readString(json)).findValuesAsText("call").stream()
            .filter("epoll_ctl"::equals)
            .count();
  }

  /** Without the numbers of descriptors and the time that was needed to begin. */
  private static String essence(Path figure) throws IOException {
    return Files.readString(figure)
        .replaceAll("fd[ =]\\d+|(?<=\\w\\()\\d+(?=[,)])|, \\d+, \\{", "fd");
  }
}
