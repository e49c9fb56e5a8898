package readiness.dissect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static readiness.dissect.Format.PROTOBUF;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import readiness.dissect.Part.Kind;
import readiness.oracle.Protos;
import readiness.testing.Seeds;

/** Protobuf without a schema: what bytes can be, and where they end being anything. */
class ProtobufDissectorTest {
  private static byte[] nested(int levels, byte[] innermost) {
    byte[] message = innermost;
    for (int i = 0; i < levels; i++) {
      message =
          UnknownFieldSet.newBuilder()
              .addField(
                  1,
                  UnknownFieldSet.Field.newBuilder()
                      .addLengthDelimited(ByteString.copyFrom(message))
                      .build())
              .build()
              .toByteArray();
    }
    return message;
  }

  @Test
  void aPerson() {
    byte[] ada =
        Protos.Person.newBuilder()
            .setName("Ada")
            .setId(300)
            .addEmails("ada@example.org")
            .build()
            .toByteArray();

    assertThat(Dissected.of(PROTOBUF, ada).listing())
        .isEqualTo(
            """
            0000  0a                       field 1, length-delimited
            0001  03                       3 bytes
            0002  41 64 61                 "Ada"
            0005  10                       field 2, varint
            0006  ac 02                    300, zigzag 150
            0008  1a                       field 3, length-delimited
            0009  0f                       15 bytes
            000a  61 64 61 40 65 78 61 6d  "ada@example.org"
            0012  70 6c 65 2e 6f 72 67
            """);
  }

  @Test
  void aMessageInAMessageIsIndented() {
    assertThat(Dissected.of(PROTOBUF, "0a 04 0a 02 08 01 10 07").listing())
        .isEqualTo(
            """
            0000  0a                       field 1, length-delimited
            0001  04                       4 bytes, a message:
            0002  0a                         field 1, length-delimited
            0003  02                         2 bytes, a message:
            0004  08                           field 1, varint
            0005  01                           1, zigzag -1
            0006  10                       field 2, varint
            0007  07                       7, zigzag -4
            """);
  }

  @Test
  void whatCanBeATextOrAMessageIsShownAsBoth() {
    assertThat(Dissected.of(PROTOBUF, "1a 02 28 31").listing())
        .isEqualTo(
            """
            0000  1a                       field 3, length-delimited
            0001  02                       2 bytes, a text or a message
            0002  28 31                    as a text: "(1"
            0002                           as a message:
            0002  28                         field 5, varint
            0003  31                         49, zigzag -25
            """);
  }

  @Test
  void whatIsNeitherMayBePackedNumbers() {
    assertThat(Dissected.of(PROTOBUF, "22 03 02 01 0a").texts())
        .last()
        .isEqualTo("bytes, or packed varints: 2, 1, 10");
    assertThat(Dissected.of(PROTOBUF, "22 02 00 ff").texts()).last().isEqualTo("bytes");
    assertThat(Dissected.of(PROTOBUF, "22 0e 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d").texts())
        .last()
        .isEqualTo("bytes, or packed varints: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …");
    assertThat(Dissected.of(PROTOBUF, "22 00").texts())
        .last()
        .isEqualTo("0 bytes: an empty text, message or list");
  }

  @Test
  void aNumberIsShownInEachWayInWhichItCanBeMeant() {
    assertThat(Dissected.of(PROTOBUF, "08 00").texts()).last().isEqualTo("0");
    assertThat(Dissected.of(PROTOBUF, "08 ff ff ff ff ff ff ff ff ff 01").texts())
        .last()
        .isEqualTo("18446744073709551615, signed -1, zigzag -9223372036854775808");
    assertThat(Dissected.of(PROTOBUF, "0d 00 00 80 bf").texts())
        .last()
        .isEqualTo("3212836864, signed -1082130432, float -1.0");
    assertThat(Dissected.of(PROTOBUF, "09 00 00 00 00 00 00 f0 3f").texts())
        .last()
        .isEqualTo("4607182418800017408, double 1.0");
  }

  @Test
  void groupsAreShownAsWhatIsInThem() {
    assertThat(Dissected.of(PROTOBUF, "0b 10 01 0c").listing())
        .isEqualTo(
            """
            0000  0b                       field 1, a group begins
            0001  10                         field 2, varint
            0002  01                         1, zigzag -1
            0003  0c                       field 1, the group ends
            """);
  }

  @Test
  void whereBytesEndBeingValidThePlaceAndTheReasonAreTold() {
    Dissected cut = Dissected.of(PROTOBUF, "08 01 12 05 41 6c");

    assertThat(cut.valid()).isFalse();
    assertThat(cut.listing())
        .isEqualTo(
            """
            0000  08                       field 1, varint
            0001  01                       1, zigzag -1
            0002  12                       field 2, length-delimited
            0003  05 41 6c                 ✗ at 0004, byte 4: 5 bytes are to follow, and 2 are left
            """);
    assertThat(Dissected.of(PROTOBUF, "08 01 0f 00 00").texts())
        .last()
        .isEqualTo("✗ at 0002, byte 2: wire type 7");
    assertThat(Dissected.of(PROTOBUF, "0b 08 01").texts())
        .last()
        .isEqualTo("✗ at 0003, byte 3: a group does not end");
  }

  /**
   * Each level is ASCII and a field: with both readings of both readings, there were 2 to the 48th.
   */
  @Test
  void twoReadingsOnEachLevelAreTwiceAsManyAndNoMore() {
    byte[] message = "a".repeat(32).getBytes(US_ASCII);
    int levels = 0;
    while (message.length < 0x7e) {
      byte[] outer = new byte[message.length + 2];
      outer[0] = '"';
      outer[1] = (byte) message.length;
      System.arraycopy(message, 0, outer, 2, message.length);
      message = outer;
      levels++;
    }

    Dissected both = Dissected.of(PROTOBUF, message);

    assertThat(levels).isGreaterThan(40);
    assertThat(both.texts()).filteredOn(text -> text.equals("as a message:")).hasSize(levels - 1);
    assertThat(both.parts()).hasSizeLessThan(5 * levels);
  }

  @Test
  void nestedMessagesAreReadAsDeepAsProtobufReadsThem() {
    for (int levels : new int[] {99, 100, 101, 300}) {
      Dissected deep = Dissected.of(PROTOBUF, nested(levels, new byte[] {0x08, 0x01}));
      assertThat(deep.valid()).isTrue();
      assertThat(deep.parts().stream().mapToInt(Part::level).max()).hasValue(Math.min(levels, 100));
    }
  }

  private static byte[] groups(int levels) {
    byte[] groups = new byte[2 * levels];
    Arrays.fill(groups, 0, levels, (byte) 0x0b);
    Arrays.fill(groups, levels, 2 * levels, (byte) 0x0c);
    return groups;
  }

  @Test
  void groupsAreNestedAsDeepAsProtobufReadsThemAndInAFieldTheyEndWithoutAFault() {
    assertThat(Dissected.of(PROTOBUF, groups(100)).valid()).isTrue();
    assertThat(Dissected.of(PROTOBUF, groups(101)).valid()).isFalse();

    Dissected field = Dissected.of(PROTOBUF, nested(60, groups(60)));
    assertThat(field.valid()).as("it need not be a message").isTrue();
    assertThat(field.texts()).last().isEqualTo("field 1, the group ends");
    assertThat(field.texts()).contains("field 1, a group, too deep to be shown");
  }

  @Test
  void aHundredThousandGroupsAreRefusedAndInAMessageThatIsNotReadTheyAreBytes() {
    byte[] groups = groups(100_000);

    Dissected refused = Dissected.of(PROTOBUF, groups);
    Dissected bytes =
        Dissected.of(
            PROTOBUF,
            Protos.Scalars.newBuilder()
                .setBytesValue(ByteString.copyFrom(groups))
                .build()
                .toByteArray());

    assertThat(refused.valid()).isFalse();
    assertThat(refused.texts()).last().asString().contains("nested more than 100 deep");
    assertThat(bytes.valid()).isTrue();
    assertThat(bytes.texts()).last().asString().startsWith("bytes");
  }

  /**
   * protobuf-java keeps unknown fields and so reads any message: it is asked what is one. In one
   * thing we differ: of a varint whose tenth byte says that another one follows, protobuf-java
   * 4.36.2 often does not see it, and goes on behind that byte.
   */
  @Test
  void itIsAMessageForUsIfItIsOneForProtobufJava() {
    int[] seen = new int[2];
    Seeds.each(
        5_000,
        seed -> {
          byte[] bytes = Messages.changed(new Random(seed), Messages.protobuf(new Random(seed)));
          Dissected dissected = Dissected.of(PROTOBUF, bytes);
          if (!dissected.listing().contains("a varint of more than 10 bytes")) {
            assertThat(dissected.valid()).as(Messages.hex(bytes)).isEqualTo(isMessage(bytes));
          }
          assertThat(Messages.cover(dissected, bytes)).as(Messages.hex(bytes)).isTrue();
          seen[dissected.valid() ? 1 : 0]++;
        });
    assertThat(seen[0]).as("invalid ones").isPositive();
    assertThat(seen[1]).as("valid ones").isPositive();
  }

  private static boolean isMessage(byte[] bytes) {
    try {
      UnknownFieldSet.parseFrom(bytes);
      return true;
    } catch (InvalidProtocolBufferException _) {
      return false;
    }
  }

  @Test
  void whatWasReadBeforeIsToldWhereverTheMessageIsCutShort() {
    byte[] whole = Messages.protobuf(new Random(7));
    for (int length = 1; length < whole.length; length++) {
      Dissected cut = Dissected.of(PROTOBUF, Arrays.copyOf(whole, length));
      assertThat(cut.parts().getLast().kind() == Kind.WRONG).isNotEqualTo(cut.valid());
      assertThat(cut.parts().getLast().end()).isEqualTo(length);
    }
  }
}
