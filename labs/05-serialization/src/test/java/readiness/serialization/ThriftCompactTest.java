package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static readiness.serialization.ThriftType.BOOL;
import static readiness.serialization.ThriftType.BYTE;
import static readiness.serialization.ThriftType.DOUBLE;
import static readiness.serialization.ThriftType.I32;
import static readiness.serialization.ThriftType.I64;
import static readiness.serialization.ThriftType.LIST;
import static readiness.serialization.ThriftType.MAP;
import static readiness.serialization.ThriftType.STRING;
import static readiness.serialization.ThriftType.STRUCT;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Thrift's compact protocol, byte for byte beside libthrift, and what it owes to hostile bytes. */
@Step("thrift-compact")
@Tag("thrift-compact")
final class ThriftCompactTest {
  private static final byte[] UNKNOWN = new byte[100];

  /** The sum of what {@link #writeNumbers} writes. */
  private static final long NUMBERS = 9;

  private final Story story = new Story();
  private final ThriftStories thrift = new ThriftStories(ThriftProtocol.COMPACT);

  @Test
  @DisplayName("a struct with a string in field 1, as drawn above the class")
  void drawn() {
    says(
        "{1: \"Ada\"}",
        "18 03 41 64 61 00",
        "the distance of the field and its type in one byte",
        out -> {
          out.writeStructBegin();
          out.writeFieldBegin(STRING, 1);
          out.writeString("Ada");
          out.writeStructEnd();
        });
  }

  @Test
  @DisplayName("the same code writes 31 bytes in one protocol and 12 in the other")
  void sideBySide() {
    Person ada = new Person("Ada", 7, List.of("a"));
    byte[] binary =
        new ThriftStories(ThriftProtocol.BINARY).written(out -> PersonThrift.write(ada, out));
    story.then("%s, binary → %s", ada, Story.hex(binary));
    byte[] compact = thrift.written(out -> PersonThrift.write(ada, out));
    story.then("compact → %s", Story.hex(compact));
    story.expectBytes(
        hex("18 03 41 64 61 15 0e 19 18 01 61 00"),
        compact,
        "headers of one byte, and 7 is the ZigZag number 14");
    story.expect(binary.length == 31, "31 bytes in the binary protocol", "" + binary.length);
  }

  @Test
  @DisplayName("the bytes of the specification")
  void specification() {
    says(
        "the ZigZag number 50399 of −25200",
        "df 89 03",
        "Integer encoding, the example",
        out -> out.writeI32(-25_200));
    says("the i16 −1", "01", "ZigZag makes 1 of it", out -> out.writeI16((short) -1));
    says("the byte −1", "ff", "a byte is a byte", out -> out.writeByte((byte) -1));
    says(
        "the double 1.0",
        "00 00 00 00 00 00 f0 3f",
        "Double encoding: little-endian here, unlike the binary protocol",
        out -> out.writeDouble(1.0));
    says(
        "14 elements of type i32",
        "e5",
        "List and Set: their number has room beside the type",
        out -> out.writeListBegin(I32, 14));
    says(
        "15 elements of type i32",
        "f5 0f",
        "List and Set: fifteen says that the number follows",
        out -> out.writeListBegin(I32, 15));
    says("a map without pairs", "00", "Map", out -> out.writeMapBegin(STRING, I32, 0));
    says(
        "a map of one pair",
        "01 85",
        "Map: the types behind the number",
        out -> out.writeMapBegin(STRING, I32, 1));
    says(
        "call 300 of a method a",
        "82 21 ac 02 01 61",
        "Message: the sequence id is a varint, without ZigZag",
        out -> out.writeMessageBegin(new ThriftMessage("a", ThriftMessage.CALL, 300)));
  }

  /** Holds what a writer makes of something against these bytes, which libthrift's are equal to. */
  private void says(String what, String bytes, String why, Consumer<ThriftWriter> writing) {
    byte[] written = thrift.written(writing);
    story.then("%s → %s", what, Story.hex(written));
    story.expectBytes(hex(bytes), written, why);
  }

  @Test
  @DisplayName("each type at its edges, as libthrift has it")
  void everyType() {
    for (ThriftValue value : edges()) {
      thrift.agrees(ThriftValue.struct(new ThriftValue.Field(1, value)));
    }
  }

  @Test
  @DisplayName("from each field number to each other: by its distance, or in full")
  void everyId() {
    int[] ids = {Short.MIN_VALUE, -16, -1, 0, 1, 2, 15, 16, 17, 30, 31, 32, 127, Short.MAX_VALUE};
    for (int first : ids) {
      for (int second : ids) {
        for (ThriftValue value : List.of(ThriftValue.of(7), ThriftValue.of(true))) {
          thrift.agrees(
              ThriftValue.struct(
                  new ThriftValue.Field(first, value), new ThriftValue.Field(second, value)));
        }
      }
    }
  }

  @Test
  @DisplayName("a struct counts its own distances, and the one around it goes on with its own")
  void nestedDistances() {
    ThriftValue inner =
        ThriftValue.struct(
            new ThriftValue.Field(7, ThriftValue.of(1)),
            new ThriftValue.Field(9, ThriftValue.of(2)));
    ThriftValue outer =
        ThriftValue.struct(
            new ThriftValue.Field(3, ThriftValue.of(0)),
            new ThriftValue.Field(5, inner),
            new ThriftValue.Field(6, ThriftValue.list(STRUCT, inner, inner)),
            new ThriftValue.Field(8, ThriftValue.of("last")));
    thrift.agrees(outer);
    byte[] bytes = thrift.written(inner::write);
    story.then("%s → %s", inner, Story.hex(bytes));
    story.expectBytes(hex("75 02 25 04 00"), bytes, "7 from 0, then 2 more");
    ThriftValue around =
        ThriftValue.struct(
            new ThriftValue.Field(5, inner), new ThriftValue.Field(6, ThriftValue.of("x")));
    byte[] both = thrift.written(around::write);
    story.then("%s → %s", around, Story.hex(both));
    story.expectBytes(
        hex("5c 75 02 25 04 00 18 01 78 00"), both, "field 6 is one further than field 5");
  }

  @Test
  @DisplayName("a bool as a field is in its header, and as an element a byte of its own")
  void bools() {
    says(
        "{1: true, 2: false}",
        "11 12 00",
        "field 1 of type \"true\", and one further on field 2 of type \"false\"",
        out -> {
          out.writeStructBegin();
          out.writeFieldBegin(BOOL, 1);
          out.writeBool(true);
          out.writeFieldBegin(BOOL, 2);
          out.writeBool(false);
          out.writeStructEnd();
        });
    says(
        "a list of true and false",
        "21 01 02",
        "two elements of type 1, and each of them a byte",
        out -> {
          out.writeListBegin(BOOL, 2);
          out.writeBool(true);
          out.writeBool(false);
        });
    for (String list : List.of("21 01 02", "22 01 02", "21 01 00", "22 01 00")) {
      story.then("a list of bools comes as %s", list);
      String expected =
          "[BOOL true, BOOL false]: libraries have written 1 and 2 for the type,"
              + " and 0 and 2 for false";
      ThriftValue read =
          ThriftStories.read(
              story, expected, () -> ThriftValue.read(thrift.reader(hex(list)), LIST));
      story.expect(
          read.of().toString().equals("[BOOL true, BOOL false]"), expected, read.toString());
    }
    thrift.agrees(
        ThriftValue.struct(
            new ThriftValue.Field(1, ThriftValue.of(true)),
            new ThriftValue.Field(
                2, ThriftValue.list(BOOL, ThriftValue.of(false), ThriftValue.of(true)))));
    ThriftValue key = ThriftValue.struct(new ThriftValue.Field(1, ThriftValue.of(true)));
    thrift.agrees(ThriftValue.map(STRUCT, BOOL, key, ThriftValue.of(false)));
  }

  @Test
  @DisplayName("structs of everything, nested, written as libthrift does and read again")
  void seeds() {
    Seeds.each(300, seed -> thrift.agrees(ThriftValue.struct(new Random(seed), 4)));
  }

  @Test
  @DisplayName("persons, by the code that speaks both protocols")
  void persons() {
    thrift.agrees(new Person("Ada", 1, List.of("ada@example.org")));
    thrift.agrees(new Person("", 0, List.of()));
    thrift.agrees(new Person("Zoë", -1, Collections.nCopies(300, "a")));
    Seeds.each(200, seed -> thrift.agrees(ThriftStories.person(new Random(seed))));
  }

  @Test
  @DisplayName("fields that nobody knows are passed by")
  void unknownFields() {
    Seeds.each(
        300,
        seed -> {
          Random random = new Random(seed);
          thrift.passesBy(ThriftStories.person(random), random);
        });
  }

  @Test
  @DisplayName("message headers of every kind, as libthrift has them")
  void messages() {
    for (byte type = ThriftMessage.CALL; type <= ThriftMessage.ONEWAY; type++) {
      thrift.agrees(new ThriftMessage("follow", type, 1));
    }
    for (int seqid : new int[] {0, -1, 127, 128, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      thrift.agrees(new ThriftMessage("", ThriftMessage.CALL, seqid));
      thrift.agrees(new ThriftMessage("Zoë", (byte) 7, seqid));
    }
    for (String first : List.of("80 21", "00 21", "02 21")) {
      story.then("a message begins with %s", first);
      story.expectMalformed(
          0,
          "the compact protocol begins with 82",
          () -> thrift.reader(hex(first + " 01 01 61")).readMessageBegin());
    }
    for (String first : List.of("82 20", "82 22", "82 3f")) {
      story.then("a message begins with %s", first);
      story.expectMalformed(
          1,
          "the lower five bits of the second byte are the version, which is 1",
          () -> thrift.reader(hex(first + " 01 01 61")).readMessageBegin());
    }
  }

  @Test
  @DisplayName("one writer and one reader for one message after the other, also after a failure")
  void again() {
    ByteWriter out = new ByteWriter();
    ThriftWriter writer = ThriftProtocol.COMPACT.writer(out);
    ThriftMessage message = new ThriftMessage("a", ThriftMessage.CALL, 1);
    writer.writeMessageBegin(message);
    writer.writeStructBegin();
    writer.writeFieldBegin(I32, 20);
    writer.writeI32(1);
    writer.writeFieldBegin(BOOL, 21);
    story.then("a message is given up within a struct, after field 20 and the header of a bool");
    out.clear();
    writer.writeMessageBegin(message);
    writer.writeListBegin(BOOL, 1);
    writer.writeBool(true);
    writer.writeStructBegin();
    writer.writeFieldBegin(I32, 21);
    writer.writeI32(2);
    writer.writeStructEnd();
    byte[] bytes = out.toByteArray();
    story.then("the next one is %s", Story.hex(bytes));
    story.expectBytes(
        hex("82 21 01 01 61 11 01 05 2a 04 00"), bytes, "it begins anew, and knows of no field");
    ByteReader in = ThriftStories.opened(hex("82 21 01 01 61 11 82 21 01 01 61 11 02"));
    ThriftReader reader = ThriftProtocol.COMPACT.reader(in);
    reader.readMessageBegin();
    reader.readStructBegin();
    reader.readFieldBegin();
    story.then("a message is given up within a struct, after a field's header");
    reader.readMessageBegin();
    story.expect(reader.depth() == 0, "the next one begins in no struct", "" + reader.depth());
    reader.readListBegin();
    boolean element = reader.readBool();
    story.then("the next one holds a list of a bool");
    story.expect(!element, "false: it is the list's, and not the field's from before", "true");
  }

  @Test
  @DisplayName("sizes are held against what is left, before there is room for them")
  void sizes() {
    Hostile persons = thrift.hostilePersons();
    persons.read(hex("39 f8 ff ff ff ff 07 00 00"));
    persons.read(hex("18 ff ff ff ff 07 41 00 00"));
    for (String size : List.of("ff ff ff ff 07", "ff ff ff ff 0f", "80 80 80 80 08", "82 80 00")) {
      byte[] list = hex("f8 " + size + " 00");
      story.then("a list's size is %s, and one byte is left", size);
      story.expectMalformed(
          list.length - 1, "one byte is left", () -> thrift.reader(list).readListBegin());
      byte[] map = hex(size + " 33 00 00 00");
      story.then("a map's size is %s, and three bytes are left", size);
      story.expectMalformed(
          map.length - 3,
          "three bytes are left, and a pair takes two",
          () -> thrift.reader(map).readMapBegin());
      byte[] string = hex(size + " 41");
      story.then("a string's length is %s, and one byte is left", size);
      story.expectMalformed(
          string.length - 1, "one byte is left", () -> thrift.reader(string).readString());
      story.expectMalformed(
          string.length - 1, "one byte is left", () -> thrift.reader(string).skipBinary());
    }
    byte[] pair = hex("01 33 07 08");
    story.then("a map of one pair comes with the two bytes that it needs");
    int pairs = ThriftStories.read(story, "one pair", () -> thrift.reader(pair).readMapBegin());
    story.expect(pairs == 1, "one pair", "" + pairs);
    byte[] few = hex("f3 01 07");
    story.then("a list of one byte has its size in the long form");
    int size = ThriftStories.read(story, "one", () -> thrift.reader(few).readListBegin());
    story.expect(size == 1, "one: nobody has to take the shortest form", "" + size);
  }

  @Test
  @DisplayName("numbers of 32 bits take five bytes at most, those of 64 ten")
  void longNumbers() {
    byte[] five = hex("ff ff ff ff 7f");
    int value = ThriftStories.read(story, "a number", () -> thrift.reader(five).readI32());
    story.then("an i32 is %s → %d", Story.hex(five), value);
    story.expect(
        value == Integer.MIN_VALUE,
        "−2,147,483,648: of the fifth byte four bits count",
        "" + value);
    for (String bytes : List.of("80 80 80 80 80 00", "ff ff ff ff ff ff ff ff ff 01")) {
      story.then("an i32, an i16 and a string's length are %s", bytes);
      for (Consumer<ThriftReader> each :
          List.<Consumer<ThriftReader>>of(
              ThriftReader::readI32, ThriftReader::readI16, ThriftReader::readString)) {
        story.expectMalformed(
            0, "32 bits take five bytes at most", () -> each.accept(thrift.reader(hex(bytes))));
      }
    }
    byte[] eleven = hex("80 80 80 80 80 80 80 80 80 80 00");
    story.then("an i64 is %s", Story.hex(eleven));
    story.expectMalformed(
        0, "64 bits take ten bytes at most", () -> thrift.reader(eleven).readI64());
  }

  @Test
  @DisplayName("types that there are not are refused, wherever they stand")
  void otherTypes() {
    for (String type : List.of("e", "f")) {
      story.then("a field, a list's elements, a map's keys are of type %s", type);
      story.expectMalformed(
          0, "there is no such type", () -> PersonThrift.read(thrift.reader(hex("9" + type))));
      story.expectMalformed(
          0,
          "there is no such type",
          () -> thrift.reader(hex("1" + type + " 00 00")).readListBegin());
      story.expectMalformed(
          1,
          "there is no such type",
          () -> thrift.reader(hex("01 " + type + "3 00 00")).readMapBegin());
    }
  }

  @Test
  @DisplayName("cut off at each byte")
  void cutShort() {
    byte[] whole =
        thrift.libthrifts(
            ThriftStories.withUnknownFields(
                new Person("Zoë", 77, List.of("zoe@example.org", "")), new Random(5)));
    PersonThrift codec = new PersonThrift(ThriftProtocol.COMPACT);
    for (int length = 0; length < whole.length; length++) {
      byte[] bytes = Arrays.copyOf(whole, length);
      story.then("of %,d bytes the first %,d come", whole.length, length);
      try {
        Person person = codec.read(ThriftStories.opened(bytes));
        throw story.finding("a MalformedException: the struct has not ended", "" + person);
      } catch (MalformedException e) {
        story.expect(e.position() <= length, "a position within these bytes", e.getMessage());
      }
    }
  }

  @Test
  @DisplayName("64 structs, one in another, and not one more: read, passed by, and written")
  void depth() {
    byte[] most = nested(ThriftReader.MAX_DEPTH);
    byte[] more = nested(ThriftReader.MAX_DEPTH + 1);
    story.then("64 structs are to be read, one in another");
    ThriftReader twice = thrift.reader(most);
    ThriftStories.read(story, "64 structs", () -> ThriftValue.read(twice, STRUCT));
    story.expect(twice.depth() == 0, "all of them are left", "" + twice.depth());
    story.then("65 are to be");
    story.expectMalformed(
        ThriftReader.MAX_DEPTH,
        "64 are the most",
        () -> ThriftValue.read(thrift.reader(more), STRUCT));
    story.expectMalformed(
        ThriftReader.MAX_DEPTH,
        "64 are the most, passed by too",
        () -> PersonThrift.read(thrift.reader(more)));
    story.then("64 structs are begun, and a person is to be in the innermost");
    ThriftWriter deepest = ThriftProtocol.COMPACT.writer(new ByteWriter());
    for (int i = 0; i < ThriftReader.MAX_DEPTH; i++) {
      deepest.writeStructBegin();
      deepest.writeFieldBegin(STRUCT, 1);
    }
    try {
      PersonThrift.write(new Person("Ada", 1, List.of()), deepest);
    } catch (IllegalArgumentException e) {
      return;
    } catch (IndexOutOfBoundsException e) {
      throw story.finding("an IllegalArgumentException: no reader takes it", e);
    }
    throw story.finding("an IllegalArgumentException: no reader takes it", "nothing is thrown");
  }

  /** So many structs, one in another, each in field 1. */
  private static byte[] nested(int depth) {
    byte[] bytes = new byte[2 * depth - 1];
    Arrays.fill(bytes, 0, depth - 1, (byte) 0x1c);
    return bytes;
  }

  @Test
  @DisplayName("whatever comes: a value or a MalformedException, and little memory")
  void hostile() {
    Hostile persons = thrift.hostilePersons();
    persons.each(1_500, thrift::validPerson);
    persons.eachPrefix(thrift.validPerson(new Random(1)));
    ThriftStories.expectReached(persons, 1);
    Hostile messages = thrift.hostileMessages();
    messages.each(1_500, thrift::validMessage);
    messages.eachPrefix(thrift.validMessage(new Random(1)));
    ThriftStories.expectReached(messages, 1);
  }

  @Test
  @DisplayName("what libthrift refuses is refused, and what it reads is read")
  void asLibthrift() {
    Seeds.each(
        2_000,
        seed -> {
          Random random = new Random(seed);
          thrift.saysAsLibthrift(Hostile.bytes(random, thrift.validPerson(random)));
          thrift.saysAsLibthrift(Hostile.bytes(random, thrift.validMessage(random)));
        });
  }

  @Test
  @DisplayName("headers and numbers take no memory, read, passed by or written")
  void takesNoMemory() {
    ByteWriter bytes = new ByteWriter();
    ThriftWriter out = ThriftProtocol.COMPACT.writer(bytes);
    writeNumbers(out);
    ByteReader in = ThriftStories.opened(bytes.toByteArray());
    ThriftReader reader = ThriftProtocol.COMPACT.reader(in);
    story.then("a struct of numbers is written → %s", Story.hex(bytes.toByteArray()));
    long sum = readNumbers(reader);
    story.expect(sum == NUMBERS, "its numbers make %d".formatted(NUMBERS), "" + sum);
    long garbage =
        Allocations.perRun(
            2_000,
            1_000,
            () -> {
              writeNumbers(out);
              bytes.clear();
              in.position = 0;
              reader.skip(STRUCT);
              in.position = 0;
              readNumbers(reader);
            });
    story.then("it is written, read and passed by, 1,000 times");
    story.expect(
        garbage == 0,
        "no memory taken: a header is a few numbers, and no object",
        "%,d bytes for each".formatted(garbage));
  }

  private static void writeNumbers(ThriftWriter out) {
    out.writeStructBegin();
    out.writeFieldBegin(STRING, 9);
    out.writeBinary(UNKNOWN);
    out.writeFieldBegin(BOOL, 1);
    out.writeBool(true);
    out.writeFieldBegin(DOUBLE, 2);
    out.writeDouble(2.5);
    out.writeFieldBegin(LIST, 3);
    out.writeListBegin(I64, 2);
    out.writeI64(1);
    out.writeI64(2);
    out.writeFieldBegin(MAP, 4);
    out.writeMapBegin(I32, BYTE, 1);
    out.writeI32(1);
    out.writeByte((byte) 2);
    out.writeFieldBegin(STRUCT, 5);
    out.writeStructBegin();
    out.writeStructEnd();
    out.writeStructEnd();
  }

  /** Reads what {@link #writeNumbers} wrote, field by field. */
  private static long readNumbers(ThriftReader in) {
    in.readStructBegin();
    in.skip(in.readFieldBegin());
    in.readFieldBegin();
    long sum = in.readBool() ? 1 : 0;
    in.readFieldBegin();
    sum += (long) in.readDouble();
    in.readFieldBegin();
    for (int left = in.readListBegin(I64); left > 0; left--) {
      sum += in.readI64();
    }
    in.readFieldBegin();
    for (int left = in.readMapBegin(); left > 0; left--) {
      sum += in.readI32() + in.readByte();
    }
    in.readFieldBegin();
    in.skip(STRUCT);
    in.readFieldBegin();
    in.readStructEnd();
    return sum;
  }

  /** Values where something begins or ends, of every type. */
  private static List<ThriftValue> edges() {
    ThriftValue[] bytes =
        Collections.nCopies(300, ThriftValue.of((byte) 7)).toArray(ThriftValue[]::new);
    return List.of(
        ThriftValue.of(true),
        ThriftValue.of(false),
        ThriftValue.of(Byte.MIN_VALUE),
        ThriftValue.of(Short.MIN_VALUE),
        ThriftValue.of(Short.MAX_VALUE),
        ThriftValue.of(Integer.MIN_VALUE),
        ThriftValue.of(Integer.MAX_VALUE),
        ThriftValue.of(63),
        ThriftValue.of(64),
        ThriftValue.of(-64),
        ThriftValue.of(-65),
        ThriftValue.of(Long.MIN_VALUE),
        ThriftValue.of(Long.MAX_VALUE),
        ThriftValue.of(0x0102030405060708L),
        ThriftValue.of(-0.0),
        ThriftValue.of(Math.PI),
        ThriftValue.of(Double.NaN),
        ThriftValue.of(""),
        ThriftValue.of("Zoë, 名前, 🦉"),
        ThriftValue.of("a".repeat(70_000).getBytes(UTF_8)),
        ThriftValue.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
        ThriftValue.struct(),
        ThriftValue.list(STRING),
        ThriftValue.list(BYTE, Arrays.copyOf(bytes, 14)),
        ThriftValue.list(BYTE, Arrays.copyOf(bytes, 15)),
        ThriftValue.list(BYTE, Arrays.copyOf(bytes, 16)),
        ThriftValue.list(BYTE, bytes),
        ThriftValue.set(BOOL, ThriftValue.of(true), ThriftValue.of(false)),
        ThriftValue.map(STRING, I32),
        ThriftValue.map(BOOL, LIST, ThriftValue.of(false), ThriftValue.list(BOOL)));
  }

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }
}
