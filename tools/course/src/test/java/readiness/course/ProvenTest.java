package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Proven.Kind;

class ProvenTest {
  private static final String DIGEST = "0123456789012345";

  @TempDir private Path folder;

  private Proven written(String yaml) throws IOException {
    Path file = folder.resolve("proven.yaml");
    Files.writeString(file, yaml);
    return Proven.read(file);
  }

  @Test
  void whatIsNotedIsReadAgain() throws IOException {
    Proven proven = new Proven();
    proven.note(Kind.MISTAKES, "add/first-only", DIGEST);
    proven.note(Kind.CHECKPOINTS, "add", "fedcba9876543210");

    Proven read = written(proven.toYaml());

    assertThat(read.digest(Kind.MISTAKES, "add/first-only")).contains(DIGEST);
    assertThat(read.digest(Kind.CHECKPOINTS, "add")).contains("fedcba9876543210");
    assertThat(read.digest(Kind.CHECKPOINTS, "add/first-only")).isEmpty();
  }

  @Test
  void whatIsForgottenIsGone() {
    Proven proven = new Proven();
    for (String each : Set.of("add/a", "add/b", "add/c")) {
      proven.note(Kind.MISTAKES, each, DIGEST);
    }

    proven.forget(Kind.MISTAKES, "add/a");
    proven.retain(Kind.MISTAKES, Set.of("add/a", "add/b"));

    assertThat(proven.toYaml()).contains("add/b").doesNotContain("add/a").doesNotContain("add/c");
  }

  @Test
  void nothingIsReadAgainAsNothing() throws IOException {
    assertThat(written(new Proven().toYaml()).toYaml()).isEqualTo(new Proven().toYaml());
    assertThat(Proven.read(folder.resolve("none.yaml")).toYaml()).isEqualTo(new Proven().toYaml());
    assertThat(new KillMatrix().toYaml()).endsWith("\n{}\n");
  }

  @Test
  void anUnknownFieldIsNamedWithItsLine() {
    assertThatThrownBy(() -> written("mistakes: {}\nmisteaks: {}\n"))
        .hasMessageContaining("proven.yaml:2: unknown field 'misteaks'");
  }
}
