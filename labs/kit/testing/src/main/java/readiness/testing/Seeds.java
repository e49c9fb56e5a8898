package readiness.testing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;

/**
 * Runs a test's story for many seeds. The failure of one names the seed; {@code ready check STEP
 * --seed S} (the system property {@code readiness.seed}) runs that one alone. Whoever has time lets
 * more of them run than a test asks for: {@code -Dreadiness.seeds=100000}.
 */
public final class Seeds {
  /** The system property that picks one seed, in hexadecimal. */
  public static final String PROPERTY = "readiness.seed";

  /** The system property that says how many seeds to run, in place of a test's own number. */
  public static final String COUNT = "readiness.seeds";

  private Seeds() {}

  /** What one seed does. */
  @FunctionalInterface
  public interface Run {
    void with(long seed) throws Exception;
  }

  /**
   * Runs {@code run} for the seeds 0 to {@code count - 1}, or as the system properties say.
   *
   * @throws Finding for the first seed that fails, with that seed in it
   */
  public static void each(int count, Run run) {
    Long only = only();
    if (only != null) {
      once(only, run);
      return;
    }
    int seeds = Integer.getInteger(COUNT, count);
    for (long seed = 0; seed < seeds; seed++) {
      once(seed, run);
    }
  }

  private static @Nullable Long only() {
    String chosen = System.getProperty(PROPERTY);
    if (chosen == null || chosen.isBlank()) {
      return null;
    }
    try {
      return Long.parseUnsignedLong(chosen, 16);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "seed '%s': expected a hexadecimal number such as 5d1c".formatted(chosen));
    }
  }

  private static void once(long seed, Run run) {
    String name = Long.toHexString(seed);
    try {
      run.with(seed);
    } catch (Finding e) {
      throw e.withSeed(name);
    } catch (NotYet e) {
      throw e;
    } catch (AssertionError | Exception e) {
      throw new Finding(List.of(), "the story runs to its end", String.valueOf(e), e)
          .withSeed(name);
    }
  }
}
