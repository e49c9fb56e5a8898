package readiness.timeline;

import static readiness.timeline.Markup.escaped;

import java.util.List;

/** The page around the picture: what it is, how to read it, what it adds up to. */
final class Page {
  private final Run run;
  private final Excerpt excerpt;
  private final List<Lane> lanes;
  private final Tally tally;
  private final StringBuilder html = new StringBuilder();

  /**
   * @param excerpt what can be shown of the run
   * @param lanes those of the whole run
   * @param tally of the whole run
   */
  Page(Run run, Excerpt excerpt, List<Lane> lanes, Tally tally) {
    this.run = run;
    this.excerpt = excerpt;
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
    html.append(new Counts(lanes, tally).html());
    html.append(new CallList(run, excerpt, lanes).html());
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
    html.append(Drawing.labels(run, excerpt));
    html.append(
        "</div>\n<div role=\"group\" aria-label=\"The picture; arrow keys go from call to"
            + " call\">\n");
    html.append(Drawing.plot(run, excerpt));
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
    Legend.items(excerpt.lanes())
        .forEach(item ->
            html.append(
                "<li><svg class=\"timeline\" width=\"34\" height=\"26\" viewBox=\"0 0 34 26\""
                    + " aria-hidden=\"true\">%s</svg><span>%s</span></li>\n"
                        .formatted(item.drawing(), escaped(item.meaning()))));
    html.append("</ul>\n");
  }
}
