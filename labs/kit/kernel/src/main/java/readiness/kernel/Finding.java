package readiness.kernel;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A failed expectation that tells its story: what happened in order, what was expected and why,
 * what was observed. {@code ready check} prints the parts; everywhere else the message holds them
 * all.
 */
public final class Finding extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final transient List<String> trace;
  private final String expected;
  private final String observed;
  private final @Nullable String seed;

  /**
   * @param trace what happened, one line for each step, without numbers
   * @param expected what should have been observed, and why
   * @param observed what was observed
   */
  public Finding(List<String> trace, String expected, String observed) {
    this(trace, expected, observed, null, null);
  }

  /** As above, for an exception that the code under test threw. */
  public Finding(List<String> trace, String expected, String observed, Throwable cause) {
    this(trace, expected, observed, null, cause);
  }

  private Finding(
      List<String> trace,
      String expected,
      String observed,
      @Nullable String seed,
      @Nullable Throwable cause) {
    super(message(trace, expected, observed, seed), cause);
    this.trace = List.copyOf(trace);
    this.expected = expected;
    this.observed = observed;
    this.seed = seed;
  }

  /** The same finding, with the seed that replays it. */
  public Finding withSeed(String seed) {
    Finding copy = new Finding(trace, expected, observed, seed, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** What happened, one line for each step. */
  public List<String> trace() {
    return trace;
  }

  /** What should have been observed. */
  public String expected() {
    return expected;
  }

  /** What was observed. */
  public String observed() {
    return observed;
  }

  /** The seed that replays it, as {@code ready check STEP --seed} takes it; null if none. */
  public @Nullable String seed() {
    return seed;
  }

  private static String message(
      List<String> trace, String expected, String observed, @Nullable String seed) {
    StringBuilder text = new StringBuilder("\n");
    for (int i = 0; i < trace.size(); i++) {
      text.append(String.format(Locale.ROOT, "%4d  %s%n", i + 1, trace.get(i)));
    }
    text.append("\nexpected  ").append(expected);
    text.append("\nobserved  ").append(observed);
    if (seed != null) {
      text.append("\nseed      ").append(seed);
    }
    return text.toString();
  }
}
