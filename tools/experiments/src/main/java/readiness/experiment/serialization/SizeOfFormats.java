package readiness.experiment.serialization;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Group;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Setting;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.serialization.ByteWriter;
import readiness.serialization.JsonWriter;
import readiness.serialization.Person;
import readiness.serialization.PersonJson;
import readiness.serialization.PersonProtobuf;
import readiness.serialization.PersonThrift;
import readiness.serialization.ProtobufWriter;
import readiness.serialization.ThriftProtocol;
import readiness.serialization.ThriftType;
import readiness.serialization.ThriftWriter;

/** How many bytes the formats make of the same, and how many gzip makes of these. */
final class SizeOfFormats implements Experiment {
  private static final String PLAIN = "bytes";
  private static final String GZIPPED = "gzipped";

  private static final String PERSON = "a person";
  private static final String PEOPLE = "100 people";
  private static final String RANDOM = "random bytes";
  private static final String TEXT = "a text";

  private static final String JSON = "JSON";
  private static final String PROTOBUF = "Protobuf";

  private static final int MANY = 100;
  private static final int RANDOM_BYTES = 10_000;

  private static final Description DESCRIPTION =
      new Description(
          "size-of-formats",
          "How many bytes the formats make of the same",
          List.of(new Trial("05-serialization", "Protobuf compresses well")),
          "A hundred people, with name, number and one or two e-mail addresses each, in Protobuf."
              + " What does gzip make of these bytes?",
          List.of(
              "About as many: they are compressed already.",
              "Nine tenths of them or a little less.",
              "Half of them, or fewer."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) throws IOException {
    setting.at("what is written, and gzip of it");
    List<Row> rows = new ArrayList<>();
    List<Person> people = People.some(MANY);
    rows.add(row(PEOPLE, JSON, json(people)));
    rows.add(row(PEOPLE, PROTOBUF, protobuf(people)));
    for (ThriftProtocol each : ThriftProtocol.values()) {
      rows.add(row(PEOPLE, thrift(each), thrift(each, people)));
    }
    Person person = People.some(1).getFirst();
    rows.add(row(PERSON, JSON, People.bytes(new PersonJson(), person)));
    rows.add(row(PERSON, PROTOBUF, People.bytes(new PersonProtobuf(), person)));
    for (ThriftProtocol each : ThriftProtocol.values()) {
      rows.add(row(PERSON, thrift(each), People.bytes(new PersonThrift(each), person)));
    }
    byte[] random = new byte[RANDOM_BYTES];
    new Random(5).nextBytes(random);
    String encoded = Base64.getEncoder().encodeToString(random);
    rows.add(row(RANDOM, JSON, written(out -> new JsonWriter(out).value(encoded).finish())));
    rows.add(row(RANDOM, PROTOBUF, written(out -> new ProtobufWriter(out).writeBytes(1, random))));
    for (ThriftProtocol each : ThriftProtocol.values()) {
      rows.add(row(RANDOM, thrift(each), field(each, out -> out.writeBinary(random))));
    }
    String text = Files.readString(setting.root().resolve("LICENSE"));
    rows.add(row(TEXT, JSON, written(out -> new JsonWriter(out).value(text).finish())));
    rows.add(row(TEXT, PROTOBUF, written(out -> new ProtobufWriter(out).writeString(1, text))));
    for (ThriftProtocol each : ThriftProtocol.values()) {
      rows.add(row(TEXT, thrift(each), field(each, out -> out.writeString(text))));
    }
    return new Table(
        "what, in which format",
        List.of(new Column(PLAIN, "bytes"), new Column(GZIPPED, "gzipped")),
        rows,
        List.of(
            "JSON has no word for bytes: the random ones are base64 in it.",
            "The text is this workbook's licence."));
  }

  private static String thrift(ThriftProtocol protocol) {
    return protocol == ThriftProtocol.BINARY ? "Thrift binary" : "Thrift compact";
  }

  private static byte[] written(Consumer<ByteWriter> writer) {
    ByteWriter out = new ByteWriter();
    writer.accept(out);
    return out.toByteArray();
  }

  /** An array of what the codec writes. */
  private static byte[] json(List<Person> people) {
    PersonJson codec = new PersonJson();
    return written(out -> {
      out.writeByte('[');
      for (Person person : people) {
        if (out.length() > 1) {
          out.writeByte(',');
        }
        codec.write(person, out);
      }
      out.writeByte(']');
    });
  }

  /** A repeated field 1. */
  private static byte[] protobuf(List<Person> people) {
    PersonProtobuf codec = new PersonProtobuf();
    return written(out -> {
      ProtobufWriter message = new ProtobufWriter(out);
      for (Person person : people) {
        message.writeBytes(1, People.bytes(codec, person));
      }
    });
  }

  private static byte[] thrift(ThriftProtocol protocol, List<Person> people) {
    return written(out -> {
      ThriftWriter struct = protocol.writer(out);
      struct.writeStructBegin();
      struct.writeFieldBegin(ThriftType.LIST, 1);
      struct.writeListBegin(ThriftType.STRUCT, people.size());
      people.forEach(person -> PersonThrift.write(person, struct));
      struct.writeStructEnd();
    });
  }

  /** A struct with one field, of type string, which is Thrift's for bytes too. */
  private static byte[] field(ThriftProtocol protocol, Consumer<ThriftWriter> value) {
    return written(out -> {
      ThriftWriter struct = protocol.writer(out);
      struct.writeStructBegin();
      struct.writeFieldBegin(ThriftType.STRING, 1);
      value.accept(struct);
      struct.writeStructEnd();
    });
  }

  private static Row row(String what, String format, byte[] bytes) throws IOException {
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(gzipped)) {
      gzip.write(bytes);
    }
    return new Row(
        label(what, format),
        Map.of(PLAIN, Value.exactly(bytes.length), GZIPPED, Value.exactly(gzipped.size())));
  }

  private static String label(String what, String format) {
    return what + ", " + format;
  }

  @Override
  public Conclusion conclude(Table table) {
    Row json = table.row(label(PEOPLE, JSON));
    Row protobuf = table.row(label(PEOPLE, PROTOBUF));
    Row text = table.row(label(TEXT, PROTOBUF));
    double left = protobuf.at(GZIPPED) / protobuf.at(PLAIN);
    String right = left > 0.95 ? "a" : left > 0.5 ? "b" : "c";
    String because =
        ("100 people take %,.0f bytes in JSON and %,.0f in Protobuf; gzip makes %,.0f and %,.0f of"
                + " them. Of %,.0f bytes with a text in them it leaves %,.0f.")
            .formatted(
                json.at(PLAIN),
                protobuf.at(PLAIN),
                json.at(GZIPPED),
                protobuf.at(GZIPPED),
                text.at(PLAIN),
                text.at(GZIPPED));
    boolean compact = protobuf.at(PLAIN) < 0.9 * json.at(PLAIN);
    boolean compresses = text.at(GZIPPED) > 0.95 * text.at(PLAIN);
    Verdict verdict =
        compact && !compresses ? Verdict.HALF : compact ? Verdict.TRUE : Verdict.WRONG;
    return new Conclusion(right, verdict, because);
  }

  @Override
  public Chart chart(Table table) {
    return new BarChart(
        new Words(
            DESCRIPTION.id(),
            "Bytes for 100 people",
            "Bars in two groups: four formats as they are, and the same after gzip."),
        Axis.linear("bytes for 100 people"),
        List.of(
            group(table, "as they are", PLAIN, Colour.ACCENT),
            group(table, "gzipped", GZIPPED, Colour.GOOD)),
        List.of());
  }

  private static Group group(Table table, String heading, String column, Colour colour) {
    return new Group(
        heading,
        table.rows().stream()
            .filter(row -> row.label().startsWith(PEOPLE))
            .map(row -> new Bar(row.label(), row.values().get(column), colour))
            .toList());
  }
}
