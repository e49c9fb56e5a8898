package readiness.serialization;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.oracle.Protos;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** What is written in Protobuf, byte for byte beside protobuf-java. */
@Step("protobuf-write")
@Tag("protobuf-write")
final class ProtobufWriteTest {
  private static final int[] INTS = {
    0, 1, -1, 63, 64, -64, -65, 127, 128, 300, -300, Integer.MAX_VALUE, Integer.MIN_VALUE
  };
  private static final long[] LONGS = {
    0, 1, -1, 64, -65, 127, 128, 1L << 32, -(1L << 32), Long.MAX_VALUE, Long.MIN_VALUE
  };

  private final Story story = new Story();

  @Test
  @DisplayName("a tag is the field number and the type, as drawn above WireType")
  void drawn() {
    writes(
        "writeString(3, \"a\")",
        out -> out.writeString(3, "a"),
        hex("1a 01 61"),
        "field 3, LEN is 3 << 3 | 2 = 1a; one byte follows");
  }

  @Test
  @DisplayName("field numbers of one to five bytes, before each type of value")
  void fieldNumbers() {
    for (int field :
        new int[] {1, 2, 15, 16, 2047, 2048, 262_143, 262_144, 1 << 25, (1 << 29) - 1}) {
      writes(
          "writeUInt32(%d, 5)".formatted(field),
          out -> out.writeUInt32(field, 5),
          out -> out.writeUInt32(field, 5));
      writes(
          "writeFixed64(%d, 5)".formatted(field),
          out -> out.writeFixed64(field, 5),
          out -> out.writeFixed64(field, 5));
      writes(
          "writeBytes(%d, …)".formatted(field),
          out -> out.writeBytes(field, new byte[] {7, 8}),
          out -> out.writeByteArray(field, new byte[] {7, 8}));
      writes(
          "writeFloat(%d, 5)".formatted(field),
          out -> out.writeFloat(field, 5),
          out -> out.writeFloat(field, 5));
    }
  }

  @Test
  @DisplayName(
      "a field number that does not fit beside the type is refused, and nothing is written")
  void noFieldNumber() {
    for (int field : new int[] {0, -1, 1 << 29, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      ByteWriter bytes = new ByteWriter();
      ProtobufWriter out = new ProtobufWriter(bytes);
      story.then("writeInt32(%d, 1)", field);
      String refused = "an IllegalArgumentException: field numbers have 29 bits, and 0 is none";
      try {
        out.writeInt32(field, 1);
      } catch (IllegalArgumentException e) {
        story.expect(
            bytes.length() == 0, "nothing is written", Story.hex(bytes.toByteArray()) + " is");
        continue;
      }
      throw story.finding(refused, Story.hex(bytes.toByteArray()) + " is written");
    }
  }

  @Test
  @DisplayName("integers of each type at their edges")
  void integers() {
    for (int value : INTS) {
      writes(
          "writeInt32(1, %d)".formatted(value),
          out -> out.writeInt32(1, value),
          out -> out.writeInt32(1, value));
      writes(
          "writeUInt32(1, %d)".formatted(value),
          out -> out.writeUInt32(1, value),
          out -> out.writeUInt32(1, value));
      writes(
          "writeSInt32(1, %d)".formatted(value),
          out -> out.writeSInt32(1, value),
          out -> out.writeSInt32(1, value));
      writes(
          "writeFixed32(1, %d)".formatted(value),
          out -> out.writeFixed32(1, value),
          out -> out.writeFixed32(1, value));
      writes(
          "writeSFixed32(1, %d)".formatted(value),
          out -> out.writeSFixed32(1, value),
          out -> out.writeSFixed32(1, value));
      writes(
          "writeEnum(1, %d)".formatted(value),
          out -> out.writeEnum(1, value),
          out -> out.writeEnum(1, value));
    }
  }

  @Test
  @DisplayName("integers of 64 bits at their edges")
  void longs() {
    for (long value : LONGS) {
      writes(
          "writeInt64(1, %d)".formatted(value),
          out -> out.writeInt64(1, value),
          out -> out.writeInt64(1, value));
      writes(
          "writeUInt64(1, %d)".formatted(value),
          out -> out.writeUInt64(1, value),
          out -> out.writeUInt64(1, value));
      writes(
          "writeSInt64(1, %d)".formatted(value),
          out -> out.writeSInt64(1, value),
          out -> out.writeSInt64(1, value));
      writes(
          "writeFixed64(1, %d)".formatted(value),
          out -> out.writeFixed64(1, value),
          out -> out.writeFixed64(1, value));
      writes(
          "writeSFixed64(1, %d)".formatted(value),
          out -> out.writeSFixed64(1, value),
          out -> out.writeSFixed64(1, value));
    }
  }

  @Test
  @DisplayName("bool, float and double, also a NaN with bits of its own")
  void realsAndBooleans() {
    writes("writeBool(1, true)", out -> out.writeBool(1, true), out -> out.writeBool(1, true));
    writes("writeBool(1, false)", out -> out.writeBool(1, false), out -> out.writeBool(1, false));
    float odd = Float.intBitsToFloat(0x7fc1_2345);
    for (float value : new float[] {0, -0.0f, 1.5f, Float.MIN_VALUE, Float.NaN, odd}) {
      writes(
          "writeFloat(1, %s), bits %x".formatted(value, Float.floatToRawIntBits(value)),
          out -> out.writeFloat(1, value),
          out -> out.writeFloat(1, value));
    }
    double strange = Double.longBitsToDouble(0x7ff8_0000_1234_5678L);
    for (double value : new double[] {0, -0.0, 1.5, Double.MIN_VALUE, Double.NaN, strange}) {
      writes(
          "writeDouble(1, %s), bits %x".formatted(value, Double.doubleToRawLongBits(value)),
          out -> out.writeDouble(1, value),
          out -> out.writeDouble(1, value));
    }
  }

  @Test
  @DisplayName("a text's length is that of its UTF-8, in bytes")
  void texts() {
    for (String text :
        List.of(
            "",
            "a",
            "Weiß",
            "€",
            "漢字",
            "😀",
            "a".repeat(127),
            "é".repeat(64),
            "a".repeat(20_000))) {
      String shown = text.length() < 20 ? text : text.charAt(0) + " and so on";
      writes(
          "writeString(1, \"%s\")".formatted(shown),
          out -> out.writeString(1, text),
          out -> out.writeString(1, text));
    }
  }

  @Test
  @DisplayName("half a character is no text")
  void loneSurrogate() {
    story.then("writeString(1, \"a\\uD83D\")");
    ByteWriter bytes = new ByteWriter();
    try {
      new ProtobufWriter(bytes).writeString(1, "a\uD83D");
    } catch (IllegalArgumentException e) {
      return;
    }
    throw story.finding(
        "an IllegalArgumentException: UTF-8 cannot say half of a surrogate pair",
        Story.hex(bytes.toByteArray()) + " is written");
  }

  @Test
  @DisplayName("+0.0 is the default of a float or double, and nothing else is, −0.0 included")
  void defaultOfReals() {
    for (double value : new double[] {0.0, -0.0, Double.MIN_VALUE, -1, Double.NaN}) {
      boolean right =
          Protos.Scalars.newBuilder().setDoubleValue(value).build().getSerializedSize() == 0;
      boolean is = ProtobufWriter.isDefault(value);
      story.then("isDefault(%s) → %s", value, is);
      story.expect(
          is == right,
          "%s: protobuf-java %s it".formatted(right, right ? "leaves out" : "writes"),
          "" + is);
      right =
          Protos.Scalars.newBuilder().setFloatValue((float) value).build().getSerializedSize() == 0;
      is = ProtobufWriter.isDefault((float) value);
      story.then("isDefault(%sf) → %s", (float) value, is);
      story.expect(
          is == right,
          "%s: protobuf-java %s it".formatted(right, right ? "leaves out" : "writes"),
          "" + is);
    }
  }

  @Test
  @DisplayName("a person with nothing in it takes no bytes")
  void nobody() {
    writes(
        new Person("", 0, List.of()), "fields without presence are not written at their default");
    writes(new Person("Ada", 0, List.of()), "so is an id of 0, and no e-mail address");
    writes(new Person("", 7, List.of()), "so is an empty name");
  }

  @Test
  @DisplayName("what is repeated is written each time, an empty text as well")
  void repeated() {
    writes(
        new Person("", 0, List.of("", "a@b.org", "")),
        "a list of three with one left out would be a list of two");
  }

  @Test
  @DisplayName("what has presence is written if it is there, also at its default value")
  void presence() {
    Profile nothing = profile(null, null, Visibility.EVERYBODY, List.of(), Map.of(), null);
    writes(nothing, "absent, absent, the default, empty, empty, none");
    writes(
        profile(null, "", Visibility.EVERYBODY, List.of(), Map.of(), null),
        "an optional text that is empty is there");
    writes(
        profile(
            new Person("", 0, List.of()), null, Visibility.EVERYBODY, List.of(), Map.of(), null),
        "a message with nothing in it is there");
    writes(
        profile(null, null, Visibility.EVERYBODY, List.of(), Map.of(), new Profile.Phone("")),
        "an empty phone number says which of the oneof it is");
    writes(
        profile(null, null, Visibility.EVERYBODY, List.of(), Map.of(), new Profile.Station(0)),
        "frequency 0 says which of the oneof it is");
  }

  @Test
  @DisplayName("an enum is written by its number, one without a name as well")
  void enums() {
    for (int number : new int[] {0, 1, 2, 3, 100, -1}) {
      writes(
          profile(null, null, Visibility.of(number), List.of(), Map.of(), null),
          "an open enum takes any number, and 0 is the default");
    }
  }

  @Test
  @DisplayName("repeated numbers are packed: one tag, one length, zeros as well")
  void packed() {
    writes(
        profile(null, null, Visibility.EVERYBODY, List.of(3, -1, 0, 270), Map.of(), null),
        "packed: one tag and one length for all four, each in ZigZag");
    writes(
        profile(null, null, Visibility.EVERYBODY, List.of(0), Map.of(), null),
        "a list with a 0 in it is not empty");
  }

  @Test
  @DisplayName("a map is a message for each entry, with key and value whatever they are")
  void maps() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("posts", 12L);
    counters.put("", 0L);
    counters.put("follows", -1L);
    writes(
        profile(null, null, Visibility.EVERYBODY, List.of(), counters, null),
        "in the map's order, and both fields of each entry, also at their defaults");
  }

  @Test
  @DisplayName("a length that takes more bytes than were kept free for it")
  void longValues() {
    for (int length : new int[] {0, 1, 127, 128, 129, 16_383, 16_384, 70_000, 2_097_152}) {
      ByteWriter bytes = new ByteWriter();
      ProtobufWriter out = new ProtobufWriter(bytes);
      byte[] value = new byte[length];
      new Random(length).nextBytes(value);
      out.writeInt32(1, 42);
      int begin = out.begin(2);
      for (byte each : value) {
        bytes.writeByte(each);
      }
      out.end(begin);
      out.writeInt32(3, 42);
      story.then("between two fields, begin(2), %,d bytes, end", length);
      story.expectBytes(
          Messages.bytes(theirs -> {
            theirs.writeInt32(1, 42);
            theirs.writeByteArray(2, value);
            theirs.writeInt32(3, 42);
          }),
          bytes.toByteArray(),
          "what protobuf-java writes, which knows the length before it begins");
    }
  }

  @Test
  @DisplayName("a value that fills the memory to its last byte, and has to move up")
  void full() {
    ByteWriter bytes = new ByteWriter();
    ProtobufWriter out = new ProtobufWriter(bytes);
    int begin = out.begin(1);
    int length = bytes.bytes.length - bytes.length();
    for (int i = 0; i < length; i++) {
      bytes.writeByte(i);
    }
    story.then(
        "begin(1), and %d bytes, up to the last of the %d in memory", length, bytes.bytes.length);
    try {
      out.end(begin);
    } catch (IndexOutOfBoundsException e) {
      throw story.then("end").finding("room for the longer length: ensure makes it", e);
    }
    byte[] value = new byte[length];
    for (int i = 0; i < length; i++) {
      value[i] = (byte) i;
    }
    story.expectBytes(
        Messages.bytes(theirs -> theirs.writeByteArray(1, value)),
        bytes.toByteArray(),
        "what protobuf-java writes");
  }

  @Test
  @DisplayName("fifty messages in one another, each longer than the one within")
  void nested() {
    Protos.Scalars message = Protos.Scalars.getDefaultInstance();
    for (int depth = 0; depth < 50; depth++) {
      message =
          Protos.Scalars.newBuilder()
              .setInt32Value(depth)
              .addTexts("x".repeat(depth * 7))
              .setNested(message)
              .build();
    }
    writes(
        new ScalarsCodec(),
        message,
        message.toByteArray(),
        "each length counts the lengths within");
  }

  @Test
  @DisplayName("messages with every scalar type, as protobuf-java writes them")
  void scalars() {
    Seeds.each(
        200,
        seed -> {
          Protos.Scalars message = Messages.scalars(new Random(seed), 3);
          new ProtobufWriteTest()
              .writes(new ScalarsCodec(), message, message.toByteArray(), "as protobuf-java does");
        });
  }

  @Test
  @DisplayName("people and profiles, as protobuf-java writes them")
  void seeds() {
    Seeds.each(
        200,
        seed -> {
          Random random = new Random(seed);
          new ProtobufWriteTest().writes(Messages.person(random), "as protobuf-java does");
          new ProtobufWriteTest().writes(Messages.profile(random), "as protobuf-java does");
        });
  }

  @Test
  @DisplayName("what a newer schema has added is written again, behind what is known")
  void unknown() throws InvalidProtocolBufferException {
    byte[] newer = hex("12 01 41 98 06 05 a2 06 02 68 69");
    story.then("somebody with a newer schema has sent %s: fields 99 and 100", Story.hex(newer));
    ByteWriter gathered = new ByteWriter();
    gathered.writeBytes(newer, 3, newer.length - 3);
    Profile profile =
        new Profile(
            null, "A", Visibility.NOBODY, List.of(), Map.of(), null, UnknownFields.of(gathered));
    writes(
        new ProfileProtobuf(),
        profile,
        Protos.Profile.parseFrom(newer).toBuilder()
            .setVisibility(Protos.Visibility.NOBODY)
            .build()
            .toByteArray(),
        "as protobuf-java passes it on after a change of the visibility");
  }

  @Test
  @DisplayName("what is written before stays, and room is made for more")
  void appends() {
    ByteWriter bytes = new ByteWriter();
    ProtobufWriter out = new ProtobufWriter(bytes);
    for (int i = 0; i < 1_000; i++) {
      out.writeSInt64(i + 1, -i);
      int begin = out.begin(i + 1);
      for (int more = 0; more < i; more++) {
        Varint.write(bytes, 1);
      }
      out.end(begin);
    }
    story.then("1,000 fields and 1,000 nested ones, one behind the other");
    story.expectBytes(
        Messages.bytes(theirs -> {
          for (int i = 0; i < 1_000; i++) {
            theirs.writeSInt64(i + 1, -i);
            byte[] ones = new byte[i];
            Arrays.fill(ones, (byte) 1);
            theirs.writeByteArray(i + 1, ones);
          }
        }),
        bytes.toByteArray(),
        "what protobuf-java writes");
  }

  @Test
  @DisplayName("numbers and nested messages are written without taking memory")
  void takesNoMemory() {
    ByteWriter bytes = new ByteWriter();
    ProtobufWriter out = new ProtobufWriter(bytes);
    long garbage =
        Allocations.perRun(
            1_000,
            1_000,
            () -> {
              bytes.clear();
              out.writeInt32(1, -1);
              int begin = out.begin(20);
              out.writeDouble(2, 0.1);
              out.writeSInt64(3, -1);
              out.writeBool(4, true);
              out.end(begin);
            });
    story.then("four numbers are written, three of them in a nested message, 1,000 times");
    story.expectBytes(
        hex("08 ff ff ff ff ff ff ff ff ff 01 a2 01 0d 11 9a 99 99 99 99 99 b9 3f 18 01 20 01"),
        bytes.toByteArray(),
        "what protobuf-java writes");
    story.expect(
        garbage == 0,
        "no memory taken: the message stands in the writer's scratch memory",
        "%,d bytes for each".formatted(garbage));
  }

  private static Profile profile(
      @Nullable Person person,
      @Nullable String nickname,
      Visibility visibility,
      List<Integer> scores,
      Map<String, Long> counters,
      Profile.@Nullable Contact contact) {
    return new Profile(person, nickname, visibility, scores, counters, contact, UnknownFields.NONE);
  }

  private void writes(String what, Consumer<ProtobufWriter> ours, Messages.Writing theirs) {
    writes(what, ours, Messages.bytes(theirs), "what protobuf-java writes");
  }

  private void writes(String what, Consumer<ProtobufWriter> ours, byte[] right, String why) {
    ByteWriter bytes = new ByteWriter();
    ours.accept(new ProtobufWriter(bytes));
    story.then("%s → %s", what, Story.hex(bytes.toByteArray()));
    story.expectBytes(right, bytes.toByteArray(), why);
  }

  private void writes(Person person, String why) {
    writes(new PersonProtobuf(), person, Messages.protobuf(person).toByteArray(), why);
  }

  private void writes(Profile profile, String why) {
    writes(new ProfileProtobuf(), profile, Messages.protobuf(profile).toByteArray(), why);
  }

  private <T> void writes(Codec<T> codec, T value, byte[] right, String why) {
    ByteWriter bytes = new ByteWriter();
    codec.write(value, bytes);
    story.then("%s → %s", shown(value), Story.hex(bytes.toByteArray()));
    story.expectBytes(right, bytes.toByteArray(), why);
  }

  /** As much of a value as people read. */
  private static String shown(Object value) {
    String text = value.toString().replace('\n', ' ');
    return text.length() <= 200 ? text : text.substring(0, 200) + " …";
  }

  private static byte[] hex(String bytes) {
    return HexFormat.ofDelimiter(" ").parseHex(bytes);
  }
}
