package readiness.dissect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static readiness.dissect.Format.JSON;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import readiness.dissect.Part.Kind;
import readiness.testing.Seeds;

/** JSON token by token, with what stands between tokens. */
class JsonDissectorTest {
  private static Dissected of(String json) {
    return Dissected.of(JSON, json.getBytes(UTF_8));
  }

  @Test
  void aPersonInTokens() {
    Dissected ada = of("{\"name\": \"Ada\",\n  \"id\":300,\"emails\":[ ]}");

    assertThat(ada.listing())
        .isEqualTo(
            """
            0000  7b                       an object:
            0001  22 6e 61 6d 65 22          name "name"
            0007  3a 20                      colon and 1 byte of white space
            0009  22 41 64 61 22             "Ada"
            000e  2c 0a 20 20                comma and 3 bytes of white space
            0012  22 69 64 22                name "id"
            0016  3a                         colon
            0017  33 30 30                   300
            001a  2c                         comma
            001b  22 65 6d 61 69 6c 73 22    name "emails"
            0023  3a                         colon
            0024  5b                         an array:
            0025  20                           1 byte of white space
            0026  5d                         the end of an array
            0027  7d                       the end of an object
            """);
    assertThat(ada.valid()).isTrue();
  }

  @Test
  void escapesAreResolvedAndTheLiteralsAreWhatTheyAre() {
    assertThat(of("[\"a\\u00e9\\n\", true, false, null]").texts())
        .contains("\"aé\\n\", with escapes", "true", "false", "null");
    assertThat(of("\"\\ud83d\\ude00\"").texts()).containsExactly("\"😀\", with escapes");
    assertThat(of("\"\\u001b[31m\"").texts()).containsExactly("\"\\u{1b}[31m\", with escapes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                | 0
          123456789012345  | 123456789012345
          9007199254740993 | 9007199254740993, as a double 9.007199254740992E15
          -1               | -1, as a double -1.0
          0.5              | 0.5
          1e2              | 1e2, as a double 100.0
          1e400            | 1e400, beyond every double
          """)
  void aNumberIsShownAsItIsWrittenAndAsADoubleWhereThatIsAnother(String number, String said) {
    assertThat(of(number).texts()).containsExactly(said);
  }

  @Test
  void longNumbersAndWhiteSpaceTakeOneLine() {
    assertThat(of("1".repeat(900)).texts()).first().asString().hasSizeLessThan(100);
    assertThat(of(" ".repeat(1_000) + "1").lines())
        .containsExactly(
            "0000  20 20 20 20 20 20 20 20  1000 bytes of white space",
            "03e8  31                       1");
  }

  @Test
  void whereBytesEndBeingValidThePlaceAndTheReasonAreTold() {
    Dissected wrong = of("[1,\n 01]");

    assertThat(wrong.valid()).isFalse();
    assertThat(wrong.listing())
        .isEqualTo(
            """
            0000  5b                       an array:
            0001  31                         1
            0002  2c 0a 20 30 31 5d        ✗ at 0006, line 2, column 3: a digit behind a zero that leads
            """);
    assertThat(of("1 2").valid()).isFalse();
    assertThat(of("  ").texts())
        .containsExactly("✗ at 0002, line 1, column 3: a value should follow, and nothing does");
  }

  @Test
  void aHundredThousandArraysAreRefused() {
    Dissected deep = of("[".repeat(100_000));

    assertThat(deep.valid()).isFalse();
    assertThat(deep.parts()).hasSize(513);
    assertThat(deep.texts()).last().asString().contains("more than 512");
  }

  @Test
  void whateverBecomesOfTheBytesEachIsInAPart() {
    String valid = "{\"a\":[1,-2.5e3,\"\\u00e9\\\\ö\",true,false,null,{}],\"b\" : \"\"} ";
    int[] seen = new int[2];
    Seeds.each(
        5_000,
        seed -> {
          byte[] bytes = Messages.changed(new Random(seed), valid.getBytes(UTF_8));
          Dissected dissected = Dissected.of(JSON, bytes);
          assertThat(Messages.cover(dissected, bytes)).as(Messages.hex(bytes)).isTrue();
          assertThat(dissected.parts().getLast().kind() == Kind.WRONG)
              .isNotEqualTo(dissected.valid());
          seen[dissected.valid() ? 1 : 0]++;
        });
    assertThat(seen[0]).as("invalid ones").isPositive();
    assertThat(seen[1]).as("valid ones").isPositive();
  }

  @Test
  void whatWasReadBeforeIsToldWhereverTheTextIsCutShort() {
    byte[] whole = "{\"a\":[1,2,\"\\u00e9\",true,{}]}".getBytes(UTF_8);
    List<String> all = Dissected.of(JSON, whole).texts();
    for (int length = 0; length < whole.length; length++) {
      List<String> cut = Dissected.of(JSON, Arrays.copyOf(whole, length)).texts();
      assertThat(cut).last().asString().startsWith("✗");
      List<String> before = cut.subList(0, cut.size() - 1);
      assertThat(before).isEqualTo(all.subList(0, before.size()));
    }
  }
}
