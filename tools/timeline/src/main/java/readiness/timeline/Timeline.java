package readiness.timeline;

import static readiness.timeline.Markup.count;
import static readiness.timeline.Markup.number;

import java.util.List;
import java.util.stream.Collectors;
import readiness.kernel.Call;

/** The picture of a run: as a page of its own, or as a figure for another. */
public final class Timeline {
  private final Run run;
  private final List<Line> lines;
  private final Tally tally;

  public Timeline(Run run) {
    this.run = run;
    lines = run.lines();
    tally = new Tally(lines);
  }

  /** What it is the picture of. */
  public Run run() {
    return run;
  }

  /** A whole HTML document, which needs nothing beside it. */
  public String page() {
    return new Page(run, new Excerpt(lines), Lanes.of(lines), tally).html();
  }

  /**
   * An SVG image by itself, which takes the colours of the page that it is put into: the loop and
   * its connections, from the first wait on.
   *
   * @param id begins every id in it
   */
  public String figure(String id) {
    Timeline serving = new Timeline(run.fromFirstWait());
    return Drawing.figure(serving.run, new Excerpt(serving.lines), id, serving.description());
  }

  private String description() {
    String connections =
        Lanes.of(lines).stream()
            .filter(lane -> lane.kind() == Lane.Kind.CONNECTION)
            .map(Timeline::described)
            .collect(Collectors.joining(" "));
    return run.sentence() + " " + summary() + " " + connections;
  }

  private static String described(Lane lane) {
    return "%s: %s in and %s out, in %s, of which the socket took %d in part; %s kept at most."
        .formatted(
            lane.name(),
            count(lane.bytesIn(), "byte", "bytes"),
            number(lane.bytesOut()),
            count(lane.count(Call.SEND), "send", "sends"),
            lane.partial(),
            count(lane.mostKept(), "byte", "bytes"));
  }

  /** What it adds up to from the first wait on, in a sentence: turns, calls, bytes. */
  public String summary() {
    String text =
        "%s with %s; %s received and %s sent"
            .formatted(
                count(tally.turns(), "turn", "turns"),
                count(tally.callsServing(), "call", "calls"),
                count(tally.bytesIn(), "byte", "bytes"),
                count(tally.bytesOut(), "byte", "bytes"));
    return run.failure() == null ? text + "." : text + ". Then it failed.";
  }
}
