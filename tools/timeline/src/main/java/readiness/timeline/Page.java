package readiness.timeline;

import static readiness.timeline.Markup.escaped;
import static readiness.timeline.Markup.number;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import readiness.kernel.Call;

/** The page around the picture: what it is, how to read it, what it adds up to, all calls. */
final class Page {
  private final Run run;
  private final List<Lane> lanes;
  private final Tally tally;
  private final StringBuilder html = new StringBuilder();

  Page(Run run, List<Lane> lanes, Tally tally) {
    this.run = run;
    this.lanes = lanes;
    this.tally = tally;
  }

  String html() {
    html.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s · timeline</title>
        <style>
        %s
        %s%s</style>
        </head>
        <body>
        <main>
        <h1>%s <small>timeline</small></h1>
        <p class="sentence">%s</p>
        """
            .formatted(
                escaped(run.title()),
                Assets.theme(),
                Assets.text("page.css"),
                Assets.text("timeline.css"),
                escaped(run.title()),
                escaped(run.sentence())));
    addFacts();
    addFailure();
    addPicture();
    addLegend();
    addCounts();
    addCalls();
    html.append("<script>\n").append(Assets.text("page.js")).append("</script>\n");
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private void addFacts() {
    html.append("<dl class=\"facts\">\n");
    for (Run.Fact fact : run.facts()) {
      html.append(
          "<div><dt>%s</dt><dd>%s</dd></div>\n"
              .formatted(escaped(fact.label()), escaped(fact.text())));
    }
    html.append("</dl>\n");
  }

  private void addFailure() {
    Run.Failure failure = run.failure();
    if (failure == null) {
      return;
    }
    html.append("<section class=\"failure\">\n<h2>It fails</h2>\n");
    html.append("<p>%s</p>\n".formatted(escaped(failure.message())));
    if (!failure.expected().isEmpty()) {
      html.append("<p><b>Expected:</b> %s</p>\n".formatted(escaped(failure.expected())));
    }
    if (!failure.place().isEmpty()) {
      html.append("<p><code>%s</code></p>\n".formatted(escaped(failure.place())));
    }
    html.append("</section>\n");
  }

  private void addPicture() {
    html.append("<div class=\"sheet\">\n<div aria-hidden=\"true\">\n");
    html.append(Drawing.labels(run, lanes));
    html.append(
        "</div>\n<div role=\"group\" aria-label=\"The picture; arrow keys go from call to"
            + " call\">\n");
    html.append(Drawing.plot(run, lanes));
    html.append("</div>\n</div>\n<div id=\"tip\" aria-live=\"polite\"></div>\n");
    String clock =
        run.virtual()
            ? "Time is virtual: by definition a call takes a microsecond, and only waits and what"
                + " happens outside let more of it pass. "
            : "Times are those of this machine, with the recording's own cost in them. ";
    html.append(
        "<p class=\"muted\">%sThe zigzag on the axis is where time is left out. Point at a mark, or"
                .formatted(clock)
            + " press Tab and then the arrow keys, to see the call.</p>\n");
  }

  private void addLegend() {
    html.append("<h2>How to read it</h2>\n<ul class=\"legend\">\n");
    Legend.items(lanes)
        .forEach(item ->
            html.append(
                "<li><svg class=\"timeline\" width=\"34\" height=\"26\" viewBox=\"0 0 34 26\""
                    + " aria-hidden=\"true\">%s</svg><span>%s</span></li>\n"
                        .formatted(item.drawing(), escaped(item.meaning()))));
    html.append("</ul>\n");
  }

  // ---- Counts

  private void addCounts() {
    html.append("<h2>What it adds up to</h2>\n<p>%s</p>\n".formatted(escaped(sentence())));
    html.append("<div class=\"tables\">\n");
    addKinds();
    addConnections();
    html.append("</div>\n");
  }

  private String sentence() {
    String serving =
        "From its first wait on, the loop made %s in %s."
            .formatted(
                Markup.count(tally.callsServing(), "call", "calls"),
                Markup.count(tally.turns(), "turn", "turns"));
    long messages = tally.messages();
    if (messages == 0) {
      return serving;
    }
    return serving
        + String.format(
            Locale.ROOT,
            " Its clients sent %s: %.1f calls for each.",
            Markup.count(messages, "message", "messages"),
            (double) tally.callsServing() / messages);
  }

  private void addKinds() {
    html.append(
        """
        <div class="table"><table>
        <caption>By kind of call</caption>
        <thead><tr><th>Call</th><th class="n">Calls</th><th class="n">Not now</th>\
        <th class="n">In part</th><th class="n">Errors</th><th class="n">Bytes</th></tr></thead>
        <tbody>
        """);
    for (Tally.Row row : tally.rows()) {
      html.append(
          "<tr><td><code>%s</code></td>%s%s%s%s%s</tr>\n"
              .formatted(
                  name(row.call()),
                  cell(row.count()),
                  cell(row.again()),
                  cell(row.partial()),
                  cell(row.errors()),
                  cell(row.bytes())));
    }
    html.append("</tbody>\n</table></div>\n");
  }

  private static String name(Call call) {
    return call.name().startsWith("EPOLL_CTL_") ? "epoll_ctl " + call.name() : call.manual();
  }

  private void addConnections() {
    html.append(
        """
        <div class="table"><table>
        <caption>By connection</caption>
        <thead><tr><th>Who</th><th class="n">fd</th><th class="n">Bytes in</th>\
        <th class="n">Bytes out</th><th class="n">recv</th><th class="n">send</th>\
        <th class="n">in part</th><th class="n">epoll_ctl</th><th class="n">Kept, at most</th>\
        </tr></thead>
        <tbody>
        """);
    for (Lane lane : lanes) {
      if (lane.kind() == Lane.Kind.CONNECTION) {
        html.append(
            "<tr><td>%s</td><td class=\"n\">%d</td>%s%s%s%s%s%s%s</tr>\n"
                .formatted(
                    escaped(lane.name()),
                    lane.fd(),
                    cell(lane.bytesIn()),
                    cell(lane.bytesOut()),
                    cell(lane.count(Call.RECV)),
                    cell(lane.count(Call.SEND)),
                    cell(lane.partial()),
                    cell(lane.controls()),
                    cell(lane.mostKept())));
      }
    }
    html.append("</tbody>\n</table></div>\n");
  }

  private static String cell(long number) {
    return "<td class=\"n%s\">%s</td>".formatted(number == 0 ? " zero" : "", number(number));
  }

  // ---- All calls

  private void addCalls() {
    Map<Integer, String> who = new HashMap<>();
    for (Lane lane : lanes) {
      lane.calls().forEach(line -> who.put(line.number(), lane.name()));
      lane.notes().forEach(line -> who.put(line.number(), lane.name()));
    }
    Caption caption = new Caption(run);
    html.append(
        """
        <details id="calls"><summary>All calls, and what clients did, in order</summary>
        <p class="muted">Each with the time at which it came back, as the manner of strace(1) has it.</p>
        <div class="table" tabindex="0" role="region" aria-label="All calls"><table>
        <thead><tr><th class="n">No.</th><th class="n">ms</th><th>Who</th><th>Call</th><th></th></tr></thead>
        <tbody>
        """);
    for (Line line : run.lines()) {
      html.append(
          "<tr%s id=\"n%d\"><td class=\"n\">%d</td><td class=\"n\">%s</td><td>%s</td>"
                  .formatted(
                      line.isNote() ? " class=\"client\"" : "",
                      line.number(),
                      line.number(),
                      Time.at(line.entry().nanoTime() - run.begin()),
                      escaped(who.getOrDefault(line.number(), "")))
              + "<td class=\"call\">%s</td><td>%s</td></tr>\n"
                  .formatted(escaped(Strace.of(line)), escaped(caption.remark(line))));
    }
    if (run.failure() != null) {
      html.append(
          "<tr class=\"failed\"><td></td><td></td><td></td><td colspan=\"2\">%s</td></tr>\n"
              .formatted(escaped(run.failure().message())));
    }
    html.append("</tbody>\n</table></div></details>\n");
  }
}
