package readiness.dissect;

import java.util.ArrayList;
import java.util.List;
import readiness.chart.ByteChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Words;
import readiness.dissect.Part.Kind;
import readiness.serialization.ByteWriter;
import readiness.serialization.Codec;
import readiness.serialization.Person;
import readiness.serialization.PersonProtobuf;
import readiness.serialization.PersonThrift;
import readiness.serialization.ThriftMessage;
import readiness.serialization.ThriftProtocol;
import readiness.serialization.ThriftType;
import readiness.serialization.ThriftWriter;

/**
 * The figures of chapter 5 that show messages byte by byte. The messages are what the solution
 * writes at that moment, and what their bytes are is what {@code ready dissect} says.
 */
public final class Figures {
  /** The chapter whose figures they are. */
  public static final String CHAPTER = "05-serialization";

  /** Whom the chapter's text shows in each format. */
  static final Person ADA = new Person("Ada", 300, List.of("ada@example.org", "a@example.net"));

  private Figures() {}

  /**
   * A figure.
   *
   * @param name of its file, without ending
   * @param chart how it is drawn
   */
  public record Figure(String name, Chart chart) {}

  /** All of them. */
  public static List<Figure> all() {
    return List.of(
        figure(
            "person-protobuf",
            "A person in Protobuf, byte by byte",
            "Each field begins with its number and its type in one byte. A text has a length"
                + " before it, a number has none. The two addresses are two fields of one number.",
            Format.PROTOBUF,
            written(new PersonProtobuf())),
        figure(
            "person-thrift-binary",
            "The same person in Thrift's binary protocol",
            "Each field begins with a byte for its type and two for its number. Lengths and"
                + " numbers have four bytes. The addresses are one field, a list, and a zero ends"
                + " the struct.",
            Format.THRIFT_BINARY,
            written(new PersonThrift(ThriftProtocol.BINARY))),
        figure(
            "person-thrift-compact",
            "The same person in Thrift's compact protocol",
            "Each field begins with one byte: how much its number is above the one before, and"
                + " its type. Lengths are varints, numbers are ZigZag varints.",
            Format.THRIFT_COMPACT,
            written(new PersonThrift(ThriftProtocol.COMPACT))),
        figure(
            "follow-call",
            "A call of follow in a frame, in Thrift's binary protocol",
            "The frame says how many bytes follow. Then come the version and the kind of message,"
                + " the method's name, the sequence id and the arguments, which are a struct.",
            Format.THRIFT_BINARY,
            followCall()));
  }

  private static byte[] written(Codec<Person> codec) {
    ByteWriter out = new ByteWriter();
    codec.write(ADA, out);
    return out.toByteArray();
  }

  private static byte[] followCall() {
    ByteWriter call = new ByteWriter();
    ThriftWriter thrift = ThriftProtocol.BINARY.writer(call);
    thrift.writeMessageBegin(new ThriftMessage("follow", ThriftMessage.CALL, 1));
    thrift.writeStructBegin();
    thrift.writeFieldBegin(ThriftType.I64, 1);
    thrift.writeI64(7);
    thrift.writeFieldBegin(ThriftType.I64, 2);
    thrift.writeI64(300);
    thrift.writeStructEnd();
    ByteWriter frame = new ByteWriter();
    frame.writeIntBigEndian(call.length());
    frame.writeBytes(call.toByteArray());
    return frame.toByteArray();
  }

  private static Figure figure(
      String name, String title, String description, Format format, byte[] bytes) {
    List<ByteChart.Row> rows = new ArrayList<>();
    if (!format.dissect(bytes, part -> rows.add(row(part)))) {
      throw new IllegalStateException(name + ": " + rows.getLast().label());
    }
    String words = description + " It has " + Text.bytes(bytes.length) + " in all.";
    return new Figure(name, new ByteChart(new Words(name, title, words), bytes, rows, keys(rows)));
  }

  private static ByteChart.Row row(Part part) {
    boolean letters = part.kind() == Kind.VALUE && part.text().startsWith("\"");
    return new ByteChart.Row(
        part.offset(), part.end(), part.level(), colour(part.kind()), letters, part.text());
  }

  private static Colour colour(Kind kind) {
    return switch (kind) {
      case NAME -> Colour.ACCENT;
      case LENGTH -> Colour.WARN;
      case VALUE -> Colour.GOOD;
      case FRAME -> Colour.VIOLET;
      case SPACE, READING, WRONG -> Colour.MUTED;
    };
  }

  private static List<ByteChart.Key> keys(List<ByteChart.Row> rows) {
    return List.of(
            new ByteChart.Key(colour(Kind.NAME), "which field, and its type"),
            new ByteChart.Key(colour(Kind.LENGTH), "how much follows"),
            new ByteChart.Key(colour(Kind.VALUE), "what is said"),
            new ByteChart.Key(colour(Kind.FRAME), "where it begins and ends"))
        .stream()
        .filter(key -> rows.stream().anyMatch(row -> row.colour() == key.colour()))
        .toList();
  }
}
