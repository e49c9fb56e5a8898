package readiness.timeline;

import static readiness.timeline.Markup.escaped;
import static readiness.timeline.Markup.number;
import static readiness.timeline.Svg.at;

import java.util.List;
import readiness.kernel.Epoll;
import readiness.kernel.Recording;

/** Draws lanes: marks for calls, and around them what they mean. */
final class LaneDrawing {
  private static final double TALLEST = 25;
  private static final double GAP = 1.5;
  private static final double NARROWEST = 2.5;
  private static final double NARROWEST_TORN = 20;

  private final Svg svg;
  private final Axis axis;
  private final Caption caption;
  private final double end;
  private final boolean touchable;

  /**
   * @param end where what has not ended ends
   * @param touchable whether marks are to be larger to the pointer than to the eye
   */
  LaneDrawing(Svg svg, Axis axis, Caption caption, double end, boolean touchable) {
    this.svg = svg;
    this.axis = axis;
    this.caption = caption;
    this.end = end;
    this.touchable = touchable;
  }

  void draw(Geometry.Row row) {
    Lane lane = row.lane();
    if (lane.kind() == Lane.Kind.WAITS) {
      lane.calls().forEach(line -> drawOnLoop(row, line));
      return;
    }
    double to = lane.isClosed() ? axis.x(lane.to()) : end;
    String life = lane.fd() < 0 ? "life never" : "life";
    svg.line(life, axis.x(lane.from()), row.middle(), to, row.middle());
    drawRibbon(row, to);
    drawKept(row, to);
    drawReports(row);
    row.notes().placed().forEach(note -> drawNote(row, note));
    Labels above = new Labels();
    Labels below = new Labels();
    lane.calls().forEach(line -> drawCall(row, line, above, below));
  }

  // ---- The loop

  private void drawOnLoop(Geometry.Row row, Line line) {
    Recording.Entry entry = line.entry();
    double x = axis.x(entry.begun());
    double width = Math.max(NARROWEST, end(entry) - x - GAP);
    if (line.isWait()) {
      open(line, row, waitStyle(line));
      svg.rect("", x, row.middle() - 12, width, 24);
      drawTears(row, entry);
      String label =
          entry.returned() ? Time.span(entry.nanoTime() - entry.begun()) : "never returns";
      if (label.length() * Svg.LETTER + 6 < width) {
        svg.text("slept", x + width / 2, row.middle() + 4, label);
      }
    } else {
      open(line, row, "setup");
      svg.rect("", x, row.middle() - 4, width, 8);
    }
    close(x, width, row);
  }

  private static String waitStyle(Line line) {
    if (!line.entry().returned()) {
      return "wait never";
    }
    return line.isError() ? "wait signal" : "wait";
  }

  private void drawTears(Geometry.Row row, Recording.Entry wait) {
    for (Axis.Cut cut : axis.cuts()) {
      if (axis.width(cut) >= NARROWEST_TORN
          && cut.from() >= wait.begun()
          && cut.to() <= wait.nanoTime()) {
        svg.path("tear", cut.x() - 3, row.middle() - 13, "l5 8l-5 9l5 9");
      }
    }
  }

  private double end(Recording.Entry entry) {
    return entry.returned() ? axis.x(entry.nanoTime()) : end;
  }

  // ---- Around the calls

  private void drawRibbon(Geometry.Row row, double to) {
    List<Lane.Flags> watched = row.lane().watched();
    for (int i = 0; i < watched.size(); i++) {
      Lane.Flags each = watched.get(i);
      if (each.flags() == Lane.NOT_WATCHED) {
        continue;
      }
      double x = axis.x(each.time());
      double until = i + 1 < watched.size() ? axis.x(watched.get(i + 1).time()) : to;
      String edge = each.has(Epoll.EPOLLET) ? " edge" : "";
      if (each.has(Epoll.EPOLLIN)) {
        svg.line("for-in" + edge, x, row.ribbon(), until, row.ribbon());
      }
      if (each.has(Epoll.EPOLLOUT)) {
        svg.line("for-out" + edge, x, row.ribbon() + 4, until, row.ribbon() + 4);
      }
      if (!each.has(Epoll.EPOLLIN | Epoll.EPOLLOUT)) {
        svg.line("for-nothing", x, row.ribbon() + 2, until, row.ribbon() + 2);
      }
    }
  }

  private void drawKept(Geometry.Row row, double to) {
    if (row.ground() < 0) {
      return;
    }
    double scale = Geometry.KEPT / row.lane().mostKept();
    StringBuilder outline = new StringBuilder();
    for (Lane.Kept each : row.lane().kept()) {
      String x = at(axis.x(each.time()));
      outline.append(outline.isEmpty() ? "M" + x + " " + at(row.ground()) : "H" + x);
      outline.append("V").append(at(row.ground() - each.bytes() * scale));
    }
    svg.path("kept", outline + "H" + at(to) + "V" + at(row.ground()) + "Z");
  }

  /** A little before what comes of it. */
  private void drawReports(Geometry.Row row) {
    for (Lane.Flags each : row.lane().reports()) {
      double x = axis.x(each.time()) - 3;
      if (each.has(Lane.ENDS)) {
        svg.circle("told-end", x, row.middle(), 6);
      }
      if (each.has(Epoll.EPOLLIN)) {
        svg.circle("told-in", x, row.middle() - 3, 2.6);
      }
      if (each.has(Epoll.EPOLLOUT)) {
        svg.circle("told-out", x, row.middle() + 3, 2.6);
      }
    }
  }

  private void drawNote(Geometry.Row row, Notes.Placed note) {
    double y = row.top() + Geometry.FIRST_NOTE + note.row() * Geometry.NEXT_NOTE;
    open(note.line(), row, "note");
    svg.path("", note.x() - 3.5, y - 7, "h7l-3.5 6z");
    if (!note.words().isEmpty()) {
      svg.text("said", note.x() + 6, y, note.words());
    }
    close(note.x() - 4, 8, y - 12, 16);
  }

  // ---- Calls

  /** Numbers beside bars, as many as there is room for. */
  private static final class Labels {
    private double free = Double.NEGATIVE_INFINITY;

    boolean hasRoom(double middle, String label) {
      double half = label.length() * Svg.LETTER / 2;
      if (middle - half < free) {
        return false;
      }
      free = middle + half + 4;
      return true;
    }
  }

  private void drawCall(Geometry.Row row, Line line, Labels above, Labels below) {
    Recording.Entry entry = line.entry();
    double x = axis.x(entry.begun());
    double width = Math.max(NARROWEST, end(entry) - x - GAP);
    open(line, row, style(line));
    if (!entry.returned()) {
      svg.rect("", x, row.middle() - 9, width, 18);
    } else if (line.isError()) {
      svg.path("", x + width / 2 - 4, row.middle() - 4, "l8 8m0 -8l-8 8");
    } else if (line.isAgain()) {
      svg.rect("", x, line.sends() ? row.middle() : row.middle() - 12, width, 12);
    } else if (line.receives() && !line.isEnd()) {
      drawReceived(row, line, x, width, above);
    } else if (line.sends()) {
      drawSent(row, line, x, width, below);
    } else {
      drawOther(row, line, x, width);
    }
    close(x, width, row);
  }

  private void drawReceived(Geometry.Row row, Line line, double x, double width, Labels labels) {
    long bytes = line.entry().result();
    double height = height(bytes);
    svg.rect("", x, row.middle() - height, width, height);
    label(labels, x + width / 2, row.middle() - height - 4, bytes);
  }

  private void drawSent(Geometry.Row row, Line line, double x, double width, Labels labels) {
    long bytes = line.entry().result();
    double height = height(line.entry().argument());
    if (line.isPartial()) {
      svg.rect("asked", x, row.middle(), width, height);
    }
    double share = (double) bytes / Math.max(1, line.entry().argument());
    svg.rect("", x, row.middle(), width, height * share);
    label(labels, x + width / 2, row.middle() + height + 11, bytes);
  }

  private void drawOther(Geometry.Row row, Line line, double x, double width) {
    double center = x + width / 2;
    double middle = row.middle();
    switch (line.call()) {
      case RECV, READ -> svg.path("", center, middle, "v-16m-5 0h10");
      case SHUTDOWN -> svg.path("", center, middle, "v16m-5 0h10");
      case ACCEPT4 -> svg.path("", center - 3.5, middle - 5.5, "l8 5.5l-8 5.5z");
      case CLOSE -> svg.path("", center, middle - 10, "v20");
      case EPOLL_CTL_ADD, EPOLL_CTL_MOD, EPOLL_CTL_DEL -> {
        double y = row.ribbon() < 0 ? middle : row.ribbon() + 2;
        svg.rect("", x, y - 5, width, 10);
      }
      default -> svg.rect("", x, middle - 3, width, 6);
    }
  }

  private static String style(Line line) {
    if (!line.entry().returned()) {
      return "blocks";
    }
    if (line.isError()) {
      return "error";
    }
    if (line.isAgain()) {
      return "again";
    }
    return switch (line.call()) {
      case RECV, READ -> line.isEnd() ? "end" : "in";
      case SEND, WRITE -> "out";
      case SHUTDOWN -> "end";
      case CLOSE -> "close";
      case ACCEPT4 -> "accept";
      case EPOLL_CTL_ADD, EPOLL_CTL_MOD, EPOLL_CTL_DEL -> "control";
      default -> "setup";
    };
  }

  /** By the logarithm: a byte is to be seen beside a megabyte. */
  private static double height(long bytes) {
    return bytes <= 0 ? 3 : Math.min(TALLEST, 5 + 1.1 * Math.log(bytes) / Math.log(2));
  }

  private void label(Labels labels, double middle, double y, long bytes) {
    String label = number(bytes);
    if (labels.hasRoom(middle, label)) {
      svg.text("bytes", middle, y, label);
    }
  }

  // ---- Marks

  private void open(Line line, Geometry.Row row, String style) {
    svg.raw(
        "<g class=\"m %s\" data-n=\"%d\"><title>%s</title>\n"
            .formatted(style, line.number(), escaped(caption.of(line, row.lane().name()))));
  }

  private void close(double x, double width, Geometry.Row row) {
    boolean tall = row.lane().kind() == Lane.Kind.CONNECTION;
    close(x, width, row.middle() - (tall ? 28 : 16), tall ? 82 : 32);
  }

  /** Marks are small, and fingers are not. */
  private void close(double x, double width, double y, double height) {
    if (touchable) {
      svg.rect("hit", x - 1, y, width + 2, height);
    }
    svg.raw("</g>\n");
  }
}
