package readiness.serialization;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Given: names are compared by words here, and no check would blame that. */
final class JsonNameTest {
  private final Story story = new Story();

  @Test
  @DisplayName("it is itself, whatever stands behind it, and nothing else")
  void matches() {
    for (int length = 0; length <= 20; length++) {
      String text = "abcdefghijklmnopqrst".substring(0, length);
      JsonName name = new JsonName(text);
      for (String behind : List.of("\"", "zzzzzzz", "\0\0\0\0\0\0\0")) {
        byte[] bytes = (">>" + text + behind + "       ").getBytes(US_ASCII);
        story.then("%s, and behind it %s", name, Story.hex(behind.getBytes(US_ASCII)));
        story.expect(name.matches(bytes, 2, length), "it is " + name, "it is not");
        story.expect(!name.matches(bytes, 2, length + 1), "with one more it is another", "it is");
        for (int at = 0; at < length; at++) {
          byte[] other = bytes.clone();
          other[2 + at] ^= 1;
          story.expect(
              !name.matches(other, 2, length), "byte %d differs: another".formatted(at), "it is");
        }
      }
    }
  }

  @Test
  @DisplayName("what would have to be escaped, or is more than ASCII, is no such name")
  void refused() {
    for (String text : List.of("\"", "\\", "\n", "\u007f", "é", "a\u0000")) {
      try {
        new JsonName(text);
      } catch (IllegalArgumentException e) {
        continue;
      }
      throw story
          .then("new JsonName of U+%04X", (int) text.charAt(text.length() - 1))
          .finding("an IllegalArgumentException", "a name");
    }
    story.expect(new JsonName(" ~").text().equals(" ~"), "plain ASCII is one", "it is not");
  }
}
