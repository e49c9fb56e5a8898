package readiness.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;

/**
 * What stands round the text of a page: the template {@code chapters/theme/page.html}, filled with
 * the book's contents, the page's own, and the way back and on.
 */
final class Shell {
  static final String ONE_PAGE = "book.html";

  private final String template;
  private final Course course;
  private final List<Passage> passages;
  private final Contents contents;

  Shell(Path theme, Course course, List<Passage> passages) throws IOException {
    this.template = Files.readString(theme.resolve("page.html"));
    this.course = course;
    this.passages = passages;
    this.contents = new Contents(course, passages);
  }

  /** A page with one passage. */
  Document page(Passage passage, Element body) {
    Document page = frame(passage.path(), passage);
    Element text = page.expectFirst("#text");
    Element article = text.appendElement("article");
    Chapter chapter = passage.chapter();
    article.appendChild(chapter == null ? Head.of(course, passage) : Head.ofPage(chapter, passage));
    article.appendChildren(List.copyOf(body.clone().childNodes()));
    Element after = after(passage);
    if (after != null) article.appendChild(after);
    article.select("> .footnotes").forEach(article::appendChild);
    turn(page, text, passage);
    here(page, article);
    return page;
  }

  /** What stands round all passages on one page; they go into its {@code #text}. */
  Document onePage() {
    Document page = frame(ONE_PAGE, null);
    page.body().addClass("one-page");
    page.expectFirst("body > .here").remove();
    return page;
  }

  /** A passage on that page: chapters are its sections, and theirs one level deeper. */
  Element part(Passage passage, Element body) {
    Element part = Markup.fragment("<section></section>").child(0);
    Chapter chapter = passage.chapter();
    int level = passage.isStart() ? 1 : passage.opensChapter() ? 2 : 3;
    part.addClass(List.of("beginning", "chapter", "passage").get(level - 1));
    part.appendChild(
        chapter == null ? Head.of(course, passage) : Head.ofPart(chapter, passage, level));
    part.appendChildren(List.copyOf(deeper(body, level - 1).childNodes()));
    if (chapter == null) part.appendChild(contents.ofTheBook(ONE_PAGE));
    return part;
  }

  /** All that goes into every page: the template, the course, and the list of passages. */
  String key() {
    StringBuilder key = new StringBuilder(template).append(course);
    for (Passage passage : passages) {
      key.append('\n').append(passage.path()).append(' ').append(passage.title());
    }
    return Inputs.digest(key.toString());
  }

  /** A copy in which each heading has gone down. */
  private static Element deeper(Element body, int levels) {
    Element copy = body.clone();
    for (Element heading : copy.select("h2, h3, h4, h5")) {
      heading.tagName("h" + Math.min(6, heading.tagName().charAt(1) - '0' + levels));
    }
    return copy;
  }

  /** The template with all that does not depend on the text. */
  private Document frame(String path, @Nullable Passage passage) {
    Document page = Jsoup.parse(template);
    page.outputSettings().prettyPrint(false);
    page.title(
        passage == null || passage.isStart()
            ? course.title() + ": " + course.subtitle()
            : plain(passage) + " – " + course.title());
    page.expectFirst("html").attr("data-root", path.contains("/") ? "../" : "");
    for (Element link : page.select("head link[href], body > .bar a[href]")) {
      link.attr("href", Links.relative(path, link.attr("href")));
    }
    for (Element script : page.select("head script[src]")) {
      script.attr("src", Links.relative(path, script.attr("src")));
    }
    page.expectFirst("body > .bar .brand").text(course.title());
    Element side = page.expectFirst("#contents");
    side.appendChild(contents.atTheSide(path, passage));
    Element all = side.appendElement("p").appendElement("a").text("All on one page");
    all.attr("href", Links.relative(path, ONE_PAGE));
    if (passage == null) all.attr("aria-current", "page");
    return page;
  }

  private static String plain(Passage passage) {
    String title = Jsoup.parseBodyFragment(passage.title()).text();
    return (passage.number() + " " + title).strip();
  }

  /** What follows the text: the contents, a chapter's sections, or what to do after a step. */
  private @Nullable Element after(Passage passage) {
    if (passage.isStart()) return contents.ofTheBook(passage.path());
    if (passage.step() != null) return done(passage.step(), passage.path());
    Chapter chapter = passage.chapter();
    if (chapter == null || !passage.opensChapter()) return null;
    return contents.of(chapter, passage.path());
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
    line.appendElement("a")
        .attr("href", Links.relative(path, following.chapter() + "/" + following.id() + ".html"))
        .text(following.number() + " " + following.title());
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

  private static void turn(
      Document page, Element nav, Passage from, Passage to, String relation, String word) {
    String href = Links.to(to, from.path());
    page.head().appendElement("link").attr("rel", relation).attr("href", href);
    Element link = nav.appendElement("a").attr("rel", relation).attr("href", href);
    link.appendElement("span").addClass("word").text(word);
    Element title = link.appendElement("span").addClass("title");
    Contents.number(title, to);
    title.append(to.isStart() ? "Contents" : to.title());
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
      Element title = heading.hasClass("your-turn") ? heading.selectFirst("> .title") : heading;
      if (title == null) title = heading;
      Element copy = title.clone();
      copy.select(".anchor").remove();
      link.html(copy.html());
    }
    Element current = page.selectFirst("#contents [aria-current]");
    if (current != null) current.after(list.clone().addClass("on-page"));
  }
}
