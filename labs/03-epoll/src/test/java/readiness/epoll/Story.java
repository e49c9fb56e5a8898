package readiness.epoll;

import java.util.ArrayList;
import java.util.List;
import readiness.kernel.Errno;
import readiness.kernel.Finding;

/** What a test has done so far, line by line, for the case that something comes out otherwise. */
final class Story {
  private final List<String> lines = new ArrayList<>();

  /** Something was done: a call and its result, in the manner of strace(1). */
  Story then(String line, Object... values) {
    lines.add(line.formatted(values));
    return this;
  }

  /**
   * Holds a call's result against what the kernel is known to answer.
   *
   * @param call what was called
   * @param why what should have been answered, and the reason
   */
  void expect(String call, int wanted, int actual, String why) {
    then("%s → %s", call, value(actual));
    if (actual != wanted) {
      throw new Finding(lines, why, value(actual));
    }
  }

  /** As {@link #expect(String, int, int, String)} for epoll_wait, whose result counts events. */
  void expectEvents(String call, int wanted, int actual, String why) {
    then("%s → %s", call, events(actual));
    if (actual != wanted) {
      throw new Finding(lines, why, events(actual));
    }
  }

  /** Fails unless {@code holds}. */
  void expect(boolean holds, String expected, String observed) {
    if (!holds) {
      throw new Finding(lines, expected, observed);
    }
  }

  /** Fails. */
  Finding finding(String expected, String observed) {
    return new Finding(lines, expected, observed);
  }

  private static String events(int result) {
    return switch (result) {
      case 0 -> "no event";
      case 1 -> "1 event";
      default -> result < 0 ? value(result) : result + " events";
    };
  }

  /** A result as a person writes it: −EAGAIN rather than −11. */
  static String value(int result) {
    return result < 0 ? "−" + Errno.name(result) : "%,d".formatted(result);
  }
}
