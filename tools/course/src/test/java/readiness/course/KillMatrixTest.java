package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillMatrixTest {
  @TempDir Path folder;

  @Test
  void oneMistakeThatFailsExactlyTheseMethodsIsLikely() {
    KillMatrix matrix = new KillMatrix();
    matrix.put("echo", "sent-twice", Set.of("bytesArrive", "inOrder"));
    matrix.put("echo", "dropped", Set.of("bytesArrive"));
    matrix.put("echo", "half-close", Set.of("theEndIsAnswered"));
    matrix.put("echo", "never-closed", Set.of("theEndIsAnswered"));

    assertThat(matrix.thatFail("echo", Set.of("bytesArrive"))).containsExactly("dropped");
    assertThat(matrix.thatFail("echo", Set.of("bytesArrive", "inOrder")))
        .containsExactly("sent-twice");
    assertThat(matrix.thatFail("echo", Set.of("inOrder"))).as("none fails just this").isEmpty();
    assertThat(matrix.thatFail("echo", Set.of("theEndIsAnswered"))).as("a tie").hasSize(2);
    assertThat(matrix.thatFail("waiting", Set.of("bytesArrive"))).isEmpty();
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    KillMatrix matrix = new KillMatrix();
    matrix.put("echo", "dropped", Set.of("bytesArrive", "inOrder"));
    matrix.put("waiting", "rounded-down", Set.of("roundsUp"));
    matrix.put("waiting", "forgotten", Set.of("roundsUp"));
    matrix.retain("waiting", Set.of("rounded-down"));
    Path file = folder.resolve("mistakes.yaml");
    Files.writeString(file, matrix.toYaml());

    KillMatrix read = KillMatrix.read(file);

    assertThat(read.toYaml()).isEqualTo(matrix.toYaml());
    assertThat(read.methods("echo", "dropped")).containsExactly("bytesArrive", "inOrder");
    assertThat(read.methods("waiting", "forgotten")).isEmpty();
  }

  @Test
  void withoutAFileItIsEmptyAndABrokenOneIsNamed() throws IOException {
    Path file = folder.resolve("mistakes.yaml");
    assertThat(KillMatrix.read(file).thatFail("echo", Set.of())).isEmpty();

    Files.writeString(file, "echo:\n  dropped: bytesArrive\n");
    assertThatThrownBy(() -> KillMatrix.read(file))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("mistakes.yaml:2: field 'dropped' should be a list");
  }
}
