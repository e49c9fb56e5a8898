package readiness.timeline;

import static readiness.timeline.Markup.escaped;
import static readiness.timeline.Markup.number;
import static readiness.timeline.Svg.at;

import java.util.List;

/**
 * A recording as SVG: lanes from top to bottom, time from left to right. What comes in stands on a
 * lane's middle line, what goes out hangs from it.
 */
final class Drawing {
  private static final Axis.Widths OF_A_PAGE = new Axis.Widths(9, 6, 54, 18);
  private static final Axis.Widths OF_A_FIGURE = new Axis.Widths(4, 3, 11, 6);

  /** What is short need not be small. */
  private static final double COMFORTABLE = 900;

  private static final double BETWEEN_TICKS = 96;
  private static final double LABELS = 128;
  private static final double LEFT = 10;
  private static final double MARGIN = 14;
  private static final double ROOM_FOR_FAILURE = 80;

  /** Where the page is wider than the picture, its rules go on. */
  private static final double FAR = 9_999;

  private static final int LONGEST_NAME = 16;

  private final Run run;
  private final Excerpt excerpt;
  private final Axis axis;
  private final Geometry geometry;
  private final boolean figure;

  /** Where what has not ended ends in the picture. */
  private final double end;

  private final double right;
  private final Svg svg = new Svg();

  private Drawing(Run run, Excerpt excerpt, boolean figure) {
    this.run = run;
    this.figure = figure;
    this.excerpt = excerpt;
    axis =
        figure ? new Axis(excerpt.lines(), run.virtual(), OF_A_FIGURE) : comfortable(run, excerpt);
    geometry = new Geometry(figure ? withoutExtras(excerpt.lanes()) : excerpt.lanes(), axis);
    end = axis.width() + (run.hangs() ? ROOM_FOR_FAILURE : MARGIN);
    double room = run.failure() == null ? MARGIN : ROOM_FOR_FAILURE;
    right = Math.max(end + room, geometry.right() + MARGIN);
  }

  private static Axis comfortable(Run run, Excerpt excerpt) {
    Axis usual = new Axis(excerpt.lines(), run.virtual(), OF_A_PAGE);
    double factor = Math.min(2, COMFORTABLE / usual.width());
    return factor <= 1 ? usual : new Axis(excerpt.lines(), run.virtual(), OF_A_PAGE.times(factor));
  }

  /** A figure has room for the loop and its connections only. */
  private static List<Lane> withoutExtras(List<Lane> lanes) {
    return lanes.stream()
        .filter(lane -> lane.kind() == Lane.Kind.WAITS || lane.kind() == Lane.Kind.CONNECTION)
        .toList();
  }

  /** The picture of a page, which scrolls beside its {@link #labels}. */
  static String plot(Run run, Excerpt excerpt) {
    Drawing drawing = new Drawing(run, excerpt, false);
    drawing.open("plot", -LEFT, drawing.right);
    drawing.drawPlot();
    return drawing.close();
  }

  /** The names of the lanes, as high as the picture. */
  static String labels(Run run, Excerpt excerpt) {
    Drawing drawing = new Drawing(run, excerpt, false);
    drawing.open("labels", 0, LABELS);
    drawing.drawLabels();
    return drawing.close();
  }

  private void open(String id, double from, double to) {
    svg.raw(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="timeline" id="%s" width="%s" height="%s" \
        viewBox="%s 0 %s %s" preserveAspectRatio="xMinYMin">
        """
            .formatted(
                id,
                at(to - from),
                at(geometry.height()),
                at(from),
                at(to - from),
                at(geometry.height())));
  }

  /**
   * Labels and picture in one, narrower, for another page.
   *
   * @param id begins every id in it
   * @param description says in words what is to be seen
   */
  static String figure(Run run, Excerpt excerpt, String id, String description) {
    Drawing drawing = new Drawing(run, excerpt, true);
    drawing.svg.raw(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="timeline" id="%1$s" viewBox="0 0 %2$s %3$s" \
        role="img" aria-labelledby="%1$s-title %1$s-desc">
        <title id="%1$s-title">%4$s</title>
        <desc id="%1$s-desc">%5$s</desc>
        <style>
        %6$s</style>
        """
            .formatted(
                id,
                at(LABELS + LEFT + drawing.right),
                at(drawing.geometry.height()),
                escaped(run.title()),
                escaped(description),
                Assets.text("timeline.css")));
    drawing.drawLabels();
    drawing.svg.raw("<g transform=\"translate(%s 0)\">\n".formatted(at(LABELS + LEFT)));
    drawing.drawPlot();
    drawing.svg.raw("</g>\n");
    return drawing.close();
  }

  private String close() {
    return svg.raw("</svg>\n").toString();
  }

  private void drawLabels() {
    // As many zigzags as a narrow picture would have tell nobody anything.
    String scale = figure && !axis.cuts().isEmpty() ? ", not to scale" : "";
    svg.text("", 0, Geometry.AXIS - 6, (run.virtual() ? "virtual ms" : "ms") + scale);
    for (Geometry.Row row : geometry.rows()) {
      Lane lane = row.lane();
      svg.line("rule", 0, row.bottom(), LABELS + LEFT, row.bottom());
      svg.text("name", 0, row.middle(), shortened(lane.name()));
      svg.text("", 0, row.middle() + 14, lane.fd() < 0 ? "never let in" : "fd " + lane.fd());
      if (row.ground() > 0) {
        svg.text("", 0, row.ground() - 17, "keeps, at most");
        svg.text("", 0, row.ground() - 3, number(lane.mostKept()) + " bytes");
      }
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private void drawPlot() {
    drawTurns();
    drawAxis();
    LaneDrawing lanes = new LaneDrawing(svg, axis, new Caption(run), end, !figure);
    for (int i = 0; i < geometry.rows().size(); i++) {
      Geometry.Row row = geometry.rows().get(i);
      svg.line("rule", -LEFT, row.bottom(), figure ? right : FAR, row.bottom());
      svg.raw("<g data-lane=\"%d\">\n".formatted(i));
      lanes.draw(row);
      svg.raw("</g>\n");
    }
    excerpt.gaps().forEach(this::drawGap);
    if (run.failure() != null) {
      svg.line("fails", end, Geometry.AXIS, end, geometry.height());
      svg.text("fails-here", end + 6, Geometry.AXIS + 4, "fails here");
    }
  }

  /** What the loop does between two waits belongs together. */
  private void drawTurns() {
    double from = Double.NaN;
    for (Line each : excerpt.lines()) {
      if (each.isWait()) {
        double width = axis.x(each.entry().begun()) - from;
        if (width > 0) {
          svg.rect("turn", from, Geometry.AXIS, width, geometry.height() - Geometry.AXIS);
        }
        from = axis.x(each.entry().nanoTime());
      }
    }
  }

  private void drawGap(Excerpt.Gap gap) {
    double from = axis.x(gap.after().entry().nanoTime());
    double to = axis.x(gap.before().entry().begun());
    svg.rect("left-out", from, Geometry.AXIS, to - from, geometry.height() - Geometry.AXIS);
    svg.raw(
        "<text class=\"left-out-words\" transform=\"translate(%s %s) rotate(90)\">%s</text>\n"
            .formatted(at((from + to) / 2 - 4), at(Geometry.AXIS + 8), gap.words()));
  }

  private void drawAxis() {
    svg.line("axis", -LEFT, Geometry.AXIS, end, Geometry.AXIS);
    long begin = run.begin();
    double free = -LEFT;
    for (long time : axis.times()) {
      double x = axis.x(time);
      if (x >= free) {
        svg.line("tick", x, Geometry.AXIS - 4, x, Geometry.AXIS);
        svg.text("", x, Geometry.AXIS - 8, Time.at(time - begin));
        free = x + BETWEEN_TICKS;
      }
    }
    for (Axis.Cut cut : figure ? List.<Axis.Cut>of() : axis.cuts()) {
      svg.path("cut-axis", cut.x() - 3, Geometry.AXIS - 4, "l4 3l-4 2l4 3");
    }
  }
}
