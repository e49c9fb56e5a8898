package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillMatrixTest {
  @TempDir Path folder;

  @Test
  void oneMistakeThatFailsExactlyTheseMethodsIsLikely() {
    KillMatrix matrix = new KillMatrix();
    matrix.put("echo", "sent-twice", Map.of("bytesArrive", "", "inOrder", ""));
    matrix.put("echo", "dropped", Map.of("bytesArrive", ""));
    matrix.put("echo", "half-close", Map.of("theEndIsAnswered", ""));
    matrix.put("echo", "never-closed", Map.of("theEndIsAnswered", ""));

    assertThat(matrix.thatFail("echo", Map.of("bytesArrive", "it is over")))
        .containsExactly("dropped");
    assertThat(
            matrix.thatFail("echo", Map.of("bytesArrive", "it is over", "inOrder", "it is over")))
        .containsExactly("sent-twice");
    assertThat(matrix.thatFail("echo", Map.of("inOrder", "it is over")))
        .as("none fails just this")
        .isEmpty();
    assertThat(matrix.thatFail("echo", Map.of("theEndIsAnswered", "it is over")))
        .as("a tie")
        .hasSize(2);
    assertThat(matrix.thatFail("waiting", Map.of("bytesArrive", "it is over"))).isEmpty();
  }

  @Test
  void whereTheEndsAreKnownTheyHaveToBeAlike() {
    KillMatrix matrix = new KillMatrix();
    matrix.put("echo", "dropped", Map.of("bytesArrive", "recv → #", "inOrder", ""));

    assertThat(matrix.thatFail("echo", Map.of("bytesArrive", "recv → #", "inOrder", "any")))
        .containsExactly("dropped");
    assertThat(matrix.thatFail("echo", Map.of("bytesArrive", "send → #", "inOrder", "any")))
        .isEmpty();
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    KillMatrix matrix = new KillMatrix();
    String end = "recv(#): \"a\\r\" → #";
    matrix.put("echo", "dropped", Map.of("bytesArrive", end, "inOrder", ""));
    matrix.put("waiting", "rounded-down", Map.of("roundsUp", ""));
    matrix.put("waiting", "forgotten", Map.of("roundsUp", ""));
    matrix.put("echo", "caught-by-nothing", Map.of());
    matrix.put("waiting", "caught-no-longer", Map.of("roundsUp", ""));
    matrix.put("waiting", "caught-no-longer", Map.of());
    matrix.retain("waiting", Set.of("rounded-down"));
    Path file = folder.resolve("mistakes.yaml");
    Files.writeString(file, matrix.toYaml());

    KillMatrix read = KillMatrix.read(file);

    assertThat(read.toYaml()).isEqualTo(matrix.toYaml());
    assertThat(read.thatFail("echo", Map.of("bytesArrive", end, "inOrder", end)))
        .containsExactly("dropped");
    assertThat(read.ends("echo", "dropped")).containsOnlyKeys("bytesArrive", "inOrder");
    assertThat(read.ends("waiting", "forgotten")).isEmpty();
  }

  @Test
  void withoutAFileItIsEmptyAndABrokenOneIsNamed() throws IOException {
    Path file = folder.resolve("mistakes.yaml");
    assertThat(KillMatrix.read(file).thatFail("echo", Map.of())).isEmpty();

    Files.writeString(file, "echo:\n  dropped: bytesArrive\n");
    assertThatThrownBy(() -> KillMatrix.read(file))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("mistakes.yaml:2: field 'dropped' should be a list");
  }
}
