package readiness.experiment.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Rounds;
import readiness.experiment.Rounds.Repeated;
import readiness.experiment.Setting;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.serialization.ByteReader;
import readiness.serialization.PersonJson;

/** JSON that is read from its bytes, and from a String that is made of them first. */
final class StringFirst implements Experiment {
  private static final String NANOS = "nanos";
  private static final String HEAP = "heap-bytes";

  private static final String OURS = "workbook, bytes";
  private static final String OURS_STRING = "workbook, a String first";
  private static final String JACKSON = "Jackson's tree, bytes";
  private static final String JACKSON_STRING = "Jackson's tree, a String first";

  /** Addresses: some 16 KB of JSON. */
  private static final int EMAILS = 580;

  /** Fewer bytes are nothing to speak of: half of the message. */
  private static final double SOME = 8_000;

  private static final Description DESCRIPTION =
      new Description(
          "string-first",
          "What a String in between costs when JSON is read",
          List.of(new Trial("05-serialization", "a String in between costs nothing to speak of")),
          "A request's body, 16 KB of JSON, lies in a byte array. Your code makes a String of it"
              + " and gives that to a parser of bytes, which has to turn it round again. How much"
              + " memory does this detour take?",
          List.of(
              "None: the String shares the array.",
              "About as much as the body has bytes.",
              "Twice that, or more."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    byte[] json = People.bytes(new PersonJson(), People.withEmails(EMAILS));
    setting.at("%,d bytes, in four ways".formatted(json.length));
    MemorySegment message = MemorySegment.ofArray(json);
    PersonJson codec = new PersonJson();
    ByteReader reader = new ByteReader();
    ObjectMapper jackson = new ObjectMapper();
    List<String> labels = List.of(OURS, OURS_STRING, JACKSON, JACKSON_STRING);
    List<Rounds.Work> works =
        List.of(
            times -> {
              long sum = 0;
              for (int i = 0; i < times; i++) {
                sum += codec.read(reader.open(message)).emails().size();
              }
              return sum;
            },
            times -> {
              long sum = 0;
              for (int i = 0; i < times; i++) {
                byte[] again = new String(json, UTF_8).getBytes(UTF_8);
                sum += codec.read(reader.open(MemorySegment.ofArray(again))).emails().size();
              }
              return sum;
            },
            times -> {
              long sum = 0;
              for (int i = 0; i < times; i++) {
                sum += jackson.readTree(json).size();
              }
              return sum;
            },
            times -> {
              long sum = 0;
              for (int i = 0; i < times; i++) {
                sum += jackson.readTree(new String(json, UTF_8)).size();
              }
              return sum;
            });
    int times = setting.size().of(20, 300, 500);
    List<Value> nanos =
        Rounds.nanos(
            setting.size().of(2, 8, 8),
            setting.size().of(5, 15, 41),
            works.stream().map(each -> new Repeated(times, each)).toList());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      rows.add(
          new Row(
              labels.get(i), Map.of(NANOS, nanos.get(i), HEAP, Value.exactly(heap(works.get(i))))));
    }
    return new Table(
        "who reads, and what",
        List.of(new Column(NANOS, "ns of processor time"), new Column(HEAP, "bytes of heap")),
        rows,
        List.of("%,d bytes of JSON, in ASCII.".formatted(json.length)));
  }

  private static double heap(Rounds.Work work) {
    return Heap.allocated(() -> {
      try {
        work.run(1);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    });
  }

  @Override
  public Conclusion conclude(Table table) {
    double ours = table.row(OURS_STRING).at(NANOS) / table.row(OURS).at(NANOS);
    double jackson = table.row(JACKSON_STRING).at(NANOS) / table.row(JACKSON).at(NANOS);
    double more = table.row(OURS_STRING).at(HEAP) - table.row(OURS).at(HEAP);
    double bytes = table.row(JACKSON_STRING).at(HEAP) - table.row(JACKSON).at(HEAP);
    String right = more < SOME ? "a" : more < 24_000 ? "b" : "c";
    String because =
        ("With a String first the workbook's codec takes %.2f times as long and %,.0f bytes of heap"
                + " more, Jackson %.2f times and %,.0f bytes.")
            .formatted(ours, more, jackson, bytes);
    // Time is a matter of the machine and of the parser; memory is counted.
    boolean here = more > SOME;
    boolean there = bytes > SOME;
    Verdict verdict = here && there ? Verdict.WRONG : here || there ? Verdict.HALF : Verdict.TRUE;
    return new Conclusion(right, verdict, because);
  }

  @Override
  public Chart chart(Table table) {
    return BarChart.of(
        new Words(
            DESCRIPTION.id(),
            "What a String in between costs",
            "Horizontal bars: the time to read the same JSON from its bytes, and from a String that"
                + " is made of them first."),
        Axis.linear("nanoseconds of processor time for 16 KB of JSON"),
        table.rows().stream()
            .map(row ->
                new Bar(
                    row.label(),
                    row.values().get(NANOS),
                    row.label().endsWith("first") ? Colour.WARN : Colour.ACCENT))
            .toList());
  }
}
