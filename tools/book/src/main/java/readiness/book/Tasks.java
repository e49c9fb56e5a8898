package readiness.book;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** What a text asks of a reader: to predict, to judge a claim, to write. */
final class Tasks {
  private static final Pattern VERDICT =
      Pattern.compile("Verdict: (true|half|wrong)\\b.*", Pattern.DOTALL);

  private final Sources sources;
  private final Problems problems;

  Tasks(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  void mark(Element body, Passage passage) {
    claims(body, passage);
    predictions(body, passage);
    turns(body, passage);
  }

  /** A claim on trial ends with a verdict, which becomes a badge. */
  private void claims(Element body, Passage passage) {
    for (Element claim : body.select(".claim")) {
      boolean judged = false;
      for (Element strong : claim.select("strong")) {
        Matcher verdict = VERDICT.matcher(strong.text());
        if (!verdict.matches()) continue;
        judged = true;
        strong.text(strong.text().replaceFirst("\\.$", ""));
        strong.addClass("verdict").addClass(verdict.group(1));
        Element paragraph = strong.closest("p");
        if (paragraph != null) paragraph.addClass("judgement");
      }
      if (!judged) {
        String title = claim.select("> .title").text();
        problems.add(
            sources.findBeginning(passage.place(), title),
            "the claim '%s' has no '*Verdict: true.*', half or wrong".formatted(title));
      }
    }
  }

  /** A prediction is followed by what to compare it with. */
  private void predictions(Element body, Passage passage) {
    for (Element prediction : body.select(".predict")) {
      prediction.attr("role", "group").attr("aria-label", "Predict");
      Element next = prediction.nextElementSibling();
      if (next == null || !next.hasClass("reveal")) {
        problems.add(
            sources.findBeginning(passage.place(), prediction.text()),
            "a prediction without a '[%%collapsible.reveal]' after it: '%s'"
                .formatted(prediction.text()));
      }
    }
  }

  /** "Your turn" is what a reader comes back to, so it can be linked to. */
  private static void turns(Element body, Passage passage) {
    int number = 0;
    for (Element turn : body.select(".your-turn")) {
      number++;
      if (turn.id().isEmpty()) {
        turn.id("your-turn-" + passage.id() + (number > 1 ? "-" + number : ""));
      }
    }
  }
}
