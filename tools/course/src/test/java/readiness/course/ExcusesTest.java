package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcusesTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("mutants.yaml");
  }

  @Test
  void noFileIsNoExcuse() {
    assertThat(Excuses.read(file, Set.of("add")).all()).isEmpty();
  }

  @Test
  void anExcuseHasItsPlaceItsReasonAndItsLine() throws IOException {
    Excuses excuses =
        read(
            """
            model-checked:
              - file: sums/Turns.java
                reason: threads
            add:
              - file: sums/Sums.java
                method: add
                mutation: changed conditional boundary
                code: "if (sum < 0) {"
                which: 2
                reason: a sum of 0 is 0 either way
            """);

    assertThat(excuses.modelChecked()).containsOnlyKeys("sums/Turns.java");
    assertThat(excuses.of("add"))
        .containsExactly(
            new Excuse(
                "add",
                "sums/Sums.java",
                "add",
                "changed conditional boundary",
                "if (sum < 0) {",
                2,
                "a sum of 0 is 0 either way",
                5));
    assertThat(excuses.of("twice")).isEmpty();
  }

  @Test
  void anExcuseWithoutReasonIsNone() {
    assertThatThrownBy(() ->
            read(
                """
                add:
                  - file: sums/Sums.java
                    method: add
                    mutation: negated conditional
                    code: return sum;
                """))
        .hasMessage(file + ":2: field 'reason' is missing");
  }

  @Test
  void anUnknownStepIsNamedWithItsLine() {
    assertThatThrownBy(() -> read("add: []\n\nsubtract:\n  - file: sums/Sums.java\n"))
        .hasMessage(file + ":4: 'subtract' is neither a step nor a chapter");
  }

  @Test
  void theCountBeginsAtOne() {
    assertThatThrownBy(() ->
            read(
                """
                add:
                  - file: sums/Sums.java
                    method: add
                    mutation: negated conditional
                    code: return sum;
                    which: 0
                    reason: none
                """))
        .hasMessage(file + ":6: field 'which' counts from 1");
  }

  private Excuses read(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return Excuses.read(file, Set.of("add", "twice"));
  }
}
