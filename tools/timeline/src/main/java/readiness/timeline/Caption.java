package readiness.timeline;

import static readiness.timeline.Markup.count;
import static readiness.timeline.Markup.number;

import java.util.stream.Collectors;
import readiness.kernel.Call;
import readiness.kernel.EventFlags;
import readiness.kernel.Recording;

/** What is said about one line of a recording, in words. */
final class Caption {
  private final boolean virtual;
  private final long begin;

  Caption(Run run) {
    virtual = run.virtual();
    begin = run.begin();
  }

  /** Number and time, then the call as strace(1) prints it, then what it means, on three lines. */
  String of(Line line, String who) {
    Recording.Entry entry = line.entry();
    String head = "%d · %s ms · %s".formatted(line.number(), when(entry), who);
    String remark = remark(line);
    return head + "\n" + Strace.of(line) + (remark.isEmpty() ? "" : "\n" + remark);
  }

  private String when(Recording.Entry entry) {
    String begun = Time.at(entry.begun() - begin);
    String ended = Time.at(entry.nanoTime() - begin);
    return begun.equals(ended) ? begun : begun + " to " + ended;
  }

  /** What there is to know besides the call and its result; empty if nothing. */
  String remark(Line line) {
    Recording.Entry entry = line.entry();
    if (line.isNote()) {
      return "";
    }
    if (line.isWait()) {
      return wait(line);
    }
    if (!entry.returned()) {
      return "does not return";
    }
    String took = virtual ? "" : "took " + Time.span(entry.nanoTime() - entry.begun());
    String meaning = meaning(line);
    return meaning.isEmpty() || took.isEmpty() ? meaning + took : meaning + "; " + took;
  }

  private static String meaning(Line line) {
    Recording.Entry entry = line.entry();
    if (line.isPartial()) {
      return "the socket took %s of %s bytes: it has no more room"
          .formatted(number(entry.result()), number(entry.argument()));
    }
    if (line.isAgain()) {
      return switch (entry.call()) {
        case ACCEPT4 -> "nobody else waits to be let in";
        case SEND, WRITE -> "the socket has no room";
        default -> "nothing there now";
      };
    }
    if (line.isEnd()) {
      return "the peer has finished sending";
    }
    if (entry.call() == Call.ACCEPT4 && entry.peer() != null && entry.result() >= 0) {
      return entry.peer() + " is let in";
    }
    return "";
  }

  private static String wait(Line line) {
    Recording.Entry entry = line.entry();
    if (!entry.returned()) {
      return "never returns";
    }
    if (line.isError()) {
      return "a signal ended the wait after " + Time.span(entry.nanoTime() - entry.begun());
    }
    if (entry.result() == 0 && entry.argument() < 0) {
      return "the story is over: nothing is left to do, and the simulation ends the wait";
    }
    String slept = "returned after " + Time.span(entry.nanoTime() - entry.begun());
    if (entry.result() == 0) {
      return slept + ", with no event";
    }
    String events =
        entry.events().stream()
            .map(event -> "fd %d %s".formatted(event.fd(), EventFlags.words(event.flags())))
            .collect(Collectors.joining(", "));
    return slept + ", " + count(entry.result(), "event", "events") + ": " + events;
  }
}
