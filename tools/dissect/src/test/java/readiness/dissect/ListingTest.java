package readiness.dissect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import readiness.dissect.Part.Kind;

/** What is printed is short, stays in its columns, and has nothing in it that a terminal obeys. */
class ListingTest {
  private static List<String> lines(byte[] bytes, Part... parts) {
    List<String> lines = new ArrayList<>();
    Listing listing = new Listing(bytes, lines::add);
    List.of(parts).forEach(listing);
    return lines;
  }

  @Test
  void bytesGoOnInTheNextLineAndWhatTheyAreStandsInTheFirst() {
    assertThat(lines("0123456789".getBytes(UTF_8), new Part(0, 10, 1, Kind.VALUE, "digits")))
        .containsExactly("0000  30 31 32 33 34 35 36 37    digits", "0008  38 39");
  }

  @Test
  void ofManyBytesTheFirstAreShownAndHowManyAreNot() {
    assertThat(lines(new byte[64], new Part(0, 64, 0, Kind.VALUE, "zeros"))).hasSize(8);
    assertThat(lines(new byte[65], new Part(0, 65, 0, Kind.VALUE, "zeros")))
        .hasSize(8)
        .last()
        .isEqualTo("      … and 9 bytes that are not shown");
  }

  @Test
  void offsetsHaveTheRoomThatTheLastOneNeeds() {
    assertThat(lines(new byte[0x1_0000], new Part(5, 1, 0, Kind.VALUE, "zero")))
        .containsExactly("00005  00                       zero");
  }

  @Test
  void whatIsVeryDeepSaysSoInANumber() {
    assertThat(lines(new byte[1], new Part(0, 1, 24, Kind.VALUE, "zero")).getFirst())
        .endsWith("  " + "  ".repeat(24) + "zero");
    assertThat(lines(new byte[1], new Part(0, 1, 25, Kind.VALUE, "zero")).getFirst())
        .endsWith("  " + "  ".repeat(24) + "(level 25) zero");
  }

  private static String text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Text.of(bytes, 0, bytes.length).orElseThrow();
  }

  @Test
  void aTextIsQuotedShortenedAndHarmless() {
    assertThat(text("a \"b\" \\ \t\r\n")).isEqualTo("\"a \\\"b\\\" \\\\ \\t\\r\\n\"");
    assertThat(text("\u001b[31m\u202egnp.exe\u0000"))
        .isEqualTo("\"\\u{1b}[31m\\u{202e}gnp.exe\\u{0}\"");
    assertThat(text("Grüße 😀")).isEqualTo("\"Grüße 😀\"");
    assertThat(text("😀".repeat(60))).isEqualTo("\"" + "😀".repeat(60) + "\"");
    assertThat(text("😀".repeat(5_000))).isEqualTo("\"" + "😀".repeat(60) + "…\", 5000 characters");
  }

  @Test
  void bytesAreNoTextIfTheyAreNotUtf8AndGuessedToBeNoneWithControlCharacters() {
    byte[] latin1 = {'a', (byte) 0xe4};
    byte[] control = {'a', 1};
    byte[] lines = "a\n\tb\r".getBytes(UTF_8);

    assertThat(Text.of(latin1, 0, 2)).isEmpty();
    assertThat(Text.of(latin1, 0, 1)).hasValue("\"a\"");
    assertThat(Text.of(control, 0, 2)).hasValue("\"a\\u{1}\"");
    assertThat(Text.guess(control, 0, 2)).isEmpty();
    assertThat(Text.guess(lines, 0, lines.length)).hasValue("\"a\\n\\tb\\r\"");
  }
}
