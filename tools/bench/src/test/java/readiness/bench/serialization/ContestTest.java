package readiness.bench.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.bench.Display;
import readiness.bench.Rooms;
import readiness.bench.Settings;
import readiness.bench.serialization.Task.Operation;

/** Everything is measured once, as shortly as it can be; no time is looked at. */
class ContestTest {
  private static final String CLASS_PATH = Rooms.classPath(SerializationRoom.CHAPTER);

  @TempDir private Path folder;

  @Test
  void aJvmMeasuresReadingAndWritingOfEveryMessage() {
    Map<Task, Cost> costs = Fork.measure(CLASS_PATH, Format.PROTOBUF, Library.OURS, 0.01);

    assertThat(costs).hasSize(2 * Message.values().length);
    assertThat(costs.values()).allSatisfy(cost -> assertThat(cost.nanos()).isPositive());
    // The record, its list and its texts at least; each text is an object and its bytes.
    assertThat(costs.get(new Task(Message.SMALL, Operation.READ)).allocated())
        .isGreaterThan(16 + 24 + 3 * (24 + 16));
  }

  @Test
  void aMessageThatIsBuiltAlreadyIsOnlyWritten() {
    assertThat(
            Fork.measure(CLASS_PATH, Format.PROTOBUF, Library.PROTOBUF_JAVA_BUILT, 0.01).keySet())
        .extracting(Task::operation)
        .containsOnly(Operation.WRITE);
  }

  @Test
  void aFormatIsMeasuredShownAndWritten() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Display display = new Display(new PrintStream(out, true, StandardCharsets.UTF_8), false, 80);
    Path json = folder.resolve("result.json");
    Path svg = folder.resolve("chart.svg");

    Contest.run(
        Settings.parse("format=json", "rounds=1", "seconds=0.01", "json=" + json, "svg=" + svg),
        display);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("reference beside the libraries · 1 × 0.01 s for each of 18 tasks")
        .contains("json, small, ", "json, other letters, ", "json, 100 KiB, ")
        .contains("Jackson databind", "Jackson streaming", "? no conclusion: fewer than 5 rounds")
        .doesNotContain("protobuf", "thrift");
    JsonNode messages = new ObjectMapper().readTree(json.toFile()).get("messages");
    assertThat(messages).hasSize(3);
    JsonNode sides = messages.get(0).get("sides");
    assertThat(sides.fieldNames())
        .toIterable()
        .containsExactly("reference", "Jackson databind", "Jackson streaming");
    double ours = sides.get("reference").get("read").get("nanos").get(0).asDouble();
    double theirs = sides.get("Jackson databind").get("read").get("nanos").get(0).asDouble();
    assertThat(sides.get("Jackson databind").get("read").get("ratio").get("middle").asDouble())
        .isEqualTo(theirs / ours);
    assertThat(Files.readString(svg)).startsWith("<svg").contains("read, json, small");
  }

  @Test
  void aReadersCodeIsFoundBeforeAnyOther() {
    Setup setup = Setup.of(Settings.parse("mine=" + folder, "format=thrift"));

    assertThat(setup.ours()).isEqualTo("mine");
    assertThat(setup.classPath()).startsWith(folder.toString());
    assertThat(setup.classPath()).doesNotContain("05-serialization");
    assertThat(setup.formats()).containsExactly(Format.BINARY, Format.COMPACT);
  }
}
