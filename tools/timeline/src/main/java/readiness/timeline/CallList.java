package readiness.timeline;

import static readiness.timeline.Markup.escaped;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The calls one below the other, for the keyboard, for the search of a browser, for the ear. */
final class CallList {
  private final Run run;
  private final Excerpt excerpt;
  private final Map<Integer, String> names = new HashMap<>();
  private final StringBuilder html = new StringBuilder();

  /**
   * @param excerpt what is listed
   * @param lanes whose the calls are
   */
  CallList(Run run, Excerpt excerpt, List<Lane> lanes) {
    this.run = run;
    this.excerpt = excerpt;
    for (Lane lane : lanes) {
      lane.calls().forEach(line -> names.put(line.number(), lane.name()));
      lane.notes().forEach(line -> names.put(line.number(), lane.name()));
    }
  }

  String html() {
    html.append(
        """
        <details id="calls"><summary>All calls, and what clients did, in order</summary>
        <p class="muted">Each as strace(1) would print it, with the time at which it came back.</p>
        <div class="table" tabindex="0" role="region" aria-label="All calls"><table>
        <thead><tr><th class="n">No.</th><th class="n">ms</th><th>Who</th><th>Call</th><th></th></tr>\
        </thead>
        <tbody>
        """);
    Caption caption = new Caption(run);
    long begin = run.begin();
    Map<Integer, Excerpt.Gap> gaps = new HashMap<>();
    excerpt.gaps().forEach(gap -> gaps.put(gap.before().number(), gap));
    for (Line line : excerpt.lines()) {
      Excerpt.Gap gap = gaps.get(line.number());
      if (gap != null) {
        addRemark("gap", gap.words());
      }
      add(line, line.entry().nanoTime() - begin, caption.remark(line));
    }
    if (run.failure() != null) {
      addRemark("failed", run.failure().message());
    }
    return html.append("</tbody>\n</table></div></details>\n").toString();
  }

  private void add(Line line, long time, String remark) {
    html.append(
        "<tr%s><td class=\"n\">%d</td><td class=\"n\">%s</td><td>%s</td><td class=\"call\">%s</td><td>%s</td></tr>\n"
            .formatted(
                line.isNote() ? " class=\"client\"" : "",
                line.number(),
                Time.at(time),
                escaped(names.getOrDefault(line.number(), "")),
                escaped(Strace.of(line)),
                escaped(remark)));
  }

  private void addRemark(String style, String remark) {
    html.append(
        "<tr class=\"%s\"><td></td><td></td><td></td><td colspan=\"2\">%s</td></tr>\n"
            .formatted(style, escaped(remark)));
  }
}
