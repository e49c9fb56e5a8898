package readiness.ready.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a test did not pass.
 *
 * @param message what went wrong, in words; may have several lines
 * @param trace what happened before, one line for each step, without numbers
 * @param expected what should have been observed; null if the failure does not say
 * @param observed what was observed; null if the failure does not say
 * @param seed the seed that replays it; null if chance had no part
 * @param notYet the id of the step whose gap was reached; null if none was
 * @param frames the stack of the failure, innermost first, as far as it is code of the chapter
 */
public record Failure(
    String message,
    List<String> trace,
    @Nullable String expected,
    @Nullable String observed,
    @Nullable String seed,
    @Nullable String notYet,
    List<Frame> frames) {

  private static final int LONGEST_END = 200;

  /** A failure that is told in one message. */
  public static Failure of(String message, List<Frame> frames) {
    return new Failure(message, List.of(), null, null, null, null, frames);
  }

  /** Everything that was said, for a search for words: message, trace, expected, observed, seed. */
  public String text() {
    StringBuilder text = new StringBuilder(message);
    trace.forEach(line -> text.append('\n').append(line));
    if (expected != null) {
      text.append("\nexpected  ").append(expected);
    }
    if (observed != null) {
      text.append("\nobserved  ").append(observed);
    }
    if (seed != null) {
      text.append("\nseed      ").append(seed);
    }
    return text.toString();
  }

  /** Whether these words were said, wherever lines are broken. */
  public boolean says(String words) {
    return oneLine(text()).contains(oneLine(words));
  }

  /**
   * How it ended, in a line: the last thing that was done and what was observed, with a # for each
   * digit. So descriptors, ports, times and addresses make no difference, and how long a number is
   * does.
   */
  public String end() {
    String last = trace.isEmpty() ? "" : trace.getLast() + "; ";
    String text = oneLine(last + (observed == null ? message : observed));
    return text.substring(0, Math.min(text.length(), LONGEST_END))
        .replaceAll("0x[0-9a-f]+", "#x")
        .replaceAll("\\d", "#")
        .replaceAll("\\p{C}", "?");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
