package readiness.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Chapter;
import readiness.course.Source;
import readiness.course.Workbook;

/**
 * {@code ready bench} as it is packaged, with the smallest sizes: that it measures what it says,
 * writes what it promises and refuses what cannot be. No number that depends on time is looked at.
 */
class BenchTest {
  private static final Workbook ORIGINAL = Workbook.around(Path.of(""));

  private static final List<String> LINKS = List.of("tools", "solutions", "chapters/course.yaml");

  @TempDir private Path folder;
  private Path root;

  /** What a call came to. */
  private record Said(int status, String out) {}

  /** A workbook of its own, whose tools are the original's. */
  @BeforeEach
  void layOut() throws IOException {
    root = folder.resolve("my workbook");
    Files.createDirectories(root.resolve("chapters"));
    for (String each : LINKS) {
      Files.createSymbolicLink(root.resolve(each), ORIGINAL.root().resolve(each));
    }
  }

  @AfterEach
  void unlink() throws IOException {
    for (String each : LINKS) {
      Files.delete(root.resolve(each));
    }
  }

  /** The reader has written everything, as the solution does. */
  private void solve() throws IOException {
    Chapter epoll = ORIGINAL.course().chapter("epoll").orElseThrow();
    for (Source each : ORIGINAL.sources(epoll)) {
      write(each.name(), each.complete());
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = file(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path file(String name) {
    return root.resolve("labs/03-epoll/src/main/java").resolve(name);
  }

  private Said bench(String... arguments) throws IOException, InterruptedException {
    return bench("exec \"$0\" \"$@\"", arguments);
  }

  /** Calls it by a line of shell that may set limits before. */
  private Said bench(String shell, String[] arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", shell));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dreadiness.root=" + root);
    command.add("-jar");
    command.add(ORIGINAL.root().resolve("tools/ready/target/ready.jar").toString());
    command.add("bench");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes());
    return new Said(process.waitFor(), out);
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(root.resolve(".ready/bench").resolve(name).toFile());
  }

  @Test
  void aReadersLoopIsMeasuredBesideNetty() throws Exception {
    solve();

    Said said = bench("epoll", "--mine", "--rounds", "1", "--seconds", "0.05");

    assertThat(said.status()).as(said.out()).isZero();
    assertThat(said.out())
        .contains("mine beside netty")
        .contains("echo, one at a time", "echo, 16 pipelined")
        .contains("http, one at a time", "http, 16 pipelined")
        .contains("file, one at a time", "file, 16 pipelined")
        .contains("no conclusion: 1 of at least 5 rounds")
        .contains("System calls of mine for a request");
    JsonNode report = json("epoll-mine.json");
    assertThat(report.path("loads")).hasSize(6);
    for (JsonNode load : report.path("loads")) {
      for (String contender : List.of("mine", "netty")) {
        JsonNode sample = load.path("rounds").path(contender).path(0);
        assertThat(sample.path("rate").asDouble()).isPositive();
        assertThat(sample.path("p99").asDouble()).isPositive();
      }
      assertThat(load.path("ratio").path("conclusive").asBoolean()).isFalse();
    }
    // Counted, not timed: one send for a request, one for a batch.
    assertThat(calls(report, "echo, one at a time", "send")).isBetween(1.0, 1.1);
    assertThat(calls(report, "http, 16 pipelined", "send")).isBetween(1.0 / 16, 1.0 / 8);
    Path chart = root.resolve(".ready/bench/epoll-mine.svg");
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(chart.toFile()))
        .isNotNull();
    assertThat(Files.readString(chart)).contains("mine beside netty", "http, one at a time");
  }

  private static double calls(JsonNode report, String load, String call) {
    return report.path("calls").path(load).path(call).asDouble();
  }

  @Test
  void nothingOfTheSolutionStandsInForAReadersLoop() throws Exception {
    solve();
    // As it is after the steps up to this one, whose servers need a later one to run at all.
    Path loop = file("readiness/epoll/EventLoop.java");
    String text = Files.readString(loop);
    write(
        "readiness/epoll/EventLoop.java",
        text.replace(
            "  public void turn() {",
            "  public void turn() {\n"
                + "    if (true) throw new readiness.kernel.NotYet(\"wake-up\");"));

    Said said = bench("epoll", "--mine", "--against", "reference", "--quick");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("Your loop, as far as it is written: without 3.11 wake-up.")
        .contains("mine's echo server has ended.", "not written yet: step wake-up")
        .doesNotContain("reference / ");
  }

  @Test
  void idleConnectionsAreOpenedWhateverTheSoftLimit() throws Exception {
    Said said =
        bench(
            "ulimit -Sn 256; exec \"$0\" \"$@\"",
            new String[] {"epoll", "--idle", "600", "--rounds", "1", "--seconds", "0.05"});

    assertThat(said.status()).as(said.out()).isZero();
    assertThat(said.out()).contains("bytes per idle connection", "netty, 600 idle");
    JsonNode report = json("epoll-idle.json");
    JsonNode beside = report.path("contenders").path("netty").path(0).path("beside");
    assertThat(beside.path("rate").asDouble()).isPositive();
    assertThat(root.resolve(".ready/bench/epoll-idle.svg")).isNotEmptyFile();
  }

  @Test
  void tooFewDescriptorsAreSaidBeforeAnythingIsMeasured() throws Exception {
    Said said = bench("ulimit -n 300; exec \"$0\" \"$@\"", new String[] {"epoll", "--idle", "600"});

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.out())
        .contains("600 idle connections need 764 descriptors in one process, and the limit is 300")
        .contains("ulimit -Hn", "--idle 136");
  }

  @Test
  void twoLoopsAreMeasuredBesideOne() throws Exception {
    Said said = bench("epoll", "--loops", "2", "--rounds", "1", "--seconds", "0.05");

    assertThat(said.status()).as(said.out()).isZero();
    assertThat(said.out())
        .contains("2 loops beside 1 loop", "2 / 1, processor time", "2 / 1, requests/s");
    JsonNode report = json("epoll-loops.json");
    assertThat(report.path("clients").asInt()).isEqualTo(2);
    for (String loops : List.of("1", "2")) {
      assertThat(report.path("loops").path(loops).path(0).path("rate").asDouble()).isPositive();
    }
  }

  @Test
  void aShortSoakLeavesNothingBehind() throws Exception {
    Said said = bench("epoll", "--soak", "1s");

    assertThat(said.status()).as(said.out()).isZero();
    assertThat(said.out())
        .contains("✓ wrong bytes", "✓ leaked descriptors", "✓ still answering")
        .doesNotContain("✗");
    assertThat(json("epoll-soak.json").path("checks")).hasSizeGreaterThan(5);
  }

  @Test
  void nettyIsNotAmongTheToolsOwnJars() throws Exception {
    try (Stream<Path> jars = Files.list(ORIGINAL.root().resolve("tools/ready/target/lib"))) {
      assertThat(jars.map(each -> each.getFileName().toString()))
          .isNotEmpty()
          .noneMatch(name -> name.startsWith("netty"));
    }
  }
}
