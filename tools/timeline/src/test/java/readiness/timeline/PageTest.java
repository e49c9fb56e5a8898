package readiness.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import readiness.kernel.Call;
import readiness.kernel.Errno;
import readiness.kernel.Recording;

/** The page and the picture, as a browser sees them. */
class PageTest {
  private final Run run = Recordings.run(Recordings.story());
  private final Document page = Jsoup.parse(new Timeline(run).page());

  @Test
  void everyCallAndActionHasOneMarkThatSaysWhatItIs() {
    List<String> numbers = page.select("#plot .m").eachAttr("data-n");

    assertThat(numbers).doesNotHaveDuplicates().hasSize(run.lines().size());
    assertThat(page.select("#plot .m > title")).hasSameSizeAs(numbers);
    assertThat(page.select("#plot .m > title").eachText())
        .anyMatch(text -> text.contains("· alice send(6, …, 10000) = 4000 the socket took 4,000"));
  }

  @Test
  void theSignsAreThoseOfTheCalls() {
    assertThat(page.select("#plot .wait")).hasSize(5);
    assertThat(page.select("#plot .in")).hasSize(2);
    assertThat(page.select("#plot .out .asked")).hasSize(1);
    assertThat(page.select("#plot .again")).hasSize(1);
    assertThat(page.select("#plot .end")).hasSize(1);
    assertThat(page.select("#plot .control")).hasSize(5);
    assertThat(page.select("#plot .close")).hasSize(1);
    assertThat(page.select("#plot .life.never")).hasSize(1);
    assertThat(page.select("#plot .kept")).as("of alice and of bob").hasSize(2);
    assertThat(page.select("#plot .edge")).as("the eventfd").hasSize(1);
    assertThat(page.select("#plot .fails")).isEmpty();
    assertThat(page.select(".legend li").eachText())
        .contains("send of which the socket took only a part, as much as is filled")
        .doesNotContain("with it EPOLLRDHUP, EPOLLHUP or EPOLLERR");
  }

  @Test
  void countsAreThoseOfTheRecording() {
    assertThat(page.select("p").eachText())
        .contains(
            "From its first wait on, the loop made 17 calls in 5 turns. Its clients sent 2"
                + " messages: 8.5 calls for each.");
    assertThat(page.select(".table tr").eachText())
        .contains(
            "recv 5 1 0 1 10,002",
            "send 1 0 1 0 4,000",
            "alice 6 10,000 4,000 2 1 1 3 6,000",
            "bob 6 2 0 2 0 0 0 2");
  }

  @Test
  void allLinesStandBelowInOrder() {
    assertThat(page.select("#calls tbody tr")).hasSize(run.lines().size());
    assertThat(page.select("#calls tbody tr.client").eachText())
        .anyMatch(text -> text.endsWith("alice alice sends 10,000 bytes"));
  }

  @Test
  void nothingIsFetchedAndEveryIdIsOnce() {
    assertThat(page.select("[src], link, [href], iframe, img")).isEmpty();
    assertThat(page.html()).doesNotContain("@import", "url(");
    assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
    assertThat(page.select("html").attr("lang")).isEqualTo("en");
    assertThat(page.select("meta[name=viewport]")).hasSize(1);
    assertThat(page.select("style").first().data())
        .as("the colours of the book, light and dark")
        .contains("--accent: light-dark(");
  }

  @Test
  void whatOthersSaySaysItAsText() {
    String evil = "</title><script>alert('x')</script>\u0000";
    Document failed =
        Jsoup.parse(
            new Timeline(
                    Recordings.failed(
                        List.of(
                            Recordings.note(0, evil, "connects"),
                            Recordings.accept(1_000, 6, evil),
                            Recordings.call(Call.SEND, 2_000, 3_000, 6, 5, 5)),
                        evil))
                .page());

    assertThat(failed.select("script")).hasSize(1);
    assertThat(failed.select(".failure p").first().text())
        .isEqualTo("</title><script>alert('x')</script>?");
    assertThat(failed.select("#plot .said").eachText()).containsExactly("connects");
    assertThat(failed.select(".sentence").text()).isEqualTo("What <happens>.");
    assertThat(failed.select("#plot .fails")).hasSize(1);
    assertThat(failed.select("tr.failed")).hasSize(1);
  }

  @Test
  void anEmptyRecordingIsAnEmptyPicture() {
    Document empty = Jsoup.parse(new Timeline(Recordings.run(List.of())).page());

    assertThat(empty.select("#plot .m")).isEmpty();
    assertThat(empty.text()).contains("0 calls in 0 turns");
  }

  @Test
  void ofALoopThatSpinsAFewTurnsAreShownAndAllThatHappens() {
    List<Recording.Entry> entries = new ArrayList<>(List.of(Recordings.accept(0, 6, "alice")));
    for (long i = 1; i <= 100_000; i++) {
      entries.add(Recordings.call(Call.EPOLL_WAIT, i * 1_000, i * 1_000 + 900, 3, -1, 1));
      if (i % 40_000 == 0) {
        entries.add(Recordings.note(i * 1_000 + 950, "alice", "sends 1 byte"));
      }
    }
    Document spinning = Jsoup.parse(new Timeline(Recordings.run(entries)).page());

    assertThat(spinning.select("#plot .wait")).hasSize(30);
    assertThat(spinning.select("#plot .note")).hasSize(2);
    assertThat(spinning.select(".left-out-words").eachText())
        .containsExactly("39,990 lines left out", "39,990 lines left out", "19,990 lines left out");
    assertThat(spinning.select("#calls tr.gap")).hasSize(3);
    assertThat(spinning.select(".table tr").eachText()).contains("epoll_wait 100,000 0 0 0 0");
    assertThat(spinning.select("#calls tr").last().text()).startsWith("100003 ");
  }

  @Test
  void ofALoopThatNeverRestsTheBeginningAndTheEndAreShown() {
    List<Recording.Entry> entries = new ArrayList<>(List.of(Recordings.accept(0, 6, "alice")));
    for (long i = 1; i < 10_000; i++) {
      entries.add(Recordings.call(Call.SEND, i * 1_000, i * 1_000 + 900, 6, 5, -Errno.EAGAIN));
    }
    Document busy = Jsoup.parse(new Timeline(Recordings.run(entries)).page());

    assertThat(busy.select("#plot .again")).hasSize(2 * Excerpt.PART - 1);
    assertThat(busy.select(".left-out-words").text()).isEqualTo("7,000 lines left out");
  }

  @Test
  void theFigureIsWellFormedAndNamesItself() throws Exception {
    String figure = new Timeline(run).figure("figure-story");
    org.w3c.dom.Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(figure)))
            .getDocumentElement();

    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("viewBox")).startsWith("0 0 ");
    Document parsed = Jsoup.parse(figure);
    assertThat(parsed.select("[id]").eachAttr("id"))
        .allMatch(id -> id.startsWith("figure-story"))
        .contains("figure-story-title", "figure-story-desc");
    assertThat(parsed.select("desc").text()).contains("5 turns with 17 calls");
    assertThat(parsed.select(".name").eachText())
        .as("the loop and its connections")
        .containsExactly("the loop", "alice", "bob", "unknown");
    assertThat(parsed.select(".setup")).isEmpty();
    assertThat(parsed.select(".hit").stream().map(Element::tagName)).isEmpty();
  }
}
