package readiness.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DisplayTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onATerminalProgressIsOneLineThatGoesAway() {
    Display display = new Display(out, true, 20);
    display.progress("round 1 of 5, of something long", 0);
    display.line("result");

    assertThat(shown()).isEqualTo("\r\u001B[K round 1 of 5, of s\r\u001B[Kresult\n");
  }

  @Test
  void elsewhereThereAreOnlyResults() {
    Display display = new Display(out, false, 20);
    display.progress("round 1", 0.5);
    display.line("result");

    assertThat(shown()).isEqualTo("result\n");
  }

  @Test
  void durationsAreNoFinerThanTheyCanBeKnown() {
    assertThat(Display.duration(41.4)).isEqualTo("41 s");
    assertThat(Display.duration(99)).isEqualTo("99 s");
    assertThat(Display.duration(170)).isEqualTo("3 min");
  }
}
