package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExemptionsTest {
  @TempDir Path folder;

  @Test
  void aStepHasThoseThatStandUnderIt() throws IOException {
    Exemptions exemptions =
        read(
            """
            add:
              - test: none
                reason: The sum of nothing is 0.
            """);

    assertThat(exemptions.of("add")).containsExactly("none");
    assertThat(exemptions.of("twice")).isEmpty();
  }

  @Test
  void whereThereIsNoFileNothingIsExempt() {
    assertThat(Exemptions.read(folder.resolve("hollow.yaml"), Set.of("add")).of("add")).isEmpty();
  }

  @Test
  void eachHasAReasonAndAStep() {
    assertThatThrownBy(() -> read("add:\n  - test: none\n"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("reason");
    assertThatThrownBy(() -> read("thrice:\n  - test: none\n    reason: So.\n"))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("no step 'thrice' in course.yaml");
  }

  private Exemptions read(String yaml) throws IOException {
    Path file = folder.resolve("hollow.yaml");
    Files.writeString(file, yaml);
    return Exemptions.read(file, Set.of("add", "twice"));
  }
}
