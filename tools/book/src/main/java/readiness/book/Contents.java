package readiness.book;

import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;

/** The lists of what there is to read: at the side, on the start page, at a chapter's beginning. */
final class Contents {
  private final Course course;
  private final List<Passage> passages;

  Contents(Course course, List<Passage> passages) {
    this.course = course;
    this.passages = passages;
  }

  /**
   * The whole book, for the side of a page.
   *
   * @param path the page
   * @param current what is marked as the one that is being read
   */
  Element atTheSide(String path, @Nullable Passage current) {
    Element list = new Element("ol");
    Element sections = list;
    for (Passage passage : passages) {
      if (passage.isStart()) continue;
      Element entry = (passage.opensChapter() ? list : sections).appendElement("li");
      Element link = link(entry, passage, path);
      if (passage.equals(current)) link.attr("aria-current", "page");
      if (passage.opensChapter()) sections = entry.appendElement("ol");
    }
    list.select("ol:empty").remove();
    return list;
  }

  /** The whole book, with what each chapter asks of a reader. */
  Element ofTheBook(String path) {
    Element nav = new Element("nav").addClass("toc").attr("aria-label", "Table of contents");
    for (Chapter chapter : course.chapters()) {
      List<Passage> own = of(chapter);
      if (own.isEmpty()) continue;
      Element block = nav.appendElement("section");
      link(block.appendElement("h2"), own.getFirst(), path);
      if (!chapter.steps().isEmpty()) {
        block.appendElement("p").addClass("sum").text(sum(chapter.steps()));
      }
      entries(block, own, path);
    }
    return nav;
  }

  /** A chapter's sections, for the end of its opening. */
  Element of(Chapter chapter, String path) {
    Element nav = new Element("nav").addClass("toc").attr("aria-labelledby", "in-this-chapter");
    nav.appendElement("h2").attr("id", "in-this-chapter").text("In this chapter");
    entries(nav, of(chapter), path);
    return nav;
  }

  private List<Passage> of(Chapter chapter) {
    return passages.stream().filter(passage -> chapter.equals(passage.chapter())).toList();
  }

  /** All but the first, which is the chapter's opening. */
  private static void entries(Element parent, List<Passage> passages, String path) {
    Element list = parent.appendElement("ol");
    for (Passage passage : passages.subList(1, passages.size())) {
      Element item = list.appendElement("li");
      link(item, passage, path);
      Step step = passage.step();
      if (step != null) {
        item.appendElement("span").addClass("effort").text(step.minutes() + " min");
      }
    }
  }

  private static Element link(Element parent, Passage passage, String path) {
    Element link = parent.appendElement("a").attr("href", Links.to(passage, path));
    number(link, passage);
    return link.append(passage.title());
  }

  /** Puts a passage's number, if it has one, where its title is to follow. */
  static void number(Element parent, Passage passage) {
    if (passage.number().isEmpty()) return;
    parent.appendElement("span").addClass("number").text(passage.number());
    parent.appendText(" ");
  }

  /** What steps ask and give together. */
  static String sum(List<Step> steps) {
    int points = steps.stream().mapToInt(Step::points).sum();
    int minutes = steps.stream().mapToInt(Step::minutes).sum();
    return "%d %s · %d points · about %s"
        .formatted(steps.size(), steps.size() == 1 ? "step" : "steps", points, hours(minutes));
  }

  /** To the half hour, from an hour and a half on. */
  private static String hours(int minutes) {
    if (minutes < 90) return minutes + " minutes";
    int halves = (minutes + 15) / 30;
    return halves / 2 + (halves % 2 == 1 ? "½" : "") + " hours";
  }
}
