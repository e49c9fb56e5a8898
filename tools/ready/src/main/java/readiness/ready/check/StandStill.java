package readiness.ready.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import readiness.ready.child.Event;

/**
 * Says in words where a test that does not end spends its time, from several looks at its stack.
 */
final class StandStill {
  private StandStill() {}

  static Failure describe(List<Event.Stacks> stacks, Sources sources, Duration limit) {
    List<String> trace = new ArrayList<>();
    List<Frame> frames = List.of();
    String observed = "it was still running after %d s".formatted(limit.toSeconds());
    // The thread that runs the tests comes last: the others are likelier to hold it up.
    List<Event.Stacks> ordered =
        stacks.stream()
            .sorted(Comparator.comparing(each -> each.thread().equals("tests")))
            .toList();
    for (Event.Stacks each : ordered) {
      Optional<String> where = where(each, sources);
      if (where.isPresent()) {
        trace.add("thread %s %s".formatted(each.thread(), where.get()));
        if (frames.isEmpty()) {
          frames = sources.frames(each.samples().getLast());
          observed += "; it " + where.get();
        }
      }
    }
    return new Failure(
        "the test does not end",
        trace.size() > 1 ? trace : List.of(),
        "the test ends within %d s".formatted(limit.toSeconds()),
        observed,
        null,
        null,
        frames);
  }

  /** The innermost method of the code under test that every sample has, and its lines. */
  private static Optional<String> where(Event.Stacks stacks, Sources sources) {
    List<List<Frame>> samples =
        stacks.samples().stream()
            .map(sources::frames)
            .map(sample -> sample.stream().filter(frame -> !frame.test()).toList())
            .toList();
    for (Frame candidate : samples.getFirst()) {
      SortedSet<Integer> lines = new TreeSet<>();
      long having =
          samples.stream()
              .filter(sample -> {
                Optional<Frame> same =
                    sample.stream().filter(frame -> isSame(frame, candidate)).findFirst();
                same.ifPresent(frame -> lines.add(frame.line()));
                return same.isPresent();
              })
              .count();
      if (having == samples.size()) {
        return Optional.of(words(candidate, lines));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(Frame a, Frame b) {
    return a.type().equals(b.type()) && a.method().equals(b.method());
  }

  private static String words(Frame frame, SortedSet<Integer> lines) {
    String method = frame.type() + "." + frame.method();
    return lines.size() == 1
        ? "stands in %s, line %d".formatted(method, lines.first())
        : "goes round in %s, lines %d to %d".formatted(method, lines.first(), lines.last());
  }
}
