package readiness.timeline;

import static readiness.timeline.Markup.count;
import static readiness.timeline.Markup.escaped;
import static readiness.timeline.Markup.number;

import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import readiness.kernel.Call;

/** What a run adds up to, as tables: by kind of call, and by connection. */
final class Counts {
  private final List<Lane> lanes;
  private final Tally tally;
  private final StringBuilder html = new StringBuilder();

  Counts(List<Lane> lanes, Tally tally) {
    this.lanes = lanes;
    this.tally = tally;
  }

  String html() {
    html.append("<h2>What it adds up to</h2>\n<p>%s</p>\n".formatted(escaped(sentence())));
    html.append("<div class=\"tables\">\n");
    addKinds();
    addConnections();
    return html.append("</div>\n").toString();
  }

  private String sentence() {
    String serving =
        "From its first wait on, the loop made %s in %s."
            .formatted(
                count(tally.callsServing(), "call", "calls"),
                count(tally.turns(), "turn", "turns"));
    long messages = tally.messages();
    if (messages == 0) {
      return serving;
    }
    return serving
        + String.format(
            Locale.ROOT,
            " Its clients sent %s: %,.1f calls for each.",
            count(messages, "message", "messages"),
            (double) tally.callsServing() / messages);
  }

  private void addKinds() {
    begin("By kind of call", "Call", "Calls", "Not now", "In part", "Errors", "Bytes");
    for (Tally.Row row : tally.rows()) {
      row(
          "<code>" + name(row.call()) + "</code>",
          row.count(),
          row.again(),
          row.partial(),
          row.errors(),
          row.bytes());
    }
    end();
  }

  private static String name(Call call) {
    return call.name().startsWith("EPOLL_CTL_") ? "epoll_ctl " + call.name() : call.manual();
  }

  private void addConnections() {
    begin(
        "By connection",
        "Who",
        "fd",
        "Bytes in",
        "Bytes out",
        "recv",
        "send",
        "in part",
        "epoll_ctl",
        "Kept, at most");
    for (Lane lane : lanes) {
      if (lane.kind() == Lane.Kind.CONNECTION) {
        row(
            escaped(lane.name()),
            lane.fd(),
            lane.bytesIn(),
            lane.bytesOut(),
            lane.count(Call.RECV),
            lane.count(Call.SEND),
            lane.partial(),
            lane.controls(),
            lane.mostKept());
      }
    }
    end();
  }

  private void begin(String caption, String first, String... others) {
    html.append("<div class=\"table\"><table>\n<caption>").append(caption).append("</caption>\n");
    html.append("<thead><tr><th>").append(first).append("</th>");
    for (String each : others) {
      html.append("<th class=\"n\">").append(each).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String first, long... others) {
    html.append("<tr><td>").append(first).append("</td>");
    LongStream.of(others)
        .forEach(each ->
            html.append(
                "<td class=\"n%s\">%s</td>".formatted(each == 0 ? " zero" : "", number(each))));
    html.append("</tr>\n");
  }

  private void end() {
    html.append("</tbody>\n</table></div>\n");
  }
}
