package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MistakeTest {
  private static final String SOLUTION =
      """
      class Pipe {
        void flush() {
          sent += send(rest);
          if (sent < length) {
            keep(rest);
          }
        }

        void reset() {
          sent = 0;
        }

        void clear() {
          sent = 0;
        }
      }
      """;

  private static final String YAML =
      """
      step: backpressure
      name: The rest is dropped
      misconception: What send did not take is lost anyway.
      replace:
        - file: Pipe.java
          old: |
            if (sent < length) {
              keep(rest);
            }
          new: |
            if (sent < length) {
              drop(rest);
            }
      caught-by: FlushTest#everyByteArrives
      says: bytes are missing
      """;

  @TempDir Path folder;

  @Test
  void itIsReadAndApplied() throws IOException {
    Mistake mistake = mistake(YAML);

    assertThat(mistake.id()).isEqualTo("dropped");
    assertThat(mistake.test()).isEqualTo("FlushTest");
    assertThat(mistake.method()).isEqualTo("everyByteArrives");
    assertThat(mistake.outcome()).isEqualTo(Mistake.Outcome.ASSERTION);
    assertThat(apply(mistake))
        .containsExactly(Map.entry("Pipe.java", SOLUTION.replace("keep(rest)", "drop(rest)")));
  }

  @Test
  void indentationThatIsCommonToAllLinesDoesNotMatter() throws IOException {
    String deeper =
        YAML.replace("    if (sent", "          if (sent")
            .replace("      keep", "            keep")
            .replace("      drop", "            drop")
            .replace("    }", "          }");

    assertThat(apply(mistake(deeper))).isEqualTo(apply(mistake(YAML)));
  }

  @Test
  void indentationWithinItDoes() throws IOException {
    Mistake flat = mistake(YAML.replace("        keep(rest);", "      keep(rest);"));

    assertThatThrownBy(() -> apply(flat)).hasMessageContaining("matches nowhere in Pipe.java");
  }

  @Test
  void itMatchesExactlyOnce() throws IOException {
    Mistake nowhere = mistake(YAML.replace("if (sent < length)", "if (sent > length)"));
    assertThatThrownBy(() -> apply(nowhere))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("dropped.yaml:6: 'old' matches nowhere in Pipe.java");

    Mistake twice = mistake(one("sent = 0;", "sent = 1;"));
    assertThatThrownBy(() -> apply(twice)).hasMessageContaining("'old' matches 2 times");
  }

  @Test
  void aSingleLineMayBeAPartOfOne() throws IOException {
    assertThat(apply(mistake(one("sent < length", "sent <= length"))).get("Pipe.java"))
        .isEqualTo(SOLUTION.replace("sent < length", "sent <= length"));
    Mistake often = mistake(one("sent", "gone"));
    assertThatThrownBy(() -> apply(often)).hasMessageContaining("'old' matches 4 times");
  }

  @Test
  void aLineMayGoAway() throws IOException {
    assertThat(apply(mistake(one("sent += send(rest);", "\"\""))).get("Pipe.java"))
        .isEqualTo(SOLUTION.replace("    sent += send(rest);\n", ""));
  }

  @Test
  void twoReplacementsInOneFileAddUp() throws IOException {
    String second = "  - file: Pipe.java\n    old: keep(rest);\n    new: keep();\n";
    Mistake mistake =
        mistake(one("sent += send(rest);", "send();").replace("caught-by", second + "caught-by"));

    assertThat(apply(mistake).get("Pipe.java")).contains("    send();\n", "      keep();\n");
  }

  @Test
  void whatIsWrongIsNamedWithFileAndLine() {
    assertThatThrownBy(() -> mistake(YAML.replace("says:", "say:")))
        .hasMessageContaining("dropped.yaml:15: unknown field 'say'");
    assertThatThrownBy(() -> mistake(YAML + "outcome: hangs\n"))
        .hasMessageContaining(
            "dropped.yaml:16: field 'outcome' should be assertion, stuck or crash");
    assertThatThrownBy(() -> mistake(YAML.replaceAll("(?s)replace:.*caught", "caught")))
        .hasMessageContaining("'replace' changes nothing");
    assertThatThrownBy(() -> apply(mistake(YAML.replace("Pipe.java", "Pope.java"))))
        .hasMessageContaining("dropped.yaml:6: no such file in the solution: Pope.java");
  }

  @Test
  void aFolderThatIsNotThereHoldsNone() {
    assertThat(Mistake.readAll(folder.resolve("none"))).isEmpty();
  }

  private static String one(String old, String fresh) {
    return YAML.replaceAll(
        "(?s)    old:.*caught", "    old: " + old + "\n    new: " + fresh + "\ncaught");
  }

  private Mistake mistake(String yaml) throws IOException {
    Path file = folder.resolve("dropped.yaml");
    Files.writeString(file, yaml);
    return Mistake.readAll(folder).getFirst();
  }

  private static Map<String, String> apply(Mistake mistake) {
    return mistake.apply(
        name -> name.equals("Pipe.java") ? Optional.of(SOLUTION) : Optional.empty());
  }
}
