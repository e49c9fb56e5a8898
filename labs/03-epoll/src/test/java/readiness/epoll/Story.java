package readiness.epoll;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Errno;
import readiness.kernel.Finding;
import readiness.kernel.Recording;

/**
 * What a test has done so far, line by line, for the case that something comes out otherwise: its
 * own words, and between them the calls that a recording has seen.
 */
final class Story {
  private final List<String> lines = new ArrayList<>();
  private final @Nullable Recording recording;
  private final int most;
  private long seen;
  private int leftOut;

  /** A story in the test's own words. */
  Story() {
    this(null);
  }

  /** A long story, of which the last {@code most} lines are told. */
  Story(int most) {
    this(null, most);
  }

  /** A story with the calls in it, of which each stands below the line that led to it. */
  Story(@Nullable Recording recording) {
    this(recording, Integer.MAX_VALUE);
  }

  private Story(@Nullable Recording recording, int most) {
    this.recording = recording;
    this.most = most;
    this.seen = recording == null ? 0 : recording.calls();
  }

  /** Something was done: a call and its result, in the manner of strace(1). */
  Story then(String line, Object... values) {
    catchUp();
    lines.add(line.formatted(values));
    if (lines.size() > most) {
      lines.removeFirst();
      leftOut++;
    }
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
      throw finding(why, value(actual));
    }
  }

  /** As {@link #expect(String, int, int, String)} for epoll_wait, whose result counts events. */
  void expectEvents(String call, int wanted, int actual, String why) {
    then("%s → %s", call, events(actual));
    if (actual != wanted) {
      throw finding(why, events(actual));
    }
  }

  /** Fails unless {@code holds}. */
  void expect(boolean holds, String expected, String observed) {
    if (!holds) {
      throw finding(expected, observed);
    }
  }

  /** The failure of this story, to be thrown. */
  Finding finding(String expected, String observed) {
    catchUp();
    if (leftOut > 0) {
      lines.addFirst("… after %,d lines that are left out".formatted(leftOut));
    }
    return new Finding(lines, expected, observed);
  }

  private void catchUp() {
    if (recording != null) {
      long calls = recording.calls();
      recording.tail((int) (calls - seen)).forEach(call -> lines.add("  " + call));
      seen = calls;
    }
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
