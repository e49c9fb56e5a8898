package readiness.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The signs of the picture, as far as there is one of them in it. */
final class Legend {
  /**
   * A sign.
   *
   * @param drawing in a box of 34 by 26
   * @param meaning what it stands for
   */
  record Item(String drawing, String meaning) {}

  private Legend() {}

  static List<Item> items(List<Lane> lanes) {
    List<Item> items = new ArrayList<>();
    items.add(
        new Item(
            "<g class=\"wait\"><rect x=\"2\" y=\"3\" width=\"30\" height=\"20\"/></g>",
            "the loop sleeps in epoll_wait"));
    items.add(
        new Item(
            "<rect class=\"turn\" x=\"2\" y=\"1\" width=\"30\" height=\"24\"/>",
            "it is awake: one turn, from wait to wait"));
    items.add(
        new Item("<g class=\"note\"><path d=\"M10 8h14l-7 10z\"/></g>", "a client does something"));
    items.add(
        new Item(
            "<g class=\"in\"><rect x=\"13\" y=\"3\" width=\"8\" height=\"20\"/></g>",
            "recv: bytes come in; the height goes with the logarithm of their number"));
    items.add(
        new Item(
            "<path class=\"life\" d=\"M2 3h30\"/><g class=\"out\"><rect x=\"13\" y=\"3\""
                + " width=\"8\" height=\"20\"/></g>",
            "send: bytes go out"));
    items.add(
        new Item(
            "<g class=\"accept\"><path d=\"M12 6l11 7l-11 7z\"/></g>",
            "accept4: a client is let in"));
    addIf(
        items,
        lanes,
        Line::isPartial,
        "<g class=\"out\"><rect class=\"asked\" x=\"13\" y=\"3\" width=\"8\" height=\"20\"/><rect"
            + " x=\"13\" y=\"3\" width=\"8\" height=\"7\"/></g>",
        "send of which the socket took only a part, as much as is filled");
    addIf(
        items,
        lanes,
        Line::isAgain,
        "<g class=\"again\"><rect x=\"13\" y=\"7\" width=\"8\" height=\"12\"/></g>",
        "−EAGAIN: nothing there, or no room, now");
    addIf(
        items,
        lanes,
        Line::isEnd,
        "<g class=\"end\"><path d=\"M17 23v-18m-6 0h12\"/></g>",
        "recv = 0: the client has finished sending");
    addIf(
        items,
        lanes,
        Line::isError,
        "<g class=\"error\"><path d=\"M13 9l8 8m0 -8l-8 8\"/></g>",
        "an error");
    items.add(
        new Item(
            "<g class=\"control\"><rect x=\"13\" y=\"7\" width=\"8\" height=\"12\"/></g>",
            "epoll_ctl: what is watched changes"));
    items.add(
        new Item(
            "<path class=\"for-in\" d=\"M2 9h30\"/><path class=\"for-out\" d=\"M2 17h30\"/>",
            "watched for EPOLLIN; for EPOLLOUT"));
    items.add(
        new Item(
            "<circle class=\"told-in\" cx=\"11\" cy=\"13\" r=\"3.4\"/><circle class=\"told-out\""
                + " cx=\"23\" cy=\"13\" r=\"3.4\"/>",
            "the wait has reported it readable; writable"));
    if (lanes.stream().anyMatch(Lane::sawEnd)) {
      items.add(
          new Item(
              "<circle class=\"told-end\" cx=\"17\" cy=\"13\" r=\"7\"/>",
              "with it EPOLLRDHUP, EPOLLHUP or EPOLLERR"));
    }
    if (lanes.stream().anyMatch(lane -> lane.mostKept() > 0)) {
      items.add(
          new Item(
              "<path class=\"kept\" d=\"M2 24V15H12V6H22V19H32V24Z\"/>",
              "bytes received and not sent yet when a turn ended: the loop keeps them"));
    }
    if (lanes.stream().anyMatch(Lane::isClosed)) {
      items.add(
          new Item("<g class=\"close\"><path d=\"M17 3v20\"/></g>", "the descriptor is closed"));
    }
    return items;
  }

  private static void addIf(
      List<Item> items, List<Lane> lanes, Predicate<Line> seen, String drawing, String meaning) {
    if (lanes.stream().flatMap(lane -> lane.calls().stream()).anyMatch(seen)) {
      items.add(new Item(drawing, meaning));
    }
  }
}
