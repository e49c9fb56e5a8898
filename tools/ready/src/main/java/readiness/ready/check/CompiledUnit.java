package readiness.ready.check;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What came of one source.
 *
 * @param name what {@link SourceText} calls it
 * @param digest of the source's text
 * @param classes by binary name; none if something does not compile
 * @param tests those that it promises, in order
 * @param gaps what it leaves to be written, in order
 */
record CompiledUnit(
    String name,
    String digest,
    Map<String, byte[]> classes,
    List<PlannedTest> tests,
    List<Gap> gaps) {

  /** Whether the source still reads the same. */
  boolean isOf(SourceText source) {
    return name.equals(source.name()) && digest.equals(digest(source.text()));
  }

  /** Whether the rest of the code sees the same in both. */
  boolean looksLike(CompiledUnit other) {
    return Shape.of(classes).equals(Shape.of(other.classes));
  }

  /** What stands for a text, in hexadecimal. */
  static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
