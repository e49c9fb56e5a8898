package readiness.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Breaks the sample in one place at a time: the build has to say what is wrong, and where. */
final class GateTest {
  private static final String CHAPTER = "chapters/01-pipes/chapter.adoc";
  private static final String FILL = "chapters/01-pipes/fill.adoc";
  private static final String DRAIN = "chapters/01-pipes/drain.adoc";
  private static final String FIGURE = "chapters/01-pipes/figures/pipe.svg";

  private Sample sample;

  @BeforeEach
  void copy(@TempDir Path root) throws IOException {
    sample = new Sample(root);
  }

  /** Exactly one problem, so that what follows from it is not reported on top. */
  private void expect(String place, String... words) throws IOException {
    assertThat(sample.problems())
        .singleElement()
        .asString()
        .startsWith(place + ": ")
        .contains(words);
  }

  @Test
  void aTagThatNoSourceHolds() throws IOException {
    sample.change(DRAIN, "[tag=fill]", "[tag=flood]");
    expect(DRAIN + ":10", "code::01-pipes/Pipe.java[]", "Pipe.java holds no tag 'flood'");
  }

  @Test
  void aMethodThatNoSourceHas() throws IOException {
    sample.change(DRAIN, "[method=drain]", "[method=flush]");
    expect(DRAIN + ":6", "Pipe.java: has no method 'flush'");
  }

  @Test
  void aSourceThatIsNotThere() throws IOException {
    sample.change(DRAIN, "Pipe.java[method", "Tube.java[method");
    expect(DRAIN + ":6", "solutions/01-pipes has no Tube.java");
  }

  @Test
  void anExperimentThatIsNotThere() throws IOException {
    sample.change(DRAIN, "01-pipes/Pipe.java[method", "experiments/Pipe.java[method");
    expect(DRAIN + ":6", "tools/experiments/src/main/java has no Pipe.java");
  }

  @Test
  void aTagThatIsNotClosed() throws IOException {
    String source = "solutions/01-pipes/src/main/java/sample/pipes/Drop.java";
    sample.change(source, "  // end::drain[]\n", "");
    expect(DRAIN + ":27", "solution::drain[]", source + ":5: ");
  }

  @Test
  void anIncludeThatIsNotThere() throws IOException {
    sample.append(CHAPTER, "include::later.adoc[]");
    assertThat(sample.problems())
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith(CHAPTER + ":19: include file not found:")
                .contains("later.adoc"));
  }

  @Test
  void anIncludeWithATagThatIsNotThere() throws IOException {
    sample.append(CHAPTER, "[source]", "----", "include::fill.adoc[tag=nothing]", "x", "----");
    expect(CHAPTER + ":21", "tag 'nothing' not found");
  }

  @Test
  void aFigureThatIsNotThere() throws IOException {
    sample.change(CHAPTER, "figure::pipe[", "figure::tube[");
    expect(CHAPTER + ":5", "figure::tube[]", "there is no 01-pipes/figures/tube.svg");
  }

  @Test
  void aFigureWithoutWords() throws IOException {
    sample.change(
        FIGURE, "<desc id=\"desc\">A writer at the left puts bytes", "<desc id=\"desc\"/>");
    sample.change(FIGURE, " into a pipe, a reader at the right takes them out.</desc>", "");
    expect(CHAPTER + ":5", "pipe.svg has no <desc>");
  }

  @Test
  void aFigureThatDoesNotShowByItself() throws IOException {
    sample.change(FIGURE, "</svg>", "");
    expect(CHAPTER + ":5", "pipe.svg is not XML");
  }

  @Test
  void aFigureThatLoadsSomething() throws IOException {
    sample.change(FIGURE, "</svg>", "<image href=\"https://example.org/x.png\"/></svg>");
    expect(FIGURE + ":10", "<image> loads https://example.org/x.png");
  }

  @Test
  void hintsThatAreNotThere() throws IOException {
    sample.delete("chapters/01-pipes/hints/drain.adoc");
    expect(DRAIN + ":25", "hints::drain[]", "hints/drain.adoc: is missing");
  }

  @Test
  void aStepThatIsNotThere() throws IOException {
    sample.change(FILL, "solution::fill[]", "solution::flood[]");
    expect(FILL + ":69", "course.yaml has no step 'flood'");
  }

  @Test
  void aMacroThatIsMisspelt() throws IOException {
    sample.change(FILL, "hints::fill[]", "hint::fill[]");
    assertThat(sample.problems()).contains(FILL + ":67: unknown name for block macro: hint");
  }

  @Test
  void aCalloutThatNothingExplains() throws IOException {
    sample.change(
        FILL, "<1> A record is a word that highlighters forget.\n<2> So is `yield`.\n", "");
    expect(FILL + ":31", "a listing has 2 callouts that nothing explains");
  }

  @Test
  void anExplanationWithoutItsCallout() throws IOException {
    sample.change(FILL, "<2> So is `yield`.", "<2> So is `yield`.\n<3> And so on.");
    expect(FILL + ":44", "no callout found for <3>");
  }

  @Test
  void aLinkToAnIdThatIsNotThere() throws IOException {
    sample.change(DRAIN, "see also xref:why-room[]", "see also <<why-flood>>");
    assertThat(sample.problems())
        .isNotEmpty()
        .allSatisfy(
            problem -> assertThat(problem).startsWith(DRAIN + ":4: ").contains("why-flood"));
  }

  @Test
  void aLinkToAPageThatIsNotThere() throws IOException {
    sample.append(CHAPTER, "See link:nowhere.html[there].");
    expect(CHAPTER + ":19", "link to nowhere.html: the book has no page 01-pipes/nowhere.html");
  }

  @Test
  void aLinkThatNeedsAServer() throws IOException {
    sample.append(CHAPTER, "See link:/01-pipes/fill.html[there].");
    expect(CHAPTER + ":19", "link to /01-pipes/fill.html is absolute");
  }

  @Test
  void anImageFromElsewhere() throws IOException {
    sample.append(CHAPTER, "image::https://example.org/pipe.png[A pipe, painted]");
    expect(CHAPTER + ":19", "<img> loads https://example.org/pipe.png from outside the book");
  }

  @Test
  void anImageWithoutText() throws IOException {
    sample.append(CHAPTER, "image::figures/pipe.svg[]");
    expect(CHAPTER + ":19", "image pipe.svg has no text");
  }

  @Test
  void anImageThatIsNotThere() throws IOException {
    sample.append(CHAPTER, "image::figures/tube.png[A tube]");
    expect(CHAPTER + ":19", "<img> needs figures/tube.png, which the book does not have");
  }

  @Test
  void anAttributeThatNobodySet() throws IOException {
    sample.append(CHAPTER, "It takes {nothing} at all.");
    expect(CHAPTER + ":19", "there is no attribute {nothing}");
  }

  @Test
  void aMarkOfATemplate() throws IOException {
    sample.append(CHAPTER, "It takes pass:[${nothing}] at all.");
    expect(CHAPTER + ":19", "'${nothing}' was not filled in");
  }

  @Test
  void anIdThatStandsTwice() throws IOException {
    sample.append(CHAPTER, "[[why-room]]", "Once more.");
    expect(CHAPTER + ":19", "the id 'why-room' stands in " + FILL + " already");
  }

  @Test
  void anIdThatStandsTwiceInOneText() throws IOException {
    sample.append(FILL, "[[why-room]]", "Once more.");
    assertThat(sample.problems())
        .contains(FILL + ":72: id assigned to block already in use: why-room");
  }

  @Test
  void aTextBetweenSections() throws IOException {
    sample.change(CHAPTER, "include::drain.adoc[]", "And now:\n\ninclude::drain.adoc[]");
    expect(CHAPTER + ":12", "a text after a file that is included as a whole is on no page");
  }

  @Test
  void aListingThatIsIndentedAsAWhole() throws IOException {
    sample.append(CHAPTER, "----", "    int x;", "    int y;", "----");
    expect(CHAPTER + ":20", "indented as a whole");
  }

  @Test
  void aClaimWithoutAVerdict() throws IOException {
    sample.change(DRAIN, "*Verdict: half.*", "*Verdict: perhaps.*");
    expect(DRAIN + ":13", "the claim 'On trial: an empty pipe is a closed pipe' has no");
  }

  @Test
  void aClaimThatIsNotFolded() throws IOException {
    sample.change(FILL, "*Look:* the rate", "*See:* the rate");
    expect(FILL + ":46", "the claim 'On trial: a bigger pipe is a faster pipe' has no '*Look:*'");
  }

  @Test
  void aClaimWithOptionsAndNoAnswer() throws IOException {
    sample.change(DRAIN, "[.claim,answer=b]", "[.claim]");
    expect(DRAIN + ":13", "the claim 'On trial: an empty pipe", "does not say which option is");
  }

  @Test
  void aClaimWithAnAnswerAndNoOptions() throws IOException {
    sample.change(DRAIN, ". The end.\n. Nothing yet.\n", "");
    expect(DRAIN + ":13", "has an answer, and no options before its '*Look:*'");
  }

  @Test
  void aPredictionWithNothingToCompareItWith() throws IOException {
    sample.change(FILL, "[%collapsible.reveal]\n", "[%collapsible]\n");
    expect(FILL + ":9", "the prediction 'You write 64 KiB", "has no '[%collapsible.reveal]' after");
  }

  @Test
  void aPredictionWithNothingToChoose() throws IOException {
    sample.change(FILL, "[loweralpha]\n. 65,536\n. `-EAGAIN`\n. some smaller number\n", "");
    expect(FILL + ":9", "the prediction 'You write 64 KiB", "has no options");
  }

  @Test
  void aPredictionWithoutAnAnswer() throws IOException {
    sample.change(FILL, "[.predict,answer=c]", "[.predict]");
    expect(FILL + ":9", "the prediction 'You write 64 KiB", "does not say which option is right");
  }

  @Test
  void anAnswerThatIsNoOption() throws IOException {
    sample.change(FILL, "[.predict,answer=c]", "[.predict,answer=d]");
    expect(FILL + ":9", "has the options a to c, and answer=d is none");
  }

  @Test
  void anAnswerThatWhatIsFoldedDoesNotGive() throws IOException {
    sample.change(FILL, "*(c)*: it depends", "*(b)*: it depends");
    expect(FILL + ":9", "has answer=c, so what is folded has to say *(c)*");
  }

  @Test
  void aStepWithoutItsSection() throws IOException {
    sample.change(CHAPTER, "include::drain.adoc[]\n", "");
    assertThat(sample.problems()).contains(CHAPTER + ": step drain has no section [#drain]");
  }

  @Test
  void aStepWithAnotherTitle() throws IOException {
    sample.change(DRAIN, "== Drain it again", "== Drain it");
    expect(DRAIN + ":2", "step drain is titled 'Drain it', in course.yaml 'Drain it again'");
  }

  @Test
  void aSectionWhoseAddressWouldChangeWithItsTitle() throws IOException {
    sample.append(CHAPTER, "== An afterthought", "", "It has no id.");
    expect(CHAPTER + ":19", "has no [#id] of its own");
  }
}
