package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintTest {
  @TempDir Path folder;

  @Test
  void hintsComeInOrder() throws IOException {
    assertThat(
            hints(
                "// for writers\n\n== Who owns the rest?\n\nThink.\n\nAgain.\n\n== When?\nNow.\n"))
        .containsExactly(
            new Hint("Who owns the rest?", "Think.\n\nAgain.", 3), new Hint("When?", "Now.", 9));
  }

  @Test
  void textWithoutAQuestionAndAQuestionWithoutTextAreRefused() {
    assertThatThrownBy(() -> hints("Try this.\n\n== When?\nNow.\n"))
        .hasMessageContaining("echo.adoc:1: text before the first '== ' heading");
    assertThatThrownBy(() -> hints("== When?\n\n== How?\nSo.\n"))
        .hasMessageContaining("echo.adoc:1: a hint without text");
    assertThatThrownBy(() -> Hint.read(folder.resolve("none.adoc")))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("none.adoc: is missing");
  }

  private List<Hint> hints(String text) throws IOException {
    Path file = folder.resolve("echo.adoc");
    Files.writeString(file, text);
    return Hint.read(file);
  }
}
