package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.kernel.Call;
import readiness.kernel.Recording;
import readiness.ready.Desk;
import readiness.ready.Recorder;
import readiness.ready.check.CheckListener;
import readiness.ready.check.Outcome;
import readiness.ready.command.ToyWorkbook.Said;
import readiness.ready.story.Story;

/** Traces as a reader makes them, of code that is half written, right or wrong. */
class TraceCommandTest {
  /** For all tests: what was compiled in one need not be compiled in the next. */
  private static LoopWorkbook workbook;

  @TempDir private Path folder;

  @BeforeAll
  static void layOut(@TempDir Path shared) throws Exception {
    workbook = new LoopWorkbook(shared);
  }

  @BeforeEach
  void cleanUp() throws Exception {
    workbook.forget();
  }

  private Said trace(String... arguments) {
    List<String> all = new ArrayList<>(List.of("trace", "--no-open", "--json", json().toString()));
    all.addAll(Arrays.asList(arguments));
    return workbook.ready(all.toArray(String[]::new));
  }

  private Path json() {
    return folder.resolve("trace.json");
  }

  private Path page() {
    return workbook.root().resolve(".ready/trace.html");
  }

  private JsonNode recording() throws Exception {
    return new ObjectMapper().readTree(Files.readString(json()));
  }

  private static Stream<JsonNode> lines(JsonNode recording, String call) {
    return StreamSupport.stream(recording.path("lines").spliterator(), false)
        .filter(line -> line.path("call").asText().equals(call));
  }

  private static long bytes(JsonNode recording, String call) {
    return lines(recording, call)
        .mapToLong(line -> Math.max(0, line.path("result").asLong()))
        .sum();
  }

  @Test
  void theScenariosAreListedWithTheirSteps() throws Exception {
    Said said = workbook.unsolved().ready("trace", "--list");

    assertThat(said.status()).isZero();
    assertThat(said.out()).contains(Stream.of(Story.values()).map(Story::id).toList());
    assertThat(said.out()).containsPattern("slow-reader +Alice sends a lot").contains("3.6");
  }

  @Test
  void anUnwrittenStepIsNamedWithWhereToWriteIt() throws Exception {
    Said said = workbook.unsolved().ready("trace", "--no-open");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("needs step 3.2 event-array, which is not written yet")
        .contains("Edit     labs/03-epoll/src/main/java/readiness/epoll/EventArray.java")
        .contains("Check    ./ready check event-array")
        .contains("--solution");
    assertThat(page()).doesNotExist();
  }

  @Test
  void aRunIsDrawnAndCanBeReplayed() throws Exception {
    workbook.solvedUpTo("echo");
    Said said = trace("clients", "--seed", "5d1c");

    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("✓ clients", "seed 5d1c")
        .contains("Replay   ./ready trace clients --seed 5d1c")
        .contains("Picture  " + page().toUri());
    JsonNode first = recording();
    assertThat(first.path("schema").asText()).isEqualTo("readiness/trace/v1");
    assertThat(first.path("kernel").asText()).isEqualTo("simulated");
    assertThat(first.path("failure").isNull()).isTrue();
    assertThat(bytes(first, "recv")).isPositive().isEqualTo(bytes(first, "send"));
    assertThat(lines(first, "accept4").map(line -> line.path("client").asText()))
        .contains("alice", "bob", "carol");
    assertThat(lines(first, "note").map(line -> line.path("text").asText()))
        .contains("alice connects", "alice closes");
    assertThat(Files.readString(page()))
        .contains(">alice</text>", ">bob</text>", ">carol</text>", "Loop</dt><dd>yours");

    trace("clients", "--seed", "5d1c");
    assertThat(recording()).as("the same seed, the same run").isEqualTo(first);
    trace("clients", "--seed", "5d1d");
    assertThat(recording()).isNotEqualTo(first);
  }

  @Test
  void whatTheNextStepMendsIsShownFailing() throws Exception {
    workbook.solvedUpTo("echo");
    Said said = trace("slow-reader", "--seed", "5d1c");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("Then it failed")
        .contains("observed  the loop sleeps for ever while")
        .contains("Step 3.6 backpressure is about this, and not written yet.")
        .contains("labs/03-epoll/src/main/java/readiness/epoll/Outgoing.java")
        .contains("Replay   ./ready trace slow-reader --seed 5d1c");
    assertThat(Files.readString(page()))
        .contains("It fails", "the loop sleeps for ever while", "fails here", "wait never");
    JsonNode recording = recording();
    assertThat(recording.path("failure").path("observed").asText()).contains("sleeps for ever");
    JsonNode last = lines(recording, "epoll_wait").reduce((_, next) -> next).orElseThrow();
    assertThat(last.path("result").isNull()).isTrue();

    workbook.solvedUpTo("backpressure");
    assertThat(trace("slow-reader", "--seed", "5d1c").status()).isZero();
    assertThat(Files.readString(page())).doesNotContain("It fails").contains("keeps, at most");
  }

  @Test
  void anExceptionIsToldWithItsPlaceAndKeptFromBeingMarkup() throws Exception {
    workbook
        .solvedUpTo("backpressure")
        .changed(
            "EchoServer.java",
            "return to - from;",
            "if (to > 1) throw new IllegalStateException(\"<script>boom</script>\"); return to;");
    for (String kernel : List.of("--real", "--edge")) {
      Said said = trace("clients", kernel);

      assertThat(said.status()).as(kernel).isEqualTo(1);
      assertThat(said.out())
          .contains("IllegalStateException: <script>boom</script>")
          .containsPattern("at +labs/03-epoll/src/main/java/readiness/epoll/EchoServer.java:\\d+")
          .contains(kernel);
      assertThat(Files.readString(page()))
          .contains("&lt;script&gt;boom&lt;/script&gt;", "fails here")
          .doesNotContain("<script>boom");
    }
  }

  @Test
  void theRealKernelIsRecordedWithItsClients() throws Exception {
    workbook.solvedUpTo("backpressure");
    Said said = trace("endings", "--real");

    assertThat(said.status()).as(said.out() + said.err()).isZero();
    assertThat(said.out()).contains("on the real kernel", "--real");
    JsonNode recording = recording();
    assertThat(recording.path("kernel").asText()).isEqualTo("real");
    assertThat(lines(recording, "accept4").map(line -> line.path("client").asText()))
        .contains("alice", "bob", "carol", "dave");
    assertThat(lines(recording, "epoll_wait"))
        .allMatch(wait -> wait.path("end").asLong() >= wait.path("begin").asLong());
    assertThat(Files.readString(page()))
        .contains("Times are those of this machine")
        .doesNotContain("virtual ms");
  }

  @Test
  void theSolutionPlaysEveryStoryToItsEnd() {
    for (Story story : Story.values()) {
      Said level = trace(story.id(), "--solution", "--seed", "ffffffffffffffff");
      assertThat(level.status()).as(level.out() + level.err()).isZero();
      Said edge = trace(story.id(), "--solution", "--edge", "--seed", "0");
      assertThat(edge.status()).as(edge.out() + edge.err()).isZero();
    }
  }

  @Test
  void aLoopThatSpinsOnTheRealKernelIsStillALookableSize() throws Exception {
    workbook
        .solvedUpTo("backpressure")
        .changed("Outgoing.java", "return !isIdle();", "return true;");
    Said said = trace("idle", "--real");

    assertThat(said.status()).isZero();
    assertThat(lines(recording(), "epoll_wait").count()).isGreaterThan(1_000);
    assertThat(Files.readString(page())).contains("lines left out").hasSizeLessThan(500_000);
  }

  @Test
  void aCallThatBlocksIsTheLastMark() throws Exception {
    workbook
        .solvedUpTo("echo")
        .changed("Opening.java", "SOCK_STREAM | Sockets.SOCK_NONBLOCK", "SOCK_STREAM");
    Said said = trace("idle");

    assertThat(said.out()).contains("the loop blocks in accept4 on fd");
    assertThat(Files.readString(page())).contains("m blocks", "does not return");
  }

  @Test
  void aLoopThatSpinsInItselfIsDrawnAsFarAsItCame() throws Exception {
    workbook
        .solvedUpTo("echo")
        .changed("EchoServer.java", "return to - from;", "while (to > 0) {} return to;");

    Recorder.Take take = record(new Play(Story.CLIENTS, false, Duration.ofSeconds(2)));

    assertThat(take.result().outcome()).isEqualTo(Outcome.STUCK);
    assertThat(take.result().failure().observed()).contains("in EchoServer.received");
    assertThat(take.entries()).extracting(Recording.Entry::call).contains(Call.SEND);
  }

  @Test
  void clientsWhoWaitTooLongAreNamed() throws Exception {
    workbook
        .solvedUpTo("backpressure")
        .changed("Opening.java", "SOCK_STREAM | Sockets.SOCK_NONBLOCK", "SOCK_STREAM");

    Recorder.Take take = record(new Play(Story.IDLE, true, Duration.ofSeconds(3)));

    assertThat(take.result().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(take.result().failure().observed())
        .contains("after 3 s alice waits for 5 bytes and has 0")
        .contains("the loop has not come back from accept4(");
    assertThat(take.entries().getLast().returned()).isFalse();
  }

  @Test
  void aLoopThatSleepsIsStoppedBeforeItsRecordingIsRead() throws Exception {
    workbook
        .solvedUpTo("backpressure")
        .changed("EchoServer.java", "connection.send(input, from, to - from);", "");

    Recorder.Take take = record(new Play(Story.IDLE, true, Duration.ofSeconds(3)));

    assertThat(take.result().failure().observed())
        .as("it is the client who waits, the loop could be stopped")
        .isEqualTo("after 3 s alice waits for 5 bytes and has 0");
    assertThat(take.entries())
        .as("a call under way would be one of a loop that still runs, and writes, while it is read")
        .allMatch(Recording.Entry::returned);
  }

  private record Play(Story story, boolean real, Duration patience) {}

  private Recorder.Take record(Play play) throws Exception {
    String before = System.setProperty("readiness.root", workbook.root().toString());
    try {
      return Recorder.record(
          Desk.open(new PrintWriter(Writer.nullWriter())),
          new Recorder.Play(play.story, "1", play.real, false, false, play.patience),
          new CheckListener() {});
    } finally {
      if (before == null) {
        System.clearProperty("readiness.root");
      } else {
        System.setProperty("readiness.root", before);
      }
    }
  }

  @Test
  void aCrashOfNativeCodeLeavesTheToolStanding() throws Exception {
    workbook
        .solvedUpTo("echo")
        .changed(
            "EchoServer.java",
            "return to - from;",
            "return MemorySegment.ofAddress(64).reinterpret(4)"
                + ".get(java.lang.foreign.ValueLayout.JAVA_INT, 0);");
    Said said = trace("clients");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("SIGSEGV", "no picture").doesNotContain("Picture");
    assertThat(page()).doesNotExist();
  }

  @Test
  void codeThatDoesNotCompileIsShown() throws Exception {
    workbook.solvedUpTo("echo").changed("EchoServer.java", "return to - from;", "return to - from");
    Said said = trace("clients");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).contains("the code does not compile", "';' expected", "^");
    assertThat(page()).doesNotExist();
  }

  @Test
  void thePictureAloneIsWellFormedAndCarriesItsName() throws Exception {
    Path svg = folder.resolve("in/my trace.svg");
    Path out = folder.resolve("in/page.html");
    Said said = trace("idle", "--solution", "--svg", svg.toString(), "--out", out.toString());

    assertThat(said.status()).isZero();
    assertThat(Files.readString(svg)).startsWith("<svg").contains("id=\"figure-my-trace\"");
    assertThat(out).exists();
    assertThat(page()).doesNotExist();
  }

  @Test
  void whatIsCalledWronglyIsNamed() throws Exception {
    workbook.unsolved();
    assertThat(trace("slow-raeder"))
        .matches(said -> said.status() == 2)
        .extracting(Said::err)
        .asString()
        .contains("no scenario 'slow-raeder'", "Did you mean slow-reader?");
    assertThat(trace("clients", "--seed", "xyz"))
        .matches(said -> said.status() == 2)
        .extracting(Said::err)
        .asString()
        .contains("'--seed xyz' is not a hexadecimal number");
    assertThat(trace("clients", "--out", folder.toString()))
        .matches(said -> said.status() == 2)
        .extracting(Said::err)
        .asString()
        .contains("is a folder");
    assertThat(trace("clients", "--solution", "--out", "/proc/nowhere/trace.html"))
        .matches(said -> said.status() == 3)
        .extracting(Said::err)
        .asString()
        .contains("cannot write /proc/nowhere/trace.html");
    assertThat(new ToyWorkbook(folder).ready("trace"))
        .matches(said -> said.status() == 3)
        .extracting(Said::err)
        .asString()
        .contains("the course has no step 'echo'");
  }
}
