package readiness.book;

import org.jsoup.nodes.Element;

/** "Your turn" is what a reader comes back to, so it can be linked to. */
final class Turns {
  private Turns() {}

  static void mark(Element body, String id) {
    int number = 0;
    for (Element turn : body.select(".your-turn")) {
      number++;
      if (turn.id().isEmpty()) {
        turn.id("your-turn-" + id + (number > 1 ? "-" + number : ""));
      }
    }
  }
}
