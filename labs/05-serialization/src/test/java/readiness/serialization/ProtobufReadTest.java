package readiness.serialization;

import com.google.protobuf.CodedOutputStream;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** What is read in Protobuf, beside protobuf-java: what it says, and whether it is refused. */
@Step("protobuf-read")
@Tag("protobuf-read")
final class ProtobufReadTest {
  private static final int SGROUP = WireType.SGROUP;
  private static final int EGROUP = WireType.EGROUP;

  /** Deep enough for a stack to overflow, and small: 200 KB. */
  private static final int DEEP = 100_000;

  private final Story story = new Story();

  @Test
  @DisplayName("Ada, 7, ada@b.org")
  void drawn() {
    person("0a 03 41 64 61 10 07 1a 09 61 64 61 40 62 2e 6f 72 67", "three fields");
    person("1a 09 61 64 61 40 62 2e 6f 72 67 10 07 0a 03 41 64 61", "fields come in any order");
    person("", "what is missing has its default");
    profile("", "what is missing is absent, or has its default");
  }

  @Test
  @DisplayName("messages of every kind, as protobuf-java writes them")
  void seeds() {
    Seeds.each(
        200,
        seed -> {
          Random random = new Random(seed);
          Story story = new Story();
          String why = "it has written this itself";
          BesideProtobuf.PERSON.read(
              story, Messages.protobuf(Messages.person(random)).toByteArray(), why);
          BesideProtobuf.PROFILE.read(
              story, Messages.protobuf(Messages.profile(random)).toByteArray(), why);
          BesideProtobuf.SCALARS.read(story, Messages.scalars(random, 3).toByteArray(), why);
        });
  }

  @Test
  @DisplayName("profiles in pieces, with fields of other types and other schemas, and groups")
  void pieces() {
    Seeds.each(
        500,
        seed ->
            BesideProtobuf.PROFILE.read(
                new Story(),
                Messages.pieces(new Random(seed)),
                "pieces that come on top of each other, and fields of other schemas"));
  }

  @Test
  @DisplayName("of a field that comes twice, the last one counts")
  void lastWins() {
    person("10 07 0a 03 41 64 61 10 08 0a 01 42", "of a scalar the last one counts");
    profile("12 01 41 12 00", "of an optional text as well, empty or not");
    profile("18 02 18 00", "of an enum as well, at its default or not");
  }

  @Test
  @DisplayName("of a oneof, the last member counts")
  void oneof() {
    profile("32 01 35 39 01 00 00 00 00 00 00 00", "the frequency came last");
    profile("39 01 00 00 00 00 00 00 00 32 01 35", "the phone number came last");
    profile("39 01 00 00 00 00 00 00 00 32 00", "an empty phone number is one");
  }

  @Test
  @DisplayName("a message that comes twice is merged")
  void merged() {
    profile(
        "0a 0a 0a 03 41 64 61 10 07 1a 01 61 0a 05 10 08 1a 01 62",
        "the second piece has no name and adds an e-mail address");
    profile("0a 05 0a 03 41 64 61 0a 00", "an empty piece changes nothing");
  }

  @Test
  @DisplayName(
      "of a map's key that comes twice, the last one counts; what an entry lacks is default")
  void maps() {
    profile("2a 05 0a 01 61 10 01 2a 05 0a 01 62 10 02 2a 05 0a 01 61 10 03", "a is 3 in the end");
    profile("2a 02 10 05", "an entry without a key is that of the empty text");
    profile("2a 03 0a 01 61", "an entry without a value is 0");
    profile("2a 00", "an entry without either is both");
    profile("2a 05 10 05 0a 01 61", "an entry's fields come in any order too");
    profile("2a 08 0a 01 61 10 05 0a 01 62", "in an entry, too, the last one counts");
    profile("2a 08 0a 01 61 18 07 10 05 18", "an entry's unknown field is cut short");
    profile("2a 09 0a 01 61 18 07 10 05 18 07", "an entry's unknown fields are passed by");
  }

  @Test
  @DisplayName("numbers packed or not, or some of each, in their order")
  void packed() {
    profile("22 03 06 01 00", "packed");
    profile("20 06 20 01 20 00", "not packed, as a schema of proto2 has it");
    profile("20 06 22 02 01 00 20 9c 04 22 01 02", "both, one after the other");
    profile("22 00", "none");
    profile("22 02 06 80", "the last one is cut short within its bounds");
    profile("22 02 06 80 01", "the last one reaches over the bounds");
  }

  @Test
  @DisplayName("a known number with another type is an unknown field")
  void otherType() {
    person("08 05", "a name as a varint is passed by");
    person("15 01 02 03 04 10 07", "an id as four bytes is passed by");
    profile("12 01 41 10 05 21 01 02 03 04 05 06 07 08", "a nickname as a varint is kept");
    profile("0b 08 01 0c", "a person as a group is kept");
    profile("1a 01 05", "a visibility as bytes is kept");
  }

  @Test
  @DisplayName("an enum's number without a name is kept; of a number, the lower 32 bits")
  void numbers() {
    profile("18 07", "an open enum takes any number");
    profile("18 ff ff ff ff ff ff ff ff ff 01", "also −1");
    person("10 87 80 80 80 10", "2³² + 7 as an int32 is 7");
    profile("18 82 80 80 80 10", "2³² + 2 as an enum is 2");
    profile("20 83 80 80 80 10", "2³² + 3 as an sint32 is −2");
    scalars("68 80 80 80 80 10", "2³² as a bool is true: not all 64 bits are 0");
    scalars("68 02", "2 as a bool is true");
    person("0a 81 80 80 80 10 41", "a length of 2³² + 1 is 1");
    person("92 80 00 05", "a tag in a longer form than needed is field 2, LEN, and cut short");
    person("90 80 00 05", "a tag in a longer form than needed");
    scalars("68 01 68 00", "0 as a bool is false");
  }

  @Test
  @DisplayName("unknown fields are kept as they came, and written again behind what is known")
  void kept() {
    byte[] bytes = hex("98 06 05 12 01 41 a3 06 08 81 00 a4 06 18 02 9d 06 01 02 03 04");
    Profile profile =
        BesideProtobuf.PROFILE.read(
            story, bytes, "fields 99, 100 (a group) and 99 again are of a newer schema");
    story.expectBytes(
        hex("98 06 05 a3 06 08 81 00 a4 06 9d 06 01 02 03 04"),
        profile.unknown().toByteArray(),
        "tag and all, in their order, an 81 00 in the longer form it came in");
    ByteWriter out = new ByteWriter();
    new ProfileProtobuf().write(profile, out);
    story.then("write");
    story.expectBytes(
        hex("12 01 41 18 02 98 06 05 a3 06 08 81 00 a4 06 9d 06 01 02 03 04"),
        out.toByteArray(),
        "nothing of it is lost on somebody who passes it on");
  }

  @Test
  @DisplayName("a group ends where its own end is")
  void groups() {
    person("0b 0c", "an empty group");
    person("0b 10 05 0c 10 07", "what is within it, is not the person's");
    person("0b 13 14 1b 10 01 1c 0c", "groups within a group");
    person("0b 0b 0c 0c 10 07", "a group within a group of the same number");
    person("0b 14", "the end of another group");
    person("0b 13 0c 14", "two that cross");
    person("0b 10 05", "it does not end");
    person("0b", "it does not even begin");
    profile("0a 03 6b 10 05 6c", "it ends outside the message that it began in");
    profile("2a 02 1b 1c", "within a map's entry");
    profile("2a 01 1b 1c", "it ends outside the entry that it began in");
  }

  @Test
  @DisplayName("the end of a group that has not begun, at its place")
  void strayEnd() {
    refusedAt(2, "10 07 0c", "a group ends here that has not begun");
    refusedAt(0, "0c 10 07", "it is not the message's end either");
    profile("0a 01 0c", "nor that of a message within");
    profile("2a 01 1c", "nor that of a map's entry");
  }

  @Test
  @DisplayName("field number 0 and types that there are not, at their place")
  void noSuchTag() {
    refusedAt(0, "00", "there is no field 0");
    refusedAt(2, "10 07 02 00", "there is no field 0, whatever its type");
    refusedAt(2, "10 07 80 80 00", "nor in a longer form");
    refusedAt(0, "0e 00", "there is no type 6");
    refusedAt(2, "10 07 3f 00", "there is no type 7");
    profile("0a 02 00 00", "nor within another message");
  }

  @Test
  @DisplayName("a length beyond what is there: refused, and no memory taken for it")
  void longerThanThere() {
    for (String length :
        List.of(
            "06", "7f", "80 80 80 80 04", "ff ff ff ff 07", "ff ff ff ff 0f", "80 80 80 80 08")) {
      for (String tag : List.of("0a", "12", "22", "2a", "32", "9a 06")) {
        byte[] bytes = hex(tag + " " + length + " 41 42 43 44");
        BesideProtobuf.PROFILE.read(story, bytes, "four bytes follow");
        new Hostile("ProfileProtobuf.read", new ProfileProtobuf()::read).read(bytes);
      }
      byte[] bytes = hex("7a " + length + " 41 42 43 44");
      BesideProtobuf.SCALARS.read(story, bytes, "four bytes follow");
    }
  }

  @Test
  @DisplayName("a length beyond the message around it, though there are more bytes")
  void longerThanAround() {
    profile("0a 04 0a 03 41 42 43 44", "the name would end outside the person");
    profile("2a 04 0a 03 41 42 43 44", "the key would end outside its entry");
    profile("0a 04 9a 06 03 41 42 43", "an unknown field would end outside the person");
    scalars("92 01 04 92 01 02 68 01", "a message would end outside the one around it");
    scalars("92 01 04 82 01 02 01 02", "packed numbers would end outside the message");
    profile("0a 02 15 01 02 03 04", "four bytes would end outside the person");
  }

  @Test
  @DisplayName(
      "what is not UTF-8 is refused, at the byte where it begins; unknown bytes are not looked at")
  void utf8() {
    refusedAt(4, "0a 04 41 42 80 43", "80 begins no character");
    refusedAt(2, "0a 02 c0 80", "0 in two bytes is not UTF-8");
    refusedAt(3, "0a 04 41 ed a0 80", "a surrogate is no character");
    refusedAt(3, "0a 02 41 c3", "a character is cut short");
    refusedAt(2, "0a 04 f4 90 80 80", "beyond the last character");
    person("0a 03 ef bf bd", "U+FFFD itself is a character");
    profile("12 01 ff", "of a nickname");
    profile("2a 03 0a 01 ff", "of a key");
    profile("32 01 ff", "of a phone number");
    profile("9a 06 01 ff", "nobody knows whether an unknown field is a text");
  }

  @Test
  @DisplayName("a message cut off at each byte")
  void cut() {
    Random random = new Random(5);
    byte[] person = Messages.protobuf(Messages.person(random)).toByteArray();
    byte[] profile = Messages.pieces(random);
    for (int length = 0; length < person.length; length++) {
      BesideProtobuf.PERSON.read(
          new Story(), Arrays.copyOf(person, length), "cut off after %d bytes".formatted(length));
    }
    for (int length = 0; length < profile.length; length++) {
      BesideProtobuf.PROFILE.read(
          new Story(), Arrays.copyOf(profile, length), "cut off after %d bytes".formatted(length));
    }
    Hostile hostile = new Hostile("PersonProtobuf.read", new PersonProtobuf()::read);
    hostile.eachPrefix(person);
    new Hostile("ProfileProtobuf.read", new ProfileProtobuf()::read).eachPrefix(profile);
  }

  @Test
  @DisplayName("a hundred deep and no deeper: messages, groups, both")
  void depth() {
    for (int depth : new int[] {99, 100, 101, 102, DEEP}) {
      String why = "%,d deep, where 100 are the most".formatted(depth);
      BesideProtobuf.PERSON.read(story, groups(4, depth), "groups " + why);
      BesideProtobuf.PROFILE.read(story, groups(99, depth), "groups " + why);
      BesideProtobuf.SCALARS.read(story, groups(4, depth), "groups " + why);
      BesideProtobuf.SCALARS.read(story, within(depth, new byte[0]), "messages " + why);
      BesideProtobuf.SCALARS.read(
          story, within(50, groups(4, depth - 50)), "messages, and groups in them, " + why);
      byte[] entry = groups(3, depth - 1);
      BesideProtobuf.PROFILE.read(
          story, Messages.bytes(out -> out.writeByteArray(5, entry)), "groups in an entry " + why);
    }
  }

  @Test
  @DisplayName("a group that begins and begins and never ends")
  void neverEnds() {
    byte[] bytes = new byte[DEEP];
    Arrays.fill(bytes, (byte) (4 << 3 | SGROUP));
    String why = "100,000 groups begin";
    BesideProtobuf.PERSON.read(story, bytes, why);
    BesideProtobuf.PROFILE.read(story, bytes, why);
    BesideProtobuf.PROFILE.read(story, Messages.bytes(out -> out.writeByteArray(1, bytes)), why);
    BesideProtobuf.PROFILE.read(story, Messages.bytes(out -> out.writeByteArray(5, bytes)), why);
  }

  @Test
  @DisplayName("beside each other is not within each other")
  void beside() {
    BesideProtobuf.PROFILE.read(
        story,
        Messages.bytes(out -> {
          for (int i = 0; i < 300; i++) {
            out.writeTag(99, SGROUP);
            out.writeTag(99, EGROUP);
            out.writeByteArray(1, new byte[] {8 << 3 | SGROUP, 8 << 3 | EGROUP});
            out.writeByteArray(5, new byte[] {8 << 3 | SGROUP, 8 << 3 | EGROUP});
          }
        }),
        "300 groups, people and entries, one after the other, none deeper than two");
  }

  @Test
  @DisplayName("packed numbers are not nested, a hundred messages deep as little as at the top")
  void packedIsFlat() {
    byte[] packed = Messages.bytes(out -> out.writeByteArray(16, new byte[] {1, 2, 3}));
    BesideProtobuf.SCALARS.read(
        story, within(100, packed), "packed numbers in the innermost of 100 messages");
  }

  @Test
  @DisplayName("a person in four thousand pieces takes memory for as many, and not their square")
  void manyPieces() {
    long few = memory(1_000);
    long many = memory(4_000);
    story.then("1,000 pieces take %,d bytes of memory, 4,000 take %,d", few, many);
    story.expect(
        many < 8 * few,
        "about four times as much",
        "%.1f times: is all that came before copied with each piece?"
            .formatted((double) many / few));
  }

  private long memory(int pieces) {
    byte[] bytes =
        Messages.bytes(out -> {
          for (int i = 0; i < pieces; i++) {
            out.writeByteArray(1, new byte[] {3 << 3 | WireType.LEN, 1, 'a'});
          }
        });
    ByteReader in = new ByteReader().open(MemorySegment.ofArray(bytes));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Profile profile = new ProfileProtobuf().read(in);
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    int emails = profile.person() == null ? 0 : profile.person().emails().size();
    story.expect(emails == pieces, "%,d e-mail addresses".formatted(pieces), "" + emails);
    return taken;
  }

  @Test
  @DisplayName("what is entered is read to its end before it is left")
  void leftTooEarly() {
    ByteReader bytes = new ByteReader().open(MemorySegment.ofArray(hex("0a 02 10 07")));
    ProtobufReader in = new ProtobufReader(bytes);
    in.readTag();
    int outer = in.enterMessage();
    story.then("a message of two bytes is entered, and left without reading them");
    try {
      in.leaveMessage(outer);
    } catch (IllegalStateException e) {
      return;
    }
    throw story.finding(
        "an IllegalStateException: its fields would be taken for those around it",
        "nothing is thrown");
  }

  @Test
  @DisplayName(
      "thousands of broken messages: the same decision as protobuf-java's, and little memory")
  void hostile() {
    Hostile person = new Hostile("PersonProtobuf.read", new PersonProtobuf()::read);
    Hostile profile = new Hostile("ProfileProtobuf.read", new ProfileProtobuf()::read);
    person.each(500, random -> Messages.protobuf(Messages.person(random)).toByteArray());
    profile.each(1_000, Messages::pieces);
    Seeds.each(
        500,
        seed -> {
          Random random = new Random(seed);
          Story story = new Story();
          String why = "a message with something broken in it";
          byte[] broken = Hostile.bytes(random, Messages.pieces(random));
          BesideProtobuf.PROFILE.read(story, broken, why);
          broken = Hostile.bytes(random, Messages.protobuf(Messages.person(random)).toByteArray());
          BesideProtobuf.PERSON.read(story, broken, why);
          broken = Hostile.bytes(random, Messages.scalars(random, 2).toByteArray());
          BesideProtobuf.SCALARS.read(story, broken, why);
        });
  }

  @Test
  @DisplayName("numbers are read, and fields passed by, without taking memory")
  void takesNoMemory() {
    ByteReader bytes =
        new ByteReader()
            .open(MemorySegment.ofArray(hex("10 07 0b 13 08 01 14 0c 22 02 06 01 1d 01 02 03 04")));
    ProtobufReader in = new ProtobufReader(bytes);
    long[] read = new long[3];
    long garbage =
        Allocations.perRun(
            1_000,
            1_000,
            () -> {
              bytes.position = 0;
              in.readTag();
              read[0] = in.readInt32();
              in.skip(in.readTag());
              in.readTag();
              int outer = in.enterPacked();
              read[1] = in.readSInt32() + in.readSInt32();
              in.leavePacked(outer);
              in.readTag();
              read[2] = in.readFixed32();
            });
    story.then("an int32, a group, packed numbers and four bytes are read, 1,000 times");
    story.expect(
        Arrays.equals(read, new long[] {7, 2, 0x04030201}),
        "7, 3 + −1, 04030201",
        Arrays.toString(read));
    story.expect(
        garbage == 0,
        "no memory taken: the message lies in the reader's scratch memory",
        "%,d bytes for each".formatted(garbage));
  }

  private void person(String bytes, String why) {
    BesideProtobuf.PERSON.read(story, hex(bytes), why);
  }

  private void profile(String bytes, String why) {
    BesideProtobuf.PROFILE.read(story, hex(bytes), why);
  }

  private void scalars(String bytes, String why) {
    BesideProtobuf.SCALARS.read(story, hex(bytes), why);
  }

  /** Holds a person and a profile to refusing these bytes at that place. */
  private void refusedAt(int position, String bytes, String why) {
    byte[] message = hex(bytes);
    person(bytes, why);
    ByteReader in = new ByteReader().open(MemorySegment.ofArray(message));
    story.expectMalformed(position, why, () -> new PersonProtobuf().read(in));
  }

  /** So many groups, each within the one before. */
  private static byte[] groups(int field, int depth) {
    return Messages.bytes(out -> {
      for (int i = 0; i < depth; i++) {
        out.writeTag(field, SGROUP);
      }
      for (int i = 0; i < depth; i++) {
        out.writeTag(field, EGROUP);
      }
    });
  }

  /** So many messages, each within the one before, and these bytes in the innermost. */
  private static byte[] within(int depth, byte[] innermost) {
    // From back to front, since a length depends on the lengths within.
    byte[][] heads = new byte[depth][];
    int length = innermost.length;
    for (int i = depth - 1; i >= 0; i--) {
      int size = length;
      heads[i] = Messages.bytes(out -> head(out, size));
      length += heads[i].length;
    }
    return Messages.bytes(out -> {
      for (byte[] head : heads) {
        out.writeRawBytes(head);
      }
      out.writeRawBytes(innermost);
    });
  }

  private static void head(CodedOutputStream out, int length) throws IOException {
    out.writeTag(18, WireType.LEN);
    out.writeUInt32NoTag(length);
  }

  private static byte[] hex(String bytes) {
    return bytes.isEmpty() ? new byte[0] : HexFormat.ofDelimiter(" ").parseHex(bytes);
  }
}
