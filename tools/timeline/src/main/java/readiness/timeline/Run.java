package readiness.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Call;
import readiness.kernel.Recording;

/**
 * A recording and what is to be said about it.
 *
 * @param title its name, short
 * @param sentence what happens in it
 * @param facts how it came about, each with its label
 * @param virtual whether its clock is that of a simulation, on which each call takes a microsecond
 * @param entries the recording, in order of time
 * @param failure how it failed; null if it did not
 */
public record Run(
    String title,
    String sentence,
    List<Fact> facts,
    boolean virtual,
    List<Recording.Entry> entries,
    @Nullable Failure failure) {

  /** Something to know about a run, such as its seed. */
  public record Fact(String label, String text) {}

  /**
   * How a run failed.
   *
   * @param message what went wrong, in a sentence
   * @param expected what should have been; empty if nobody says
   * @param place where in the code; empty if nobody knows
   */
  public record Failure(String message, String expected, String place) {}

  /** When it begins, on its clock. */
  long begin() {
    return entries.isEmpty()
        ? 0
        : entries.stream().mapToLong(Recording.Entry::begun).min().getAsLong();
  }

  /** The same without what was needed to begin. */
  Run fromFirstWait() {
    long first =
        entries.stream()
            .filter(entry -> entry.call() == Call.EPOLL_WAIT)
            .mapToLong(Recording.Entry::begun)
            .findFirst()
            .orElse(begin());
    return new Run(
        title,
        sentence,
        facts,
        virtual,
        entries.stream().filter(entry -> entry.begun() >= first).toList(),
        failure);
  }

  /** Whether its last call has not returned. */
  boolean hangs() {
    return !entries.isEmpty() && !entries.getLast().returned();
  }

  /** The lines of the recording, with their numbers from 1. */
  List<Line> lines() {
    Line[] lines = new Line[entries.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new Line(i + 1, entries.get(i));
    }
    return List.of(lines);
  }
}
