package readiness.book;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;

/** What stands over a text: its title, where it belongs, and of a step what it takes. */
final class Head {
  private Head() {}

  /** For the start of the book. */
  static Element of(Course course, Passage start) {
    Element head = new Element("header").addClass("start");
    head.appendElement("h1").attr("id", start.id()).append(start.title());
    head.appendElement("p").addClass("subtitle").text(course.subtitle());
    return head;
  }

  /** For a passage on a page of its own, with the way up. */
  static Element ofPage(Chapter chapter, Passage passage) {
    Element head = new Element("header");
    Element over = head.appendElement("p").addClass("over");
    if (passage.opensChapter()) {
      over.text("Chapter " + chapter.number());
    } else {
      over.appendElement("a")
          .attr("href", "index.html")
          .text(chapter.number() + " " + chapter.title());
    }
    Element title = head.appendElement("h1").attr("id", passage.id());
    if (!passage.opensChapter()) Contents.number(title, passage);
    title.append(passage.title());
    facts(head, chapter, passage);
    return head;
  }

  /** For a passage among all others. */
  static Element ofPart(Chapter chapter, Passage passage, int level) {
    Element head = new Element("header");
    Element title = head.appendElement("h" + level).attr("id", passage.id());
    Contents.number(title, passage);
    title.append(passage.title());
    facts(head, chapter, passage);
    return head;
  }

  private static void facts(Element head, Chapter chapter, Passage passage) {
    if (passage.step() != null) {
      facts(head, passage.step());
    } else if (passage.opensChapter() && !chapter.steps().isEmpty()) {
      head.appendElement("p").addClass("sum").text(Contents.sum(chapter.steps()));
    }
  }

  /** How long, how much, how to check, which files. */
  private static void facts(Element head, Step step) {
    Element facts = head.appendElement("dl").addClass("facts");
    fact(facts, "Takes").text("about " + step.minutes() + " minutes");
    fact(facts, "Gives").text(step.points() + " points" + (step.optional() ? ", optional" : ""));
    fact(facts, "Check").appendElement("code").text("./ready check " + step.id());
    Element edit = fact(facts, "Edit").addClass("files");
    byFolder(step.files())
        .forEach((folder, files) -> {
          Element line = edit.appendElement("span");
          for (String file : files) {
            if (line.childNodeSize() > 0) line.appendText(", ");
            line.appendElement("code").text(file);
          }
          line.appendText(" in ");
          line.appendElement("code").text("labs/" + step.chapter() + "/src/main/java/" + folder);
        });
  }

  private static Element fact(Element facts, String name) {
    Element fact = facts.appendElement("div");
    fact.appendElement("dt").text(name);
    return fact.appendElement("dd");
  }

  private static Map<String, List<String>> byFolder(List<String> files) {
    Map<String, List<String>> folders = new LinkedHashMap<>();
    for (String file : files) {
      int slash = file.lastIndexOf('/');
      folders
          .computeIfAbsent(slash < 0 ? "" : file.substring(0, slash), folder -> new ArrayList<>())
          .add(file.substring(slash + 1));
    }
    return folders;
  }
}
