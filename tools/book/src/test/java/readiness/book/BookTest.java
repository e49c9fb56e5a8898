package readiness.book;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sample's pages look like: each construct that a chapter may use, once. */
final class BookTest {
  private static Book book;

  @BeforeAll
  static void make(@TempDir Path root) throws IOException {
    book = new Sample(root).book();
  }

  private static Document page(String path) {
    assertThat(book.files()).as("the book's files").containsKey(path);
    return Jsoup.parse(new String(book.files().get(path), UTF_8));
  }

  private static Element only(Document page, String selector) {
    assertThat(page.select(selector)).as(selector).hasSize(1);
    return page.expectFirst(selector);
  }

  @Test
  void theSampleHasNoProblems() {
    assertThat(book.problems()).isEmpty();
    assertThat(book.summary()).contains("8 pages");
  }

  @Test
  void thereIsAPageForEachSectionAndOneForAll() {
    assertThat(book.files().keySet())
        .containsExactlyInAnyOrder(
            "index.html",
            "00-begin/index.html",
            "00-begin/how-to-read.html",
            "01-pipes/index.html",
            "01-pipes/fill.html",
            "01-pipes/drain.html",
            "01-pipes/left-out.html",
            "book.html",
            "theme/book.css",
            "theme/book.js",
            "theme/icon.svg",
            "theme/search.js");
  }

  @Test
  void aStepSaysWhatItTakes() {
    Document page = page("01-pipes/drain.html");

    assertThat(only(page, "h1").text()).isEqualTo("1.2 Drain it again");
    assertThat(only(page, ".facts").text())
        .contains("30 minutes", "15 points", "./ready check drain")
        .contains("Pipe.java, Drop.java in labs/01-pipes/src/main/java/sample/pipes");
    assertThat(only(page("01-pipes/fill.html"), ".done a").attr("href")).isEqualTo("drain.html");
  }

  @Test
  void linksLeadFromPageToPage() {
    assertThat(page("index.html").select("article > p a").eachAttr("href"))
        .containsExactly("00-begin/index.html", "01-pipes/index.html", "01-pipes/drain.html");
    assertThat(page("01-pipes/drain.html").select("article > p a").eachAttr("href"))
        .containsExactly("fill.html", "fill.html#why-room", "fill.html");
    assertThat(page("index.html").select("article > p a").eachText())
        .containsExactly("Begin", "Pipes", "Drain it again");
    assertThat(page("01-pipes/drain.html").select("article > p a").eachText())
        .containsExactly("Fill a pipe", "Why is there a limit?", "Fill a pipe");
    assertThat(page("00-begin/how-to-read.html").select("article > p a").first().attr("href"))
        .isEqualTo("../01-pipes/fill.html");
  }

  @Test
  void aLinkToAFileLeadsToItsPage() {
    assertThat(page("01-pipes/left-out.html").select("article > p a").eachAttr("href"))
        .containsExactly("fill.html#why-room");
    assertThat(page("book.html").select("section:has(h3[id=left-out]) > p a").eachAttr("href"))
        .containsExactly("#why-room");
  }

  @Test
  void onOnePageTheyLeadToPlacesOfThatPage() {
    Document page = page("book.html");

    assertThat(page.select("section.passage > p a").eachAttr("href"))
        .contains("#fill", "#why-room")
        .allMatch(href -> href.startsWith("#"));
    assertThat(page.select("h1").eachText()).containsExactly("A sample");
    assertThat(page.select("h2[id=01-pipes], h3[id=fill], h4[id=why-room]")).hasSize(3);
  }

  @Test
  void aReaderKnowsWhereTheyAreAndHowToGoOn() {
    Document page = page("01-pipes/fill.html");

    assertThat(only(page, "#contents > ol [aria-current=page]").text())
        .isEqualTo("1.1 Fill a pipe");
    assertThat(only(page, "link[rel=prev]").attr("href")).isEqualTo("index.html");
    assertThat(only(page, "link[rel=next]").attr("href")).isEqualTo("drain.html");
    assertThat(page.select("body > .here a").eachText())
        .containsExactly("Why is there a limit?", "Your turn");
    assertThat(page.select("main, nav#contents, a.skip[href=#text]")).hasSize(3);
  }

  @Test
  void codeIsHighlightedAlsoWhereItIsNewJava() {
    Document page = page("01-pipes/fill.html");

    assertThat(page.select("article > .listing .kd").eachText())
        .contains("public record", "sealed", "permits");
    assertThat(page.select("article > .listing .k").eachText())
        .contains("when", "yield", "switch", "return");
  }

  @Test
  void aCalloutIsAMarkAndNotAComment() {
    Element listing = page("01-pipes/fill.html").expectFirst(".listing:has(.conum)");

    assertThat(listing.select(".conum").eachText()).containsExactly("1", "2");
    assertThat(listing.text()).doesNotContain("//");
    assertThat(listing.nextElementSibling().is("ol.callouts")).isTrue();
  }

  @Test
  void codeOfTheSolutionSaysFileAndPlace() {
    Document page = page("01-pipes/drain.html");

    assertThat(page.select("article > .listing figcaption").eachText())
        .containsExactly(
            "Pipe.java, in drain solutions/01-pipes/src/main/java/sample/pipes/Pipe.java",
            "Pipe.java, in fill solutions/01-pipes/src/main/java/sample/pipes/Pipe.java");
    assertThat(page.select("article > .listing pre").first().wholeText())
        .startsWith("int drain(int length) {\n  int given")
        .doesNotContain("tag::");
  }

  @Test
  void hintsAndSolutionAreFolded() {
    Document page = page("01-pipes/drain.html");

    assertThat(page.select("details.hint > summary").eachText())
        .containsExactly("Hint 1: What is left when you have taken some?", "Hint 2: Who counts?");
    assertThat(page.select("details.solution figcaption").eachText())
        .extracting(caption -> caption.replaceAll(" solutions/.*", ""))
        .containsExactly("Pipe.java, in drain", "Drop.java, in class Drop");
    assertThat(page.select("details[open]")).isEmpty();
  }

  @Test
  void aFigureIsPartOfThePageAndKeepsToItself() {
    Element figure = page("01-pipes/index.html").expectFirst("figure.figure");

    assertThat(figure.select("figcaption").text())
        .isEqualTo("A pipe with two ends, as it is drawn");
    Element drawing = figure.expectFirst("svg[viewBox][role=img]");
    assertThat(drawing.attr("aria-labelledby"))
        .isEqualTo("figure-01-pipes-pipe-title figure-01-pipes-pipe-desc")
        .isEqualTo(
            drawing.select("> title").attr("id") + " " + drawing.select("> desc").attr("id"));
    assertThat(drawing.select("path[marker-end]").first().attr("marker-end"))
        .isEqualTo("url(#" + drawing.select("marker").attr("id") + ")");
    assertThat(drawing.select("style").first().wholeText())
        .contains("#figure-01-pipes-pipe {", "g > .figure-01-pipes-pipe-bar");
  }

  @Test
  void bracketsOfCodeAreNoIndexTerms() {
    assertThat(page("01-pipes/left-out.html").select("article code").eachText())
        .contains("return result((int) FILL.invokeExact(pipe(0)))");
  }

  @Test
  void quotationMarksAreRoundInTextAndStraightInCode() {
    assertThat(page("01-pipes/left-out.html").select("article p").text()).contains("“for now”");
    assertThat(page("01-pipes/fill.html").select(".footnotes li").text())
        .contains("“Pipe capacity”");
    assertThat(page("01-pipes/fill.html").select("pre").text()).doesNotContain("“");
  }

  @Test
  void aPredictionHasOptionsAndFoldsWhatCameOut() {
    Element prediction = only(page("01-pipes/fill.html"), ".predict");

    assertThat(prediction.attr("data-answer")).isEqualTo("c");
    assertThat(prediction.select("> .content > .olist > ol.options > li").eachText())
        .containsExactly("65,536", "-EAGAIN", "some smaller number");
    assertThat(prediction.select("> details.reveal:not([open]) > .content").text())
        .startsWith("(c): it depends");
    assertThat(prediction.attr("data-question")).matches("[0-9a-f]{16}");
    assertThat(prediction.classNames()).containsExactlyInAnyOrder("openblock", "predict");
  }

  @Test
  void aClaimAsksForAVerdictAndFoldsTheEvidence() {
    Element claim = only(page("01-pipes/fill.html"), ".claim");

    assertThat(claim.select("> .content > ol.options.verdicts > li").eachText())
        .containsExactly("true", "half true", "wrong");
    assertThat(claim.attr("data-answer")).isEqualTo("c");
    assertThat(claim.select("> .content").text())
        .contains("Twice the size", "What is your verdict")
        .doesNotContain("the reader takes", "Verdict:");
    assertThat(claim.select("> details.reveal:not([open]) > .content").text())
        .contains("the rate is what the reader takes", "Verdict: wrong");
  }

  @Test
  void aClaimMayHaveOptionsOfItsOwn() {
    Element claim = only(page("01-pipes/drain.html"), ".claim");

    assertThat(claim.select("> .content .options > li").eachText())
        .containsExactly("The end.", "Nothing yet.");
    assertThat(claim.attr("data-answer")).isEqualTo("b");
    assertThat(claim.select(".verdicts")).isEmpty();
  }

  @Test
  void anEditedQuestionIsAnotherOne(@TempDir Path root) throws IOException {
    Book edited =
        new Sample(root)
            .change("chapters/01-pipes/fill.adoc", ". 65,536\n", ". 65,537\n")
            .change("chapters/01-pipes/fill.adoc", "it depends on", "it depends upon")
            .book();
    Document before = page("01-pipes/fill.html");
    Document after = Jsoup.parse(new String(edited.files().get("01-pipes/fill.html"), UTF_8));

    assertThat(after.select(".predict").attr("data-question"))
        .isNotEqualTo(before.select(".predict").attr("data-question"));
    assertThat(after.select(".claim").attr("data-question"))
        .as("the claim, which stayed as it was")
        .isEqualTo(before.select(".claim").attr("data-question"));
  }

  @Test
  void verdictsAreBadges() {
    assertThat(only(page("01-pipes/fill.html"), ".claim .verdict.wrong").text())
        .isEqualTo("Verdict: wrong");
    assertThat(page("01-pipes/drain.html").select(".claim .verdict.half")).hasSize(1);
  }

  @Test
  void searchKnowsTheTextAndNotTheSolutions() {
    String index = new String(book.files().get("theme/search.js"), UTF_8);

    assertThat(index)
        .startsWith("window.readinessSearch = [")
        .contains("\"to\":\"01-pipes/fill.html#why-room\"", "faster than its reader")
        .contains("Who counts?")
        .doesNotContain("used -= given;\\n}", "private int weight");
  }

  @Test
  void footnotesLandOnTheirPage() {
    Document page = page("01-pipes/fill.html");

    assertThat(only(page, ".footnotes li").text()).startsWith("See pipe(7), section");
    assertThat(only(page, "sup a").text()).isEqualTo("1");
    assertThat(only(page, "sup a").attr("href")).isEqualTo("#" + only(page, ".footnotes li").id());
  }

  @Test
  void remarksAreNotes() {
    assertThat(page("00-begin/how-to-read.html").select("aside.note[role=note] .title").eachText())
        .containsExactly("Note", "Warning");
  }
}
