package readiness.book;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a text has its reader decide before it goes on: predictions, and claims on trial. Both
 * become the same, so that they behave alike: a question, its options, and behind a fold what came
 * out.
 *
 * <pre>
 *   .predict | .claim        data-answer: the letter of the right option
 *   ├ .content               data-question: changes when the question does
 *   │   └ ol.options
 *   └ details.reveal
 * </pre>
 *
 * <p>{@code book.js} lets a reader choose, and marks the choice; without it there is a list to read
 * and a fold to open.
 */
final class Questions {
  /** The roles of the blocks that are questions. */
  static final List<String> ROLES = List.of("predict", "claim");

  /** What a block's right answer is known by: a class, {@code answer-b}. */
  static final String ANSWER = "answer-";

  private static final List<String> VERDICTS = List.of("true", "half", "wrong");
  private static final Pattern VERDICT =
      Pattern.compile("Verdict: (true|half|wrong)\\b.*", Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("\\(([a-z])\\)");

  private final Sources sources;
  private final Problems problems;

  Questions(Sources sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  /**
   * Marks what is to be decided in a text.
   *
   * @param near where the text begins
   */
  void mark(Element body, Place near) {
    for (Element prediction : body.select(".predict")) prediction(prediction, near);
    for (Element claim : body.select(".claim")) claim(claim, near);
  }

  /** A prediction is followed by what to compare it with, which moves into it. */
  private void prediction(Element prediction, Place near) {
    prediction.attr("role", "group").attr("aria-label", "Predict");
    String text = prediction.text();
    Place place = sources.findBeginning(near, text);
    String shown = "the prediction '" + text + "'";
    Element options = prediction.selectFirst("> .content > .olist:last-child > ol");
    Element reveal = prediction.nextElementSibling();
    if (reveal == null || !reveal.hasClass("reveal")) {
      problems.add(place, shown + " has no '[%collapsible.reveal]' after it");
    } else if (options == null) {
      problems.add(place, shown + " has no options");
    } else {
      answer(prediction, options, reveal, place, shown);
      prediction.appendChild(reveal);
    }
  }

  /** What follows the question is folded; the verdict at its end is the answer, and a badge. */
  private void claim(Element claim, Place near) {
    String title = claim.select("> .title").text();
    Place place = sources.findBeginning(near, title);
    String shown = "the claim '" + title + "'";
    Element content = claim.expectFirst("> .content");
    Element reveal = fold(content);
    if (reveal == null) {
      problems.add(place, shown + " has no '*Look:*', from where on it is folded");
      return;
    }
    String verdict = judge(reveal);
    if (verdict == null) {
      problems.add(place, shown + " has no '*Verdict: true.*', half or wrong");
      return;
    }
    Element own = content.selectFirst("> .olist:last-child > ol");
    if (own != null) {
      answer(claim, own, reveal, place, shown);
    } else if (written(claim) != null) {
      problems.add(place, shown + " has an answer, and no options before its '*Look:*'");
    } else {
      ask(claim, content, VERDICTS.indexOf(verdict));
    }
    claim.appendChild(reveal);
  }

  /** Moves what begins with {@code *Look:*} behind a fold; null if nothing does. */
  private static @Nullable Element fold(Element content) {
    Element look = null;
    for (Element part : content.children()) {
      Element first = part.selectFirst("p > strong:first-child");
      if (first != null && first.text().equals("Look:")) look = part;
      if (look != null) break;
    }
    if (look == null) return null;
    Element reveal = new Element("details").addClass("reveal");
    reveal.appendElement("summary").addClass("title").text("Then look");
    reveal
        .appendElement("div")
        .addClass("content")
        .appendChildren(
            content.children().subList(look.elementSiblingIndex(), content.childrenSize()));
    return reveal;
  }

  /** Makes a badge of the verdict and returns its word. */
  private static @Nullable String judge(Element reveal) {
    String word = null;
    for (Element strong : reveal.select("strong")) {
      Matcher verdict = VERDICT.matcher(strong.text());
      if (!verdict.matches()) continue;
      word = verdict.group(1);
      strong.text(strong.text().replaceFirst("\\.$", ""));
      strong.addClass("verdict").addClass(word);
      Element paragraph = strong.closest("p");
      if (paragraph != null) paragraph.addClass("judgement");
    }
    return word;
  }

  /** A claim without options of its own asks for the verdict. */
  private static void ask(Element claim, Element content, int verdict) {
    content.appendElement("p").addClass("ask").text("What is your verdict on the claim?");
    Element options = content.appendElement("ol").addClass("options").addClass("verdicts");
    for (String option : List.of("true", "half true", "wrong")) {
      options.appendElement("li").appendElement("p").text(option);
    }
    ready(claim, (char) ('a' + verdict));
  }

  /** Holds the answer that an author names against the options and against what is told later. */
  private void answer(Element block, Element options, Element reveal, Place place, String shown) {
    String answer = written(block);
    int many = options.childrenSize();
    char last = (char) ('a' + many - 1);
    if (answer == null) {
      problems.add(place, shown + " does not say which option is right: answer=a or another");
    } else if (!answer.matches("[a-" + last + "]")) {
      problems.add(
          place, shown + " has the options a to " + last + ", and answer=" + answer + " is none");
    } else if (!answer.equals(told(reveal))) {
      problems.add(
          place,
          shown + " has answer=" + answer + ", so what is folded has to say *(" + answer + ")*");
    } else {
      block.removeClass(ANSWER + answer);
      options.addClass("options");
      ready(block, answer.charAt(0));
    }
  }

  /** What the author wrote as {@code answer=}. */
  private static @Nullable String written(Element block) {
    return block.classNames().stream()
        .filter(name -> name.startsWith(ANSWER))
        .map(name -> name.substring(ANSWER.length()))
        .findFirst()
        .orElse(null);
  }

  /** The first option that is named in bold, for those who read on paper or without scripts. */
  private static @Nullable String told(Element reveal) {
    for (Element strong : reveal.select("strong")) {
      Matcher named = NAMED.matcher(strong.text());
      if (named.matches()) return named.group(1);
    }
    return null;
  }

  private static void ready(Element block, char answer) {
    block.attr("data-answer", String.valueOf(answer));
    // Enough to tell the questions of a book apart, and one from what it was before an edit.
    block.attr("data-question", Inputs.digest(block.text()).substring(0, 16));
  }
}
