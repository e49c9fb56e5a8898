package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.ready.command.ToyWorkbook.Said;

/** What {@code ready bench} says before anything is measured. */
class BenchCommandTest {
  @TempDir private Path folder;
  private LoopWorkbook workbook;

  @BeforeEach
  void layOut() throws Exception {
    workbook = new LoopWorkbook(folder);
  }

  private void refused(String why, String... arguments) {
    Said said = workbook.ready(arguments);
    assertThat(said.status()).as(List.of(arguments).toString()).isEqualTo(2);
    assertThat(said.err()).startsWith("ready: " + why).contains("`./ready bench --help` says");
    assertThat(said.out()).isEmpty();
  }

  @Test
  void withoutAChapterItSaysWhatCanBeMeasured() {
    Said said = workbook.ready("bench");

    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("epoll   3 Wait for many connections at once")
        .contains("./ready bench epoll ", "--idle 10000", "--soak 5m", "--loops 2", "--mine")
        .contains("serialization   5 Say it in bytes", "./ready bench serialization ");
  }

  @Test
  void whatCannotBeMeasuredIsNamedWithWhatCan() {
    refused(
        "there is no chapter 'eppol' to measure; there are epoll and serialization. Did you mean"
            + " epoll?",
        "bench",
        "eppol");
    refused(
        "there is nothing to measure in chapter 'capstone' yet; there is in epoll and"
            + " serialization.",
        "bench",
        "capstone");
  }

  @Test
  void senselessSettingsAreRefused() {
    refused("'--rounds 0' is not between 1 and 99.", "bench", "epoll", "--rounds", "0");
    refused("'--seconds 0.01' is not between 0.05 and 600.0.", "bench", "3", "--seconds", "0.01");
    refused("'--depth 999' is not between 1 and 256.", "bench", "epoll", "--depth", "999");
    refused("'--soak 5x' is not a time such as 90s or 5m.", "bench", "epoll", "--soak", "5x");
    refused(
        "'--idle' and '--soak' are two measurements; choose one.",
        "bench",
        "epoll",
        "--idle",
        "9",
        "--soak",
        "9s");
    refused(
        "'--loops' and '--idle' are two measurements; choose one.",
        "bench",
        "epoll",
        "--loops",
        "2",
        "--idle",
        "9");
    refused("'--loops 1' is not between 2 and 64.", "bench", "epoll", "--loops", "1");
    refused("'--svg' does not go with '--loops'.", "bench", "3", "--loops", "2", "--svg", "x");
    refused("'--rounds' does not go with '--soak'.", "bench", "3", "--soak", "1m", "--rounds", "5");
    refused(
        "'--against nety' is neither netty nor reference. Did you mean netty?",
        "bench",
        "epoll",
        "--against",
        "nety");
    refused("'--against reference' goes with --mine", "bench", "epoll", "--against", "reference");
    refused(
        "'%s' is a folder; name a file.".formatted(folder),
        "bench",
        "epoll",
        "--json",
        folder.toString());
  }

  @Test
  void whatIsAskedOfServersIsNotAskedOfCodecs() {
    refused("'--idle' does not go with 'serialization'.", "bench", "5", "--idle", "9");
    refused("'--depth' does not go with 'serialization'.", "bench", "5", "--depth", "9");
    refused("'--format' does not go with 'epoll'.", "bench", "epoll", "--format", "json");
    refused(
        "'--format jason' is none of protobuf, json and thrift. Did you mean json?",
        "bench",
        "serialization",
        "--format",
        "jason");
    refused("'--long' does not go with '--quick'.", "bench", "5", "--quick", "--long");
    refused("'--long' does not go with '--soak'.", "bench", "3", "--soak", "1m", "--long");
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedBeforeItIsMeasured() {
    Said said = workbook.ready("bench", "epoll", "--svg", folder + "/nowhere/chart.svg");

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err()).contains("cannot write " + folder + "/nowhere/chart.svg");
  }

  @Test
  void aNeededStepThatIsNotWrittenIsNamed() throws Exception {
    Said said = workbook.unsolved().ready("bench", "epoll", "--mine");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("· 3.1 epoll-calls", "Your loop can be measured when", "LinuxEpoll.java");
  }

  @Test
  void codecsThatAreNotWrittenAreNamed() throws Exception {
    Said said =
        new LoopWorkbook(folder.resolve("codecs"), "serialization")
            .unsolved()
            .ready("bench", "serialization", "--mine", "--format", "protobuf");

    assertThat(said.status()).isEqualTo(2);
    assertThat(said.out())
        .contains("· 5.1 varint", "Varint.java")
        .contains("Your code can be measured when this is written: 5.1 varint");
  }

  @Test
  void aNaiveFormIsNotMeasuredEither() throws Exception {
    Said said = workbook.solvedUpTo("echo").ready("bench", "epoll", "--mine");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("· 3.6 backpressure", "Outgoing.java", "flush(), line");
  }

  @Test
  void codeThatDoesNotCompileIsShown() throws Exception {
    Said said =
        workbook
            .solvedUpTo("client")
            .changed("EchoServer.java", "connection.send(input, from, to - from);", "send(input);")
            .ready("bench", "epoll", "--mine");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("the code does not compile", "EchoServer.java:");
  }

  @Test
  void laterStepsMayBeMissingAndAreNamed() throws Exception {
    Said said = workbook.solvedUpTo("backpressure").ready("bench", "epoll", "--mine");

    assertThat(said.out()).contains("Your loop, as far as it is written: without 3.7 hang-up, 3.8");
    // In this copy nothing is built that could measure.
    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err()).contains("the measurements are not built");
  }
}
