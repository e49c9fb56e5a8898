package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.chart.Value;
import readiness.experiment.Result;
import readiness.experiment.Table;
import readiness.ready.Screen;
import readiness.ready.command.ToyWorkbook.Said;
import readiness.ready.view.TableText;

/** Predict, measure, see: as a reader does it, in a JVM of its own. */
class ExperimentCommandTest {
  @TempDir private Path folder;
  private ToyWorkbook workbook;

  @BeforeEach
  void layOut() throws IOException {
    workbook = new ToyWorkbook(folder);
  }

  private Path kept(String name) {
    return workbook.root().resolve(".ready/experiments").resolve(name);
  }

  @Test
  void withoutANameTheyAreListedWithTheirClaims() {
    Said said = workbook.ready("experiment");

    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("00-setting-out", "03-epoll")
        .contains("· downcall-cost            What a small system call from Java costs")
        .contains("“Go collects garbage by reference counting”")
        .contains("select-poll-epoll", "busy-loop", "dup-keeps-registration", "thundering-herd")
        .doesNotContain("predicted");
  }

  @Test
  void aPredictionIsHeldAgainstWhatIsMeasured() throws Exception {
    Path json = folder.resolve("out/dup.json");
    Path svg = folder.resolve("out/dup.svg");
    Said said =
        workbook.ready(
            "experiment",
            "dup-keeps-registration",
            "--predict",
            "A",
            "--json",
            json.toString(),
            "--svg",
            svg.toString());

    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("On trial   after each event the descriptor must be taken out")
        .contains("a)  Nothing: the number is closed.")
        .containsPattern("closed, a duplicate lives +10 +–\n")
        .containsPattern("the same, then removed +10 +−9\n")
        .contains("Predicted  You predicted a; it was b.")
        .contains("It was     b) An event with the first number's token, at every wait.")
        .contains("Because    In 10 waits,")
        .contains("Verdict: wrong.")
        .contains("Chart    " + svg, "Numbers  " + json);

    Result report = Result.read(json);
    assertThat(report.prediction()).isEqualTo("a");
    assertThat(report.conclusion().right()).isEqualTo("b");
    assertThat(Files.readString(svg)).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(kept("dup-keeps-registration.json")).hasSameTextualContentAs(json);
    assertThat(kept("dup-keeps-registration.svg")).hasSameTextualContentAs(svg);
    assertThat(workbook.ready("experiment").out())
        .contains("✓ dup-keeps-registration", "You predicted a; it was b. Verdict: wrong.");
  }

  @Test
  void whereNobodySitsNobodyIsAsked() {
    Said said = workbook.ready("experiment", "gc-cycle");

    assertThat(said.status()).isZero();
    assertThat(said.out())
        .doesNotContain("Your prediction", "You predicted")
        .containsPattern("counting references, a model +1,000 +1,000 +1,000\n")
        .contains("It was     b) At the first collection.");
    assertThat(workbook.ready("experiment").out()).contains("No prediction. Verdict: wrong.");
  }

  @Test
  void whatDoesNotExistIsNamedWithWhatIsNear() {
    Said said = workbook.ready("experiment", "bussy-loop");

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err())
        .contains("there is no experiment 'bussy-loop'. Did you mean busy-loop?")
        .contains("./ready experiment --help");
    assertThat(workbook.ready("experiment", "--help").out())
        .contains("--predict", "--no-question", "--long", "--json", "--svg");
  }

  @Test
  void aPredictionThatIsNoOptionIsRefusedBeforeAnythingRuns() {
    Said said = workbook.ready("experiment", "gc-cycle", "--predict", "d");

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).contains("'--predict d' is none of a, b, c.");
    assertThat(said.out()).doesNotContain("Measuring");
    assertThat(workbook.ready("experiment", "--predict", "a").err())
        .contains("say which experiment");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedBeforeAnythingRuns() throws Exception {
    Files.createDirectory(folder.resolve("taken"));
    Files.writeString(folder.resolve("file"), "");

    for (String place : List.of("taken", "file/below")) {
      Said said =
          workbook.ready("experiment", "gc-cycle", "--json", folder.resolve(place).toString());

      assertThat(said.status()).isEqualTo(3);
      assertThat(said.err()).contains("cannot write " + folder.resolve(place));
      assertThat(said.out()).doesNotContain("Measuring");
    }
    assertThat(kept("gc-cycle.json")).doesNotExist();
  }

  @Test
  void aKeptResultThatIsBrokenIsNamedWithHowToMendIt() throws Exception {
    Files.createDirectories(kept("").toAbsolutePath());
    Files.writeString(kept("busy-loop.json"), "half a");

    Said said = workbook.ready("experiment");

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err())
        .contains("busy-loop.json does not hold an experiment's result")
        .contains("./ready experiment busy-loop writes it anew");
  }

  private static List<String> table(int width) {
    Table table =
        new Table(
            "server",
            List.of(
                new Table.Column("cpu", "processor time a message, µs"),
                new Table.Column("lines", "lines of code")),
            List.of(
                new Table.Row(
                    "threads",
                    Map.of("cpu", new Value(13.25, 10.5, 14), "lines", Value.exactly(24))),
                new Table.Row("the loop", Map.of("lines", Value.exactly(1421)))),
            List.of("A note."));
    StringWriter text = new StringWriter();
    new TableText(new Screen(new PrintWriter(text, true), false, width)).print(table);
    return text.toString().lines().toList();
  }

  @Test
  void aTableShowsMediansAndBelowThemTheirRange() {
    assertThat(table(96))
        .containsExactly(
            "               processor",
            "                  time a  lines of",
            "   server    message, µs      code",
            "   threads          13.3        24",
            "                 10.5–14",
            "   the loop            –     1,421",
            "",
            "   A note.");
  }

  @Test
  void whereItIsTooWideForTheTerminalEachRowIsAList() {
    assertThat(table(30))
        .containsExactly(
            "   threads",
            "      processor time a",
            "      message, µs: 13.3",
            "      10.5–14",
            "      lines of code: 24",
            "   the loop",
            "      lines of code: 1,421",
            "",
            "   A note.");
    assertThat(Stream.of(table(30)).flatMap(List::stream)).allMatch(line -> line.length() <= 30);
  }
}
