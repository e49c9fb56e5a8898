package readiness.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;

/**
 * What stands round the text of a page: the template {@code chapters/theme/page.html}, filled with
 * the book's contents, the page's own, the way back and on, and what a step is about.
 */
final class Shell {
  static final String ONE_PAGE = "book.html";

  private final String template;
  private final Course course;
  private final List<Passage> passages;

  Shell(Path theme, Course course, List<Passage> passages) throws IOException {
    this.template = Files.readString(theme.resolve("page.html"));
    this.course = course;
    this.passages = passages;
  }

  /** A page with one passage. */
  Document page(Passage passage, Element body) {
    Document page = frame(passage.path(), passage);
    Element text = page.expectFirst("#text");
    Element article = text.appendElement("article");
    article.appendChild(head(passage, "h1", passage.path()));
    article.appendChildren(List.copyOf(body.clone().childNodes()));
    article.select(".footnotes").forEach(article::appendChild);
    Element before = article.selectFirst("> .footnotes");
    Element more = after(passage, passage.path());
    if (more != null && before != null) before.before(more);
    else if (more != null) article.appendChild(more);
    turn(page, text, passage);
    here(page, article);
    return page;
  }

  /** All passages on one page. */
  Document onePage(Map<Passage, Element> bodies) {
    Document page = frame(ONE_PAGE, null);
    Element text = page.expectFirst("#text");
    for (Map.Entry<Passage, Element> each : bodies.entrySet()) {
      Passage passage = each.getKey();
      int down = passage.isStart() ? 0 : passage.opensChapter() ? 1 : 2;
      Element article = text.appendElement(passage.isStart() ? "div" : "section");
      article.addClass(down == 1 ? "chapter" : "passage");
      article.appendChild(head(passage, "h" + (1 + down), ONE_PAGE));
      Element body = each.getValue().clone();
      if (down > 0) deepen(body, down);
      article.appendChildren(List.copyOf(body.childNodes()));
      if (passage.isStart()) article.appendChild(tableOfContents(ONE_PAGE));
    }
    page.expectFirst("body > .here").remove();
    page.body().addClass("one-page");
    return page;
  }

  private static void deepen(Element body, int levels) {
    for (Element heading : body.select("h2, h3, h4, h5")) {
      int level = Math.min(6, heading.tagName().charAt(1) - '0' + levels);
      heading.tagName("h" + level);
    }
  }

  /** The template with the parts that do not depend on the text. */
  private Document frame(String path, @Nullable Passage passage) {
    Document page = Jsoup.parse(template);
    page.outputSettings().prettyPrint(false);
    String title = passage == null || passage.isStart() ? course.subtitle() : plain(passage);
    page.title(
        passage == null || passage.isStart()
            ? course.title() + ": " + title
            : title + " – " + course.title());
    for (Element asset : page.select("head link[href], head script[src], body > .bar a[href]")) {
      String name = asset.hasAttr("src") ? "src" : "href";
      if (!asset.attr(name).startsWith("#")) {
        asset.attr(name, Links.relative(path, asset.attr(name)));
      }
    }
    page.expectFirst("html")
        .attr("data-root", Links.relative(path, "index.html").replace("index.html", ""));
    page.expectFirst("body > .bar .brand").text(course.title());
    Element contents = page.expectFirst("#contents");
    contents.appendChild(contents(path, passage));
    contents
        .appendElement("p")
        .appendElement("a")
        .attr("href", Links.relative(path, ONE_PAGE))
        .text("All on one page");
    if (passage == null) contents.select("p a").attr("aria-current", "page");
    return page;
  }

  /** The book's contents for the side, with the page that one is on marked. */
  private Element contents(String path, @Nullable Passage current) {
    Element list = new Element("ol");
    Element sections = list;
    for (Passage passage : passages) {
      if (passage.isStart()) continue;
      Element entry = (passage.opensChapter() ? list : sections).appendElement("li");
      Element link = entry.appendElement("a").attr("href", Links.to(passage, path));
      number(link, passage);
      link.append(passage.title());
      if (passage.equals(current)) link.attr("aria-current", "page");
      if (passage.opensChapter()) sections = entry.appendElement("ol");
    }
    list.select("ol:empty").remove();
    return list;
  }

  /** The contents as the start page shows them: what each chapter holds and asks. */
  private Element tableOfContents(String path) {
    Element nav = new Element("nav").addClass("toc").attr("aria-label", "Table of contents");
    for (Chapter chapter : course.chapters()) {
      List<Passage> own =
          passages.stream()
              .filter(p -> p.chapter() != null && p.chapter().equals(chapter))
              .toList();
      if (own.isEmpty()) continue;
      Element block = nav.appendElement("section");
      Element link =
          block.appendElement("h2").appendElement("a").attr("href", Links.to(own.getFirst(), path));
      number(link, own.getFirst());
      link.append(own.getFirst().title());
      if (!chapter.steps().isEmpty()) {
        block.appendElement("p").addClass("sum").text(sum(chapter.steps()));
      }
      Element list = block.appendElement("ol");
      for (Passage passage : own.subList(1, own.size())) entry(list, passage, path);
    }
    return nav;
  }

  private static void entry(Element list, Passage passage, String path) {
    Element item = list.appendElement("li");
    Element link = item.appendElement("a").attr("href", Links.to(passage, path));
    number(link, passage);
    link.append(passage.title());
    Step step = passage.step();
    if (step != null) {
      item.appendElement("span").addClass("effort").text(step.minutes() + " min");
    }
  }

  private static String sum(List<Step> steps) {
    int points = steps.stream().mapToInt(Step::points).sum();
    int minutes = steps.stream().mapToInt(Step::minutes).sum();
    return "%d %s · %d points · about %s"
        .formatted(steps.size(), steps.size() == 1 ? "step" : "steps", points, hours(minutes));
  }

  private static String hours(int minutes) {
    if (minutes < 90) return minutes + " minutes";
    int halves = (minutes + 15) / 30;
    return halves / 2 + (halves % 2 == 1 ? "½" : "") + " hours";
  }

  /** Title and what comes with it. */
  private Element head(Passage passage, String heading, String path) {
    Element head = new Element("header");
    Chapter chapter = passage.chapter();
    if (chapter == null) {
      head.addClass("start");
      head.appendElement(heading).attr("id", passage.id()).append(passage.title());
      head.appendElement("p").addClass("subtitle").text(course.subtitle());
      return head;
    }
    if (heading.equals("h1")) {
      Element over = head.appendElement("p").addClass("over");
      if (passage.opensChapter()) {
        over.text("Chapter " + chapter.number());
      } else {
        over.appendElement("a")
            .attr("href", Links.relative(path, chapter.id() + "/index.html"))
            .text(chapter.number() + " " + chapter.title());
      }
    }
    Element title = head.appendElement(heading).attr("id", passage.id());
    if (!(passage.opensChapter() && heading.equals("h1"))) number(title, passage);
    title.append(passage.title());
    Step step = passage.step();
    if (step != null) facts(head, step);
    else if (passage.opensChapter() && !chapter.steps().isEmpty()) {
      head.appendElement("p").addClass("sum").text(sum(chapter.steps()));
    }
    return head;
  }

  /** How long, how much, which files, how to check. */
  private static void facts(Element head, Step step) {
    Element facts = head.appendElement("dl").addClass("facts");
    fact(facts, "Takes").text("about " + step.minutes() + " minutes");
    fact(facts, "Gives").text(step.points() + " points" + (step.optional() ? ", optional" : ""));
    fact(facts, "Check").appendElement("code").text("./ready check " + step.id());
    Element edit = fact(facts, "Edit").addClass("files");
    for (Map.Entry<String, List<String>> folder : byFolder(step.files()).entrySet()) {
      Element line = edit.appendElement("span");
      for (String file : folder.getValue()) {
        if (line.childNodeSize() > 0) line.appendText(", ");
        line.appendElement("code").text(file);
      }
      line.appendText(" in ");
      line.appendElement("code")
          .text("labs/" + step.chapter() + "/src/main/java/" + folder.getKey());
    }
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
          .computeIfAbsent(slash < 0 ? "" : file.substring(0, slash), f -> new ArrayList<>())
          .add(file.substring(slash + 1));
    }
    return folders;
  }

  /** What follows the text: a chapter's sections, or what to do when a step is done. */
  private @Nullable Element after(Passage passage, String path) {
    if (passage.isStart()) return tableOfContents(path);
    Step step = passage.step();
    if (step != null) return done(step, path);
    Chapter chapter = passage.chapter();
    if (chapter == null || !passage.opensChapter()) return null;
    Element nav = new Element("nav").addClass("toc").attr("aria-labelledby", "in-this-chapter");
    nav.appendElement("h2").attr("id", "in-this-chapter").text("In this chapter");
    Element list = nav.appendElement("ol");
    for (Passage each : passages) {
      if (chapter.equals(each.chapter()) && !each.opensChapter()) entry(list, each, path);
    }
    return nav;
  }

  private Element done(Step step, String path) {
    Element done = new Element("aside").addClass("done").attr("aria-label", "When it is green");
    Element line = done.appendElement("p");
    line.appendText("When ");
    line.appendElement("code").text("./ready check " + step.id());
    line.appendText(" is green");
    int next = course.steps().indexOf(step) + 1;
    if (next == course.steps().size()) {
      line.appendText(", you have done every step of this edition.");
      return done;
    }
    Step following = course.steps().get(next);
    line.appendText(", the next one is ");
    Element link = line.appendElement("a");
    link.attr("href", Links.relative(path, following.chapter() + "/" + following.id() + ".html"));
    link.appendElement("span").addClass("number").text(following.number());
    link.appendText(" " + following.title());
    line.appendText(", and ");
    line.appendElement("code").text("./ready check " + following.id());
    line.appendText(" tells you where to begin.");
    return done;
  }

  /** Back and on, for people and for browsers. */
  private void turn(Document page, Element text, Passage passage) {
    int at = passages.indexOf(passage);
    Element nav = text.appendElement("nav").addClass("turn");
    nav.attr("aria-label", "Previous and next page");
    if (at > 0) turn(page, nav, passage, passages.get(at - 1), "prev", "Previous");
    if (at + 1 < passages.size()) turn(page, nav, passage, passages.get(at + 1), "next", "Next");
  }

  private void turn(
      Document page, Element nav, Passage from, Passage to, String relation, String word) {
    String href = Links.to(to, from.path());
    page.head().appendElement("link").attr("rel", relation).attr("href", href);
    Element link = nav.appendElement("a").attr("rel", relation).attr("href", href);
    link.appendElement("span").addClass("word").text(word);
    Element title = link.appendElement("span").addClass("title");
    if (to.isStart()) title.text("Contents");
    else {
      number(title, to);
      title.append(to.title());
    }
  }

  /** The page's own contents, where there is more than one entry; for small screens once more. */
  private static void here(Document page, Element article) {
    Element nav = page.expectFirst("body > .here");
    List<Element> headings =
        article.select("h2[id], .your-turn[id]").stream()
            .filter(heading -> heading.closest("details, nav") == null)
            .toList();
    if (headings.size() < 2) {
      nav.remove();
      return;
    }
    Element list = nav.appendElement("ol");
    for (Element heading : headings) {
      Element link = list.appendElement("li").appendElement("a").attr("href", "#" + heading.id());
      if (heading.hasClass("your-turn")) {
        link.text(heading.select("> .title").text());
      } else {
        Element title = heading.clone();
        title.select(".anchor").remove();
        link.html(title.html());
      }
    }
    Element current = page.selectFirst("#contents [aria-current]");
    if (current != null) current.after(list.clone().addClass("on-page"));
  }

  private static void number(Element parent, Passage passage) {
    if (passage.number().isEmpty()) return;
    parent.appendElement("span").addClass("number").text(passage.number());
    parent.appendText(" ");
  }

  private static String plain(Passage passage) {
    String title = Jsoup.parseBodyFragment(passage.title()).text();
    return passage.number().isEmpty() ? title : passage.number() + " " + title;
  }
}
