package readiness.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A chart is a figure that the book takes, and what it draws is where the values are. */
class ChartTest {
  private static final Words WORDS = new Words("toy", "Apples & pears", "Longer is <more>.");

  private static Document read(String svg) throws Exception {
    DocumentBuilderFactory strict = DocumentBuilderFactory.newInstance();
    return strict.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> all(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static Document bars(Axis axis, Bar... bars) throws Exception {
    return read(BarChart.of(WORDS, axis, List.of(bars)).svg());
  }

  private static Bar bar(String label, double value) {
    return new Bar(label, Value.exactly(value), Colour.ACCENT);
  }

  @Test
  void aChartIsAFigureThatSaysWhatItShows() throws Exception {
    Document chart =
        bars(
            Axis.linear("pieces"),
            new Bar("apples", new Value(7.25, 7, 8), Colour.ACCENT),
            bar("pears", 1234));

    Element svg = chart.getDocumentElement();
    assertThat(svg.getAttribute("role")).isEqualTo("img");
    assertThat(svg.getAttribute("viewBox")).startsWith("0 0 760 ");
    assertThat(svg.getAttribute("id")).isEqualTo("figure-toy");
    assertThat(all(chart, "title").getFirst().getTextContent()).isEqualTo("Apples & pears");
    assertThat(all(chart, "desc").getFirst().getTextContent())
        .contains("Longer is <more>.", "apples: 7.25 (7 to 8).", "pears: 1,234.");
  }

  @Test
  void coloursAreThoseOfThePage() throws Exception {
    String style = all(bars(Axis.linear(""), bar("a", 1)), "style").getFirst().getTextContent();

    assertThat(style.replaceAll("var\\(--[a-z]+, #[0-9a-f]+\\)", ""))
        .as("outside of var(…) there is no colour")
        .doesNotContain("rgb", "black", "white", ": #");
    assertThat(style).contains("fill: var(--accent, #0b6e99)", "stroke: var(--ink, #222)");
  }

  @Test
  void onALinearScaleTwiceAsMuchIsTwiceAsLong() throws Exception {
    List<Element> drawn = all(bars(Axis.linear(""), bar("a", 30), bar("b", 60)), "rect");

    assertThat(number(drawn.get(1), "width"))
        .isCloseTo(2 * number(drawn.get(0), "width"), within());
  }

  @Test
  void onALogarithmicScaleTenTimesAsMuchIsOneDecadeFurtherAndNothingHasNoLength() throws Exception {
    List<Element> drawn =
        all(
            bars(Axis.logarithmic(""), bar("a", 10), bar("b", 100), bar("c", 1000), bar("d", 0)),
            "rect");

    double[] widths = drawn.stream().mapToDouble(each -> number(each, "width")).toArray();
    assertThat(widths[2] - widths[1]).isCloseTo(widths[1] - widths[0], within());
    assertThat(widths[3]).isZero();
  }

  @Test
  void ratiosLieOnBothSidesOfWhatTheyAreComparedWith() throws Exception {
    BarChart chart =
        new BarChart(
            WORDS,
            Axis.logarithmic("ours to theirs"),
            List.of(new Group("", List.of(bar("half", 0.5), bar("twice", 2)))),
            List.of(1.0));
    List<Element> drawn = all(read(chart.svg()), "rect");

    assertThat(number(drawn.get(0), "x") + number(drawn.get(0), "width"))
        .isCloseTo(number(drawn.get(1), "x"), within());
    assertThat(number(drawn.get(0), "width")).isCloseTo(number(drawn.get(1), "width"), within());
  }

  @Test
  void aLineGoesThroughItsPointsFromLeftToRight() throws Exception {
    Line line =
        new Line(
            "apples",
            Colour.GOOD,
            List.of(
                new Point(10, Value.exactly(1)),
                new Point(100, new Value(10, 8, 12)),
                new Point(1000, Value.exactly(100))));
    Document chart =
        read(
            new LineChart(WORDS, Axis.logarithmic("trees"), Axis.logarithmic("s"), List.of(line))
                .svg());

    List<Element> dots = all(chart, "circle");
    assertThat(dots).hasSize(3);
    double[] x = dots.stream().mapToDouble(each -> number(each, "cx")).toArray();
    double[] y = dots.stream().mapToDouble(each -> number(each, "cy")).toArray();
    assertThat(x[2] - x[1]).isCloseTo(x[1] - x[0], within());
    assertThat(y[0] - y[1]).isCloseTo(y[1] - y[2], within());
    assertThat(all(chart, "desc").getFirst().getTextContent())
        .contains("apples: 10 → 1; 100 → 10 (8 to 12); 1,000 → 100.");
  }

  @Test
  void labelsOfLinesThatEndTogetherDoNotLieOnEachOther() throws Exception {
    List<Line> lines =
        List.of("one", "two", "three").stream()
            .map(name -> new Line(name, Colour.INK, List.of(new Point(1, Value.exactly(5)))))
            .toList();
    Document chart = read(new LineChart(WORDS, Axis.linear(""), Axis.linear(""), lines).svg());

    double[] y =
        all(chart, "text").stream()
            .filter(each -> List.of("one", "two", "three").contains(each.getTextContent()))
            .mapToDouble(each -> number(each, "y"))
            .sorted()
            .toArray();
    assertThat(y[1] - y[0]).isGreaterThan(14);
    assertThat(y[2] - y[1]).isGreaterThan(14);
  }

  @Test
  void everythingIsInsideOfTheFigure() throws Exception {
    Document chart =
        bars(
            Axis.linear("nanoseconds"),
            bar("a label that is rather long, as labels of experiments are", 123_456),
            new Bar("short", new Value(5, 1, 300_000), Colour.WARN));

    double height =
        Double.parseDouble(chart.getDocumentElement().getAttribute("viewBox").split(" ")[3]);
    for (Element text : all(chart, "text")) {
      double width = Svg.width(text.getTextContent());
      double x = number(text, "x");
      String style = text.getAttribute("class");
      double from =
          style.contains("end") ? x - width : style.contains("middle") ? x - width / 2 : x;
      assertThat(from).as(text.getTextContent()).isNotNegative();
      assertThat(from + width).as(text.getTextContent()).isLessThanOrEqualTo(Svg.WIDTH);
      assertThat(number(text, "y")).isBetween(0.0, height);
    }
  }

  private static Document bytes(ByteChart.Row... rows) throws Exception {
    byte[] message = "  Ada@example.org, or another address".getBytes(StandardCharsets.US_ASCII);
    List<ByteChart.Key> keys = List.of(new ByteChart.Key(Colour.GOOD, "what is said"));
    return read(new ByteChart(WORDS, message, List.of(rows), keys).svg());
  }

  @Test
  void aByteHasABoxAndTextItsLettersUnderneath() throws Exception {
    Document chart =
        bytes(
            new ByteChart.Row(0, 2, 0, Colour.WARN, false, "2 spaces"),
            new ByteChart.Row(2, 5, 1, Colour.GOOD, true, "\"Ada\""),
            new ByteChart.Row(5, 5, 1, Colour.MUTED, false, "and so on"));

    List<String> texts = all(chart, "text").stream().map(Element::getTextContent).toList();
    assertThat(texts)
        .containsExactly(
            "0000",
            "20",
            "20",
            "2 spaces",
            "0002",
            "41",
            "A",
            "64",
            "d",
            "61",
            "a",
            "\"Ada\"",
            "and so on",
            "what is said");
    assertThat(all(chart, "rect")).hasSize(2 + 3 + 1);
    assertThat(all(chart, "desc").getFirst().getTextContent())
        .contains("Longer is <more>.", "Byte 0: 20 20, 2 spaces.", "Byte 2: 41 64 61, \"Ada\".");
  }

  @Test
  void manyBytesGoOnBelowAndNothingLiesOnAnythingElse() throws Exception {
    Document chart =
        bytes(
            new ByteChart.Row(2, 33, 0, Colour.GOOD, true, "\"Ada and so on\""),
            new ByteChart.Row(33, 34, 0, Colour.WARN, false, "another one"));

    List<Element> boxes = all(chart, "rect");
    assertThat(number(boxes.get(15), "x")).isEqualTo(number(boxes.get(0), "x"));
    assertThat(number(boxes.get(15), "y")).isGreaterThan(number(boxes.get(0), "y") + 30);
    assertThat(number(boxes.get(31), "y")).isGreaterThan(number(boxes.get(30), "y") + 30);
    double height =
        Double.parseDouble(chart.getDocumentElement().getAttribute("viewBox").split(" ")[3]);
    for (Element box : boxes) {
      assertThat(number(box, "y") + number(box, "height")).isLessThan(height);
    }
  }

  @Test
  void marksAreFewRoundAndEncloseTheValues() {
    for (double greatest : new double[] {0.003, 0.7, 1, 1.01, 9.9, 141, 99_999, 1e7}) {
      Range range = Range.around(Scale.LINEAR, DoubleStream.of(greatest));
      assertThat(range.ticks()).hasSizeBetween(2, 8);
      assertThat(range.ticks().getFirst()).isZero();
      assertThat(range.greatest()).isGreaterThanOrEqualTo(greatest * 0.999999);
      assertThat(range.position(greatest)).isGreaterThan(0.5);
    }
    assertThat(Range.around(Scale.LOGARITHMIC, DoubleStream.of(7, 2000)).ticks())
        .containsExactly(1.0, 10.0, 100.0, 1000.0, 10_000.0);
    assertThat(Range.around(Scale.LOGARITHMIC, DoubleStream.of(0.9, 1_300_000)).ticks())
        .as("no more than there is room for")
        .containsExactly(0.1, 10.0, 1000.0, 100_000.0, 10_000_000.0);
  }

  @Test
  void numbersAreRoundedAsPeopleReadThem() {
    assertThat(
            DoubleStream.of(0, 0.01234, 4.567, 20, 141.4, 12345.6, 0.1 + 0.2)
                .mapToObj(Numbers::text))
        .containsExactly("0", "0.0123", "4.57", "20", "141", "12,346", "0.3");
  }

  @Test
  void whatIsNoChartIsRefused() {
    assertThatThrownBy(() -> new Words("A name", "t", "d")).hasMessageContaining("A name");
    assertThatThrownBy(() -> new Words("toy", "t", " ")).hasMessageContaining("say what it shows");
    assertThatThrownBy(() -> BarChart.of(WORDS, Axis.linear(""), List.of()))
        .hasMessageContaining("without bars");
    assertThatThrownBy(() -> new LineChart(WORDS, Axis.linear(""), Axis.linear(""), List.of()))
        .hasMessageContaining("without lines");
    assertThatThrownBy(() -> new Line("l", Colour.INK, List.of())).hasMessageContaining("'l'");
    assertThatThrownBy(() -> new ByteChart(WORDS, new byte[1], List.of(), List.of()))
        .hasMessageContaining("without bytes");
    assertThatThrownBy(() -> new Value(1, 2, 3)).hasMessageContaining("2.0, 1.0, 3.0");
    assertThatThrownBy(() -> Value.exactly(Double.NaN)).hasMessageContaining("NaN");
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(0.3);
  }
}
