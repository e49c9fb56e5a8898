package readiness.experiment.serialization;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import readiness.chart.Axis;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Line;
import readiness.chart.LineChart;
import readiness.chart.Point;
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
import readiness.serialization.JsonReader;
import readiness.serialization.JsonToken;
import readiness.serialization.JsonValue;
import readiness.serialization.Person;
import readiness.serialization.PersonJson;
import readiness.serialization.PersonProtobuf;

/** What it takes to read JSON of several sizes, in three ways, and the same in Protobuf. */
final class ParseRate implements Experiment {
  private static final String SIZE = "json-bytes";
  private static final String TOKENS = "tokens-mb-a-second";
  private static final String RECORD = "record-mb-a-second";
  private static final String TREE = "tree-mb-a-second";
  private static final String PROTOBUF = "protobuf-mb-a-second";
  private static final String TOKENS_HEAP = "tokens-heap";
  private static final String RECORD_HEAP = "record-heap";
  private static final String TREE_HEAP = "tree-heap";

  /** Addresses in the message; each is some 28 bytes of JSON. */
  private static final int[] EMAILS = {36, 580, 9_300, 149_000};

  private static final Description DESCRIPTION =
      new Description(
          "parse-rate",
          "How fast JSON is read, by its size",
          List.of(new Trial("05-serialization", "JSON suits only small data")),
          "JSON of 1 KB is read at some rate, in MB a second, token by token. Of 4 MB of the same"
              + " kind, at what rate?",
          List.of(
              "About the same: a byte is a byte.",
              "Less than half of it: a long text has to be gone through more than once.",
              "Less than a tenth of it."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int emails : EMAILS) {
      Person person = People.withEmails(emails);
      byte[] json = People.bytes(new PersonJson(), person);
      setting.at("%,d bytes".formatted(json.length));
      rows.add(
          row(
              json,
              People.bytes(new PersonProtobuf(), person),
              Math.max(1, setting.size().of(1 << 20, 8 << 20, 16 << 20) / json.length),
              setting.size().of(2, 5, 15)));
    }
    return new Table(
        "JSON",
        List.of(
            new Column(SIZE, "bytes"),
            new Column(TOKENS, "tokens, MB/s"),
            new Column(RECORD, "record, MB/s"),
            new Column(TREE, "tree, MB/s"),
            new Column(PROTOBUF, "Protobuf, MB/s"),
            new Column(TOKENS_HEAP, "tokens, heap B/B"),
            new Column(RECORD_HEAP, "record, heap B/B"),
            new Column(TREE_HEAP, "tree, heap B/B")),
        rows,
        List.of(
            "Of Protobuf, MB/s are those of the JSON that says the same.",
            "heap B/B: bytes of heap that are allocated for a byte of JSON, the reader's scratch"
                + " memory aside."));
  }

  private static Row row(byte[] json, byte[] protobuf, int times, int rounds) throws Exception {
    PersonJson codec = new PersonJson();
    PersonProtobuf other = new PersonProtobuf();
    List<Work> works =
        List.of(
            new Work(json, ParseRate::tokens),
            new Work(json, in -> codec.read(in).emails().size()),
            new Work(json, in -> JsonValue.read(in).hashCode()),
            new Work(protobuf, in -> other.read(in).emails().size()));
    List<Value> nanos =
        Rounds.nanos(3, rounds, works.stream().map(each -> new Repeated(times, each)).toList());
    Map<String, Value> values = new LinkedHashMap<>();
    values.put(SIZE, Value.exactly(json.length));
    List<String> rates = List.of(TOKENS, RECORD, TREE, PROTOBUF);
    for (int i = 0; i < rates.size(); i++) {
      values.put(rates.get(i), rate(json.length, nanos.get(i)));
    }
    List<String> heaps = List.of(TOKENS_HEAP, RECORD_HEAP, TREE_HEAP);
    for (int i = 0; i < heaps.size(); i++) {
      values.put(heaps.get(i), Value.exactly((double) works.get(i).allocated() / json.length));
    }
    return new Row("%,d KB".formatted(Math.round(json.length / 1000.0)), values);
  }

  private static Value rate(int bytes, Value nanos) {
    return new Value(
        1000.0 * bytes / nanos.middle(),
        1000.0 * bytes / nanos.high(),
        1000.0 * bytes / nanos.low());
  }

  /** Goes through all tokens, and keeps nothing. */
  private static int tokens(ByteReader in) {
    JsonReader json = new JsonReader(in);
    int tokens = 0;
    while (json.next() != JsonToken.END) {
      tokens++;
    }
    return tokens;
  }

  /** Reads a message over and over. */
  private static final class Work implements Rounds.Work {
    private final ByteReader reader = new ByteReader();
    private final MemorySegment message;
    private final ToIntFunction<ByteReader> parser;

    Work(byte[] message, ToIntFunction<ByteReader> parser) {
      this.message = MemorySegment.ofArray(message);
      this.parser = parser;
    }

    @Override
    public long run(int times) {
      long sum = 0;
      for (int i = 0; i < times; i++) {
        sum += parser.applyAsInt(reader.open(message));
      }
      return sum;
    }

    /** Bytes of heap for one time. */
    long allocated() {
      return Heap.allocated(() -> run(1));
    }
  }

  @Override
  public Conclusion conclude(Table table) {
    Row small = table.rows().getFirst();
    Row large = table.rows().getLast();
    double kept = large.at(TOKENS) / small.at(TOKENS);
    double protobuf = large.at(PROTOBUF) / large.at(RECORD);
    String right = kept > 0.5 ? "a" : kept > 0.1 ? "b" : "c";
    String because =
        ("Token by token, %s are read at %.1f times the rate of %s, and take %,.0f bytes of heap;"
                + " as a tree they take %.1f for each of their bytes. Protobuf says the same %.1f"
                + " times as fast as JSON does.")
            .formatted(
                large.label(),
                kept,
                small.label(),
                large.at(TOKENS_HEAP) * large.at(SIZE),
                large.at(TREE_HEAP),
                protobuf);
    boolean anySize = kept > 0.5 && large.at(TOKENS_HEAP) < 0.5;
    return protobuf > 1 && anySize
        ? new Conclusion(right, Verdict.HALF, because)
        : new Conclusion(right, Verdict.OPEN, because);
  }

  @Override
  public Chart chart(Table table) {
    return new LineChart(
        new Words(
            DESCRIPTION.id(),
            "How fast JSON is read, by its size",
            "Lines over the size of the message, from "
                + table.rows().getFirst().label()
                + " on: JSON token by token, into a record and into a tree, and the same content"
                + " in Protobuf."),
        Axis.logarithmic("bytes of JSON"),
        Axis.logarithmic("MB of JSON in a second"),
        List.of(
            line(table, "JSON, tokens", TOKENS, Colour.GOOD),
            line(table, "JSON, record", RECORD, Colour.ACCENT),
            line(table, "JSON, tree", TREE, Colour.WARN),
            line(table, "Protobuf, record", PROTOBUF, Colour.VIOLET)));
  }

  private static Line line(Table table, String label, String column, Colour colour) {
    return new Line(
        label,
        colour,
        table.rows().stream()
            .map(row -> new Point(row.at(SIZE), row.values().get(column)))
            .toList());
  }
}
