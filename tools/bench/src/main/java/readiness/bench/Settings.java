package readiness.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be measured, in words like {@code rounds=5}. {@code ready bench} has looked at all of
 * it before. Some every chapter knows; the others are its own.
 */
public final class Settings {
  private static final double LONGEST_WARM_UP = 3;

  private final Map<String, String> words;

  private Settings(Map<String, String> words) {
    this.words = words;
  }

  /** From the words. */
  public static Settings parse(String... words) {
    Map<String, String> given = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      given.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new Settings(given);
  }

  /** What a word says; null if it is not there. */
  public @Nullable String text(String word) {
    return words.get(word);
  }

  /** What a word says, a number. */
  public int number(String word, int otherwise) {
    String text = words.get(word);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  /** How often each is measured. */
  public int rounds() {
    return number("rounds", 1);
  }

  /** How long a measurement takes. */
  public double seconds() {
    return Double.parseDouble(words.getOrDefault("seconds", "1"));
  }

  /** Seconds of the same load before each measurement: as long as it, within reason. */
  public double warmUp() {
    return Math.min(seconds(), LONGEST_WARM_UP);
  }

  /** Where the results go as well; null for nowhere. */
  public @Nullable Path json() {
    return path("json");
  }

  /** Where the chart goes; null for nowhere. */
  public @Nullable Path svg() {
    return path("svg");
  }

  /** The file or folder that a word names; null if it is not there. */
  public @Nullable Path path(String word) {
    String name = words.get(word);
    return name == null ? null : Path.of(name);
  }
}
