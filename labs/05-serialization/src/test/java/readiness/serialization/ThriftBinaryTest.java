package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static readiness.serialization.ThriftType.BOOL;
import static readiness.serialization.ThriftType.BYTE;
import static readiness.serialization.ThriftType.DOUBLE;
import static readiness.serialization.ThriftType.I32;
import static readiness.serialization.ThriftType.I64;
import static readiness.serialization.ThriftType.LIST;
import static readiness.serialization.ThriftType.MAP;
import static readiness.serialization.ThriftType.STOP;
import static readiness.serialization.ThriftType.STRING;
import static readiness.serialization.ThriftType.STRUCT;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.oracle.thrift.SocialGraph;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Thrift's binary protocol, byte for byte beside libthrift, and what it owes to hostile bytes. */
@Step("thrift-binary")
@Tag("thrift-binary")
final class ThriftBinaryTest {
  private static final byte[] UNKNOWN = new byte[100];

  /** The sum of what {@link #writeNumbers} writes. */
  private static final long NUMBERS = 9;

  private final Story story = new Story();
  private final ThriftStories thrift = new ThriftStories(ThriftProtocol.BINARY);

  @Test
  @DisplayName("a struct with a string in field 1, as drawn above the class")
  void drawn() {
    byte[] bytes =
        thrift.written(out -> {
          out.writeStructBegin();
          out.writeFieldBegin(STRING, 1);
          out.writeString("Ada");
          out.writeStructEnd();
        });
    story.then("{1: \"Ada\"} → %s", Story.hex(bytes));
    story.expectBytes(
        hex("0b 00 01 00 00 00 03 41 64 61 00"),
        bytes,
        "type, number and value of the field, and a zero that ends the struct");
  }

  @Test
  @DisplayName("each type at its edges, as libthrift has it")
  void everyType() {
    for (ThriftValue value : edges()) {
      thrift.agrees(ThriftValue.struct(new ThriftValue.Field(1, value)));
    }
  }

  @Test
  @DisplayName("field numbers from the lowest to the highest")
  void everyId() {
    for (int id : new int[] {Short.MIN_VALUE, -1, 0, 1, 255, 256, Short.MAX_VALUE}) {
      thrift.agrees(ThriftValue.struct(new ThriftValue.Field(id, ThriftValue.of(true))));
    }
  }

  @Test
  @DisplayName("structs of everything, nested, written as libthrift does and read again")
  void seeds() {
    Seeds.each(300, seed -> thrift.agrees(ThriftValue.struct(new Random(seed), 4)));
  }

  @Test
  @DisplayName("persons, written as the code of the Thrift compiler does and read again")
  void persons() {
    thrift.agrees(new Person("Ada", 1, List.of("ada@example.org")));
    thrift.agrees(new Person("", 0, List.of()));
    Seeds.each(200, seed -> thrift.agrees(ThriftStories.person(new Random(seed))));
  }

  @Test
  @DisplayName("a person without a field, or with one twice")
  void missingAndTwice() {
    byte[] nothing = thrift.written(out -> ThriftValue.struct().write(out));
    story.then("a struct without fields is to be read as a person");
    String expected = "no name, 0 and no addresses: a missing field is no error";
    Person nobody =
        ThriftStories.read(story, expected, () -> PersonThrift.read(thrift.reader(nothing)));
    story.expect(nobody.equals(new Person("", 0, List.of())), expected, nobody.toString());
    ThriftValue twice =
        ThriftValue.struct(
            new ThriftValue.Field(1, ThriftValue.of("Ada")),
            new ThriftValue.Field(3, ThriftValue.list(STRING, ThriftValue.of("a@example.org"))),
            new ThriftValue.Field(1, ThriftValue.of("Bob")),
            new ThriftValue.Field(3, ThriftValue.list(STRING, ThriftValue.of("b@example.org"))));
    Person last = PersonThrift.read(thrift.reader(thrift.libthrifts(twice)));
    story.then("%s is read as a person → %s", twice, last);
    story.expect(
        last.equals(new Person("Bob", 0, List.of("b@example.org"))),
        "the last of each counts, as for libthrift",
        last.toString());
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
  @DisplayName("a list in a person's addresses that holds something else is refused")
  void otherElements() {
    for (ThriftValue list :
        List.of(
            ThriftValue.list(I32, ThriftValue.of(1)),
            ThriftValue.list(STRUCT, ThriftValue.struct()))) {
      byte[] bytes = thrift.libthrifts(ThriftValue.struct(new ThriftValue.Field(3, list)));
      story.then("field 3 of a person is %s: %s", list, Story.hex(bytes));
      story.expectMalformed(
          8, "its elements are not strings", () -> PersonThrift.read(thrift.reader(bytes)));
    }
    byte[] empty =
        thrift.libthrifts(ThriftValue.struct(new ThriftValue.Field(3, ThriftValue.list(I32))));
    story.then("field 3 of a person is an empty list of I32");
    String expected = "no addresses: an empty list is one of anything";
    Person person =
        ThriftStories.read(story, expected, () -> PersonThrift.read(thrift.reader(empty)));
    story.expect(person.emails().isEmpty(), expected, person.toString());
  }

  @Test
  @DisplayName("message headers of every kind, as libthrift has them")
  void messages() {
    for (byte type = ThriftMessage.CALL; type <= ThriftMessage.ONEWAY; type++) {
      thrift.agrees(new ThriftMessage("follow", type, 1));
    }
    for (int seqid : new int[] {0, -1, 127, 128, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      thrift.agrees(new ThriftMessage("", ThriftMessage.CALL, seqid));
      thrift.agrees(new ThriftMessage("Zoë", ThriftMessage.REPLY, seqid));
    }
    byte[] bytes =
        thrift.written(out -> out.writeMessageBegin(new ThriftMessage("a", ThriftMessage.CALL, 2)));
    story.then("call number 2 of a method a → %s", Story.hex(bytes));
    story.expectBytes(
        hex("80 01 00 01 00 00 00 01 61 00 00 00 02"),
        bytes,
        "version 1 and type 1, then the name, then the sequence id");
  }

  @Test
  @DisplayName("a call: its arguments are the fields of a struct, in any order, and more may come")
  void arguments() {
    byte[] call = libthriftsCall("ann", "bob");
    ThriftReader in = thrift.reader(call);
    ThriftMessage message = in.readMessageBegin();
    ThriftValue arguments = ThriftValue.read(in, STRUCT);
    story.then("libthrift's client calls follow(ann, bob): %s", Story.hex(call));
    story.expectBytes(
        hex(
            "80 01 00 01 00 00 00 06 66 6f 6c 6c 6f 77 00 00 00 01 "
                + "0b 00 01 00 00 00 03 61 6e 6e 0b 00 02 00 00 00 03 62 6f 62 00"),
        call,
        "the header, then a struct with a field for each argument");
    story.then("%s with %s", message, arguments);
    story.expect(
        message.equals(new ThriftMessage("follow", ThriftMessage.CALL, 1))
            && arguments.toString().equals("{1: \"ann\", 2: \"bob\"}"),
        "the first call of this client, and a struct of two fields",
        "%s with %s".formatted(message, arguments));
    byte[] newer =
        thrift.libthrifts(
            ThriftValue.struct(
                new ThriftValue.Field(2, ThriftValue.of("bob")),
                new ThriftValue.Field(3, ThriftValue.of("since Monday")),
                new ThriftValue.Field(1, ThriftValue.of("ann"))));
    story.then("a newer client has a third parameter, and says the second one first");
    String expected = "follow(ann, bob): by their numbers, and in any order";
    String read = ThriftStories.read(story, expected, () -> follow(thrift.reader(newer)));
    story.expect(read.equals("follow(ann, bob)"), expected, read);
  }

  /** The arguments of a call, as the server's code reads them. */
  private static String follow(ThriftReader in) {
    String follower = "";
    String followee = "";
    in.readStructBegin();
    for (ThriftType type = in.readFieldBegin(); type != STOP; type = in.readFieldBegin()) {
      if (in.fieldId() == 1 && type == STRING) {
        follower = in.readString();
      } else if (in.fieldId() == 2 && type == STRING) {
        followee = in.readString();
      } else {
        in.skip(type);
      }
    }
    in.readStructEnd();
    return "follow(%s, %s)".formatted(follower, followee);
  }

  /** What libthrift's client sends for a call. */
  private static byte[] libthriftsCall(String follower, String followee) {
    try {
      TMemoryBuffer sent = new TMemoryBuffer(64);
      TMemoryBuffer nothing = new TMemoryBuffer(64);
      try {
        new SocialGraph.Client(new TBinaryProtocol(nothing), new TBinaryProtocol(sent))
            .follow(follower, followee);
      } catch (TTransportException e) {
        // The call is sent, and nobody answers it.
      }
      return Arrays.copyOf(sent.getArray(), sent.length());
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("the old header, without a version, is read too")
  void oldHeader() throws TException {
    for (String name : List.of("follow", "", "Zoë")) {
      TMemoryBuffer memory = new TMemoryBuffer(64);
      new TBinaryProtocol(memory, false, false)
          .writeMessageBegin(new TMessage(name, ThriftMessage.CALL, -7));
      byte[] bytes = Arrays.copyOf(memory.getArray(), memory.length());
      story.then("a client without versions calls \"%s\": %s", name, Story.hex(bytes));
      ThriftMessage message =
          ThriftStories.read(
              story,
              "a header: its first word is the length of the name",
              () -> thrift.reader(bytes).readMessageBegin());
      story.expect(
          message.equals(new ThriftMessage(name, ThriftMessage.CALL, -7)),
          "call number −7 of \"%s\"".formatted(name),
          message.toString());
    }
  }

  @Test
  @DisplayName("a header of another version is refused")
  void otherVersions() {
    for (String first : List.of("80 02 00 01", "81 01 00 01", "ff ff ff ff", "80 00 00 01")) {
      byte[] bytes = hex(first + " 00 00 00 01 61 00 00 00 02");
      story.then("a message begins with %s", first);
      story.expectMalformed(
          0, "that is not version 1", () -> thrift.reader(bytes).readMessageBegin());
    }
    byte[] bytes = hex("80 01 7f 03 00 00 00 01 61 00 00 00 02");
    story.then("a message begins with 80 01 7f 03");
    String expected = "type 3: the third byte means nothing";
    ThriftMessage message =
        ThriftStories.read(story, expected, () -> thrift.reader(bytes).readMessageBegin());
    story.expect(message.type() == ThriftMessage.EXCEPTION, expected, "type " + message.type());
  }

  @Test
  @DisplayName("sizes are held against what is left, before there is room for them")
  void sizes() {
    Hostile persons = thrift.hostilePersons();
    persons.read(hex("0f 00 03 0b 7f ff ff ff 00"));
    persons.read(hex("0b 00 01 7f ff ff ff 41 00"));
    for (String size : List.of("7f ff ff ff", "ff ff ff ff", "80 00 00 00", "00 00 00 02")) {
      for (String type : List.of("02", "0b", "0c", "0f")) {
        byte[] list = hex("0f 00 03 " + type + " " + size + " 00");
        story.then("a list of nine bytes says that it has %s elements", size);
        story.expectMalformed(8, "one byte is left", () -> list(thrift.reader(list)));
      }
      byte[] map = hex("0d 00 03 03 03 " + size + " 00 00 00");
      story.then("of a map of twelve bytes, the size is %s", size);
      story.expectMalformed(
          9, "three bytes are left, and a pair takes two", () -> map(thrift.reader(map)));
    }
    byte[] pair = hex("0d 00 03 03 03 00 00 00 01 07 08 00");
    story.then("a map of one pair comes with the two bytes it needs, and the stop");
    int pairs = ThriftStories.read(story, "one pair", () -> map(thrift.reader(pair)));
    story.expect(pairs == 1, "one pair", "" + pairs);
    for (String length : List.of("7f ff ff ff", "ff ff ff ff", "80 00 00 00", "00 00 00 02")) {
      byte[] string = hex("0b 00 01 " + length + " 41");
      story.then("a string of one byte says that it has %s", length);
      story.expectMalformed(7, "one byte is left", () -> PersonThrift.read(thrift.reader(string)));
      byte[] unknown = hex("0b 00 09 " + length + " 41");
      story.expectMalformed(
          7, "in a field that nobody knows too", () -> PersonThrift.read(thrift.reader(unknown)));
    }
  }

  private static int list(ThriftReader in) {
    in.readStructBegin();
    in.readFieldBegin();
    return in.readListBegin();
  }

  private static int map(ThriftReader in) {
    in.readStructBegin();
    in.readFieldBegin();
    return in.readMapBegin();
  }

  @Test
  @DisplayName("types that there are not are refused, wherever they stand")
  void otherTypes() {
    for (int type : new int[] {1, 5, 7, 9, 17, 0x7f, 0x80, 0xff}) {
      String number = HexFormat.of().toHexDigits((byte) type);
      byte[] field = hex(number + " 00 09 00 00 00 00 00");
      story.then("a field is of type %d", type);
      story.expectMalformed(
          0, "there is no such type", () -> PersonThrift.read(thrift.reader(field)));
      byte[] list = hex("0f 00 09 " + number + " 00 00 00 01 00 00");
      story.then("a list's elements are of type %d", type);
      story.expectMalformed(
          3, "there is no such type", () -> PersonThrift.read(thrift.reader(list)));
    }
    byte[] stops = hex("0f 00 09 00 00 00 00 01 00 00");
    story.then("a list has one element of type STOP");
    story.expectMalformed(
        8, "no value is of that type", () -> PersonThrift.read(thrift.reader(stops)));
  }

  @Test
  @DisplayName("cut off at each byte")
  void cutShort() {
    byte[] whole =
        thrift.libthrifts(
            ThriftStories.withUnknownFields(
                new Person("Zoë", 77, List.of("zoe@example.org", "")), new Random(5)));
    PersonThrift codec = new PersonThrift(ThriftProtocol.BINARY);
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
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    story.then("a byte more comes");
    story.expectMalformed(
        whole.length,
        "behind the struct nothing belongs to the person",
        () -> codec.read(ThriftStories.opened(longer)));
  }

  @Test
  @DisplayName("text that is not UTF-8 is refused, where libthrift makes something else of it")
  void otherTexts() throws TException {
    for (String text :
        List.of(
            "80", "c3", "c0 80", "c1 bf", "e0 80 80", "ed a0 80", "f4 90 80 80", "ff", "f0 9f")) {
      byte[] bytes = hex("0b 00 01 00 00 00 %02x %s 00".formatted(hex(text).length, text));
      story.then("a person's name is %s", text);
      String libthrifts =
          new ThriftLibrary(ThriftProtocol.BINARY)
              .read(
                  bytes,
                  in -> {
                    var person = new readiness.oracle.thrift.Person();
                    person.read(in);
                    return person.name;
                  })
              .value();
      story.expect(
          libthrifts.contains("\uFFFD"), "libthrift reads U+FFFD in its place", libthrifts);
      story.expectMalformed(
          7, "that is no text in UTF-8", () -> PersonThrift.read(thrift.reader(bytes)));
    }
    byte[] said = thrift.written(out -> out.writeString("\uFFFD"));
    String back = thrift.reader(said).readString();
    story.then("U+FFFD itself is sent → %s", back);
    story.expect(back.equals("\uFFFD"), "a character as good as another", back);
    byte[] binary = hex("0b 00 09 00 00 00 02 c0 80 00");
    story.then("a field that nobody knows holds c0 80");
    ThriftStories.read(
        story,
        "it is passed by: it may well be a binary",
        () -> PersonThrift.read(thrift.reader(binary)));
  }

  @Test
  @DisplayName("64 structs, one in another, and not one more: read, passed by, and written")
  void depth() {
    byte[] most = nested(ThriftReader.MAX_DEPTH);
    byte[] more = nested(ThriftReader.MAX_DEPTH + 1);
    story.then("64 structs are to be read, one in another");
    ThriftStories.read(story, "64 structs", () -> ThriftValue.read(thrift.reader(most), STRUCT));
    story.then("65 are to be");
    int place = 3 * ThriftReader.MAX_DEPTH;
    story.expectMalformed(
        place, "64 are the most", () -> ThriftValue.read(thrift.reader(more), STRUCT));
    story.then("64 are to be passed by");
    skipped(thrift.reader(most));
    story.then("65 are to be passed by");
    story.expectMalformed(place, "64 are the most", () -> thrift.reader(more).skip(STRUCT));
    story.then("of 65 the outermost is a person, and the others are in a field of it");
    story.expectMalformed(
        place,
        "what is known and what is passed by count together",
        () -> PersonThrift.read(thrift.reader(more)));
    story.then("64 structs are read and left, and 64 again, with the same reader");
    ThriftReader twice = thrift.reader(joined(most, most));
    skipped(twice);
    skipped(twice);
    story.then("64 structs are written, one in another");
    byte[] written =
        thrift.written(out -> {
          begin(out, ThriftReader.MAX_DEPTH);
          for (int i = 0; i < ThriftReader.MAX_DEPTH; i++) {
            out.writeStructEnd();
          }
        });
    story.expectBytes(most, written, "63 times a field and its struct, then 64 times the stop");
    story.then("64 structs are begun, and a person is to be in the innermost");
    ThriftWriter deepest = ThriftProtocol.BINARY.writer(new ByteWriter());
    begin(deepest, ThriftReader.MAX_DEPTH);
    deepest.writeFieldBegin(STRUCT, 1);
    try {
      PersonThrift.write(new Person("Ada", 1, List.of()), deepest);
    } catch (IllegalArgumentException e) {
      return;
    }
    throw story.finding("an IllegalArgumentException: no reader takes it", "nothing is thrown");
  }

  /** Begins so many structs, one in another. */
  private static void begin(ThriftWriter out, int depth) {
    for (int i = 0; i < depth; i++) {
      if (i > 0) {
        out.writeFieldBegin(STRUCT, 1);
      }
      out.writeStructBegin();
    }
  }

  private void skipped(ThriftReader in) {
    ThriftStories.read(
        story,
        "all of them are passed by",
        () -> {
          in.skip(STRUCT);
          return in;
        });
  }

  /** So many structs, one in another. */
  private static byte[] nested(int depth) {
    byte[] bytes = new byte[3 * (depth - 1) + depth];
    for (int i = 0; i < depth - 1; i++) {
      bytes[3 * i] = 12;
      bytes[3 * i + 2] = 1;
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  @DisplayName("100,000 levels are passed by in no field: structs, lists, sets and maps")
  void deep() {
    int levels = 100_000;
    for (String level :
        List.of(
            "0c 0c 00 01",
            "0f 0f 00 00 00 01",
            "0e 0e 00 00 00 01",
            "0d 0d 03 00 00 00 01",
            "0d 03 0d 00 00 00 01 07")) {
      // The type of the field, then what each level begins with.
      byte[] one = hex(level.substring(3));
      byte[] bytes = new byte[3 + levels * one.length];
      bytes[0] = hex(level.substring(0, 2))[0];
      bytes[2] = 9;
      for (int i = 0; i < levels; i++) {
        System.arraycopy(one, 0, bytes, 3 + i * one.length, one.length);
      }
      story.then("a field of a person nests %,d levels of %s", levels, level);
      try {
        PersonThrift.read(thrift.reader(bytes));
      } catch (MalformedException e) {
        story.expect(e.position() < 1_000, "it ends after 64 levels", e.getMessage());
        continue;
      } catch (StackOverflowError e) {
        throw story.finding("a MalformedException after 64 levels", e);
      }
      throw story.finding("a MalformedException after 64 levels", "nothing is thrown");
    }
  }

  @Test
  @DisplayName("lists within lists count as levels, and what is no nest does not")
  void levels() {
    // A person and 63 lists are 64 levels; the innermost holds a byte.
    byte[] most = lists(63);
    story.then("a field of a person nests 63 lists, with a byte in the innermost");
    ThriftStories.read(story, "they are passed by", () -> PersonThrift.read(thrift.reader(most)));
    byte[] more = lists(64);
    story.then("it nests 64");
    story.expectMalformed(
        3 + 63 * 5,
        "that makes 65 levels with the person",
        () -> PersonThrift.read(thrift.reader(more)));
  }

  /** A struct with a field of so many lists, one in another, and a byte in the innermost. */
  private static byte[] lists(int depth) {
    byte[] bytes = new byte[3 + 5 * depth + 2];
    bytes[0] = 15;
    bytes[2] = 9;
    for (int i = 0; i < depth; i++) {
      bytes[3 + 5 * i] = (byte) (i == depth - 1 ? BYTE.binary : LIST.binary);
      bytes[3 + 5 * i + 4] = 1;
    }
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
    ThriftWriter out = ThriftProtocol.BINARY.writer(bytes);
    writeNumbers(out);
    ByteReader in = ThriftStories.opened(bytes.toByteArray());
    ThriftReader reader = ThriftProtocol.BINARY.reader(in);
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
    return List.of(
        ThriftValue.of(true),
        ThriftValue.of(false),
        ThriftValue.of(Byte.MIN_VALUE),
        ThriftValue.of(Byte.MAX_VALUE),
        ThriftValue.of(Short.MIN_VALUE),
        ThriftValue.of((short) 258),
        ThriftValue.of(Integer.MIN_VALUE),
        ThriftValue.of(0x01020304),
        ThriftValue.of(-1),
        ThriftValue.of(Long.MIN_VALUE),
        ThriftValue.of(0x0102030405060708L),
        ThriftValue.of(0.0),
        ThriftValue.of(-0.0),
        ThriftValue.of(Math.PI),
        ThriftValue.of(Double.MIN_VALUE),
        ThriftValue.of(Double.NaN),
        ThriftValue.of(Double.NEGATIVE_INFINITY),
        ThriftValue.of(""),
        ThriftValue.of("Zoë, 名前, 🦉"),
        ThriftValue.of("a".repeat(70_000).getBytes(UTF_8)),
        ThriftValue.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
        ThriftValue.struct(),
        ThriftValue.struct(new ThriftValue.Field(1, ThriftValue.struct())),
        ThriftValue.list(STRING),
        ThriftValue.list(BOOL, ThriftValue.of(true), ThriftValue.of(false)),
        ThriftValue.list(STRUCT, ThriftValue.struct(), ThriftValue.struct()),
        ThriftValue.set(I64, ThriftValue.of(1L), ThriftValue.of(-1L)),
        ThriftValue.map(STRING, I32),
        ThriftValue.map(STRING, I32, ThriftValue.of("a"), ThriftValue.of(1)));
  }

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }
}
