package readiness.dissect;

import static org.assertj.core.api.Assertions.assertThat;
import static readiness.dissect.Format.THRIFT_BINARY;
import static readiness.dissect.Format.THRIFT_COMPACT;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.junit.jupiter.api.Test;
import readiness.dissect.Part.Kind;
import readiness.testing.Seeds;

/**
 * Thrift in its two protocols: structs, messages and frames, told from each other by their bytes.
 */
class ThriftDissectorTest {
  private static final Map<Format, TProtocolFactory> PROTOCOLS =
      Map.of(
          THRIFT_BINARY, new TBinaryProtocol.Factory(),
          THRIFT_COMPACT, new TCompactProtocol.Factory());

  @Test
  void aCallInAFrameInBinary() {
    Dissected call =
        Dissected.of(
            THRIFT_BINARY,
            """
            00000029 80010001 00000006 666f6c6c6f77 00000007
            0a 0001 0000000000000005 0a 0002 fffffffffffffff9 00\
            """);

    assertThat(call.listing())
        .isEqualTo(
            """
            0000  00 00 00 29              a frame of 41 bytes
            0004  80 01 00 01              a message, version 1: a call
            0008  00 00 00 06              6 bytes
            000c  66 6f 6c 6c 6f 77        "follow"
            0012  00 00 00 07              sequence id 7
            0016                           its arguments, a struct:
            0016  0a 00 01                   field 1, i64
            0019  00 00 00 00 00 00 00 05    5
            0021  0a 00 02                   field 2, i64
            0024  ff ff ff ff ff ff ff f9    -7
            002c  00                       end of the struct
            """);
    assertThat(call.valid()).isTrue();
  }

  @Test
  void theSameCallInCompact() {
    assertThat(
            Dissected.of(THRIFT_COMPACT, "00000011 82 21 07 06 666f6c6c6f77 16 0a 16 0d 00 00")
                .texts())
        .as("a frame whose length does not fit is none")
        .last()
        .asString()
        .endsWith(
            "behind the end of the struct there is more: 19 bytes; in a frame of 17"
                + " bytes there would be 16");
    assertThat(
            Dissected.of(THRIFT_COMPACT, "0000000f 82 21 07 06 666f6c6c6f77 16 0a 16 0d 00")
                .listing())
        .isEqualTo(
            """
            0000  00 00 00 0f              a frame of 15 bytes
            0004  82                       a message in the compact protocol:
            0005  21                       version 1: a call
            0006  07                       sequence id 7
            0007  06                       6 bytes
            0008  66 6f 6c 6c 6f 77        "follow"
            000e                           its arguments, a struct:
            000e  16                         field 1, i64
            000f  0a                         5
            0010  16                         field 2, i64
            0011  0d                         -7
            0012  00                       end of the struct
            """);
  }

  @Test
  void aStructOfFewBytesIsNoFrame() {
    assertThat(Dissected.of(THRIFT_COMPACT, "15 06 00").texts())
        .containsExactly("a struct:", "field 1, i32", "3", "end of the struct");
    assertThat(Dissected.of(THRIFT_BINARY, "00").texts())
        .containsExactly("a struct:", "end of the struct");
    assertThat(Dissected.of(THRIFT_BINARY, "00 00 00 00").texts())
        .last()
        .isEqualTo("✗ at 0001, byte 1: behind the end of the struct there is more: 3 bytes");
  }

  @Test
  void containersAndWhatIsInThem() {
    assertThat(
            Dissected.of(
                    THRIFT_BINARY,
                    """
                    0f 0001 0c 00000002 02000201 00 00
                    0d 0002 0b 08 00000001 00000001 61 ffffffff
                    0e 0003 03 00000002 01 ff
                    0b 0004 00000002 c328 00\
                    """)
                .listing())
        .isEqualTo(
            """
            0000                           a struct:
            0000  0f 00 01                   field 1, list
            0003  0c 00 00 00 02             2 elements, each struct
            0008                               element 0, a struct:
            0008  02 00 02                       field 2, bool
            000b  01                             true
            000c  00                           end of the struct
            000d                               element 1, a struct:
            000d  00                           end of the struct
            000e  0d 00 02                   field 2, map
            0011  0b 08 00 00 00 01          1 pair, string to i32
            0017  00 00 00 01                  key 1 byte
            001b  61                           "a"
            001c  ff ff ff ff                  value -1
            0020  0e 00 03                   field 3, set
            0023  03 00 00 00 02             2 elements, each byte
            0028  01                           1
            0029  ff                           -1
            002a  0b 00 04                   field 4, string
            002d  00 00 00 02                2 bytes
            0031  c3 28                      bytes, not UTF-8
            0033  00                       end of the struct
            """);
  }

  @Test
  void inCompactATypeMaySayTheValueAndAnEmptyMapSaysNothing() {
    assertThat(Dissected.of(THRIFT_COMPACT, "11 12 1b 00 00").listing())
        .isEqualTo(
            """
            0000                           a struct:
            0000  11                         field 1, bool
            0001                             true, as its type has said
            0001  12                         field 2, bool
            0002                             false, as its type has said
            0002  1b                         field 3, map
            0003  00                         0 pairs
            0004  00                       end of the struct
            """);
  }

  @Test
  void whereBytesEndBeingValidThePlaceAndTheReasonAreTold() {
    Dissected cut = Dissected.of(THRIFT_BINARY, "08 0001 00000007 0b 0002 7fffffff 61");

    assertThat(cut.valid()).isFalse();
    assertThat(cut.listing())
        .isEqualTo(
            """
            0000                           a struct:
            0000  08 00 01                   field 1, i32
            0003  00 00 00 07                7
            0007  0b 00 02                   field 2, string
            000a  7f ff ff ff 61           ✗ at 000e, byte 14: 2,147,483,647 bytes are to follow, and 1 are left
            """);
    assertThat(Dissected.of(THRIFT_BINARY, "00 01").texts())
        .last()
        .isEqualTo("✗ at 0001, byte 1: behind the end of the struct there is more: 1 byte");
    assertThat(Dissected.of(THRIFT_BINARY, "80 02 00 01").valid()).isFalse();
  }

  @Test
  void whateverIsNestedAHundredThousandDeepIsRefused() {
    int deep = 100_000;
    for (List<String> each :
        List.of(
            List.of("0c0001", "0f0001" + "0f00000001".repeat(deep)),
            List.of("1c", "19" + "19".repeat(deep)))) {
      Format format = each.getFirst().length() == 2 ? THRIFT_COMPACT : THRIFT_BINARY;
      for (String hex : List.of(each.getFirst().repeat(deep), each.getLast())) {
        Dissected refused = Dissected.of(format, hex);
        assertThat(refused.valid()).isFalse();
        assertThat(refused.texts()).last().asString().contains("nested more than 64 deep");
      }
    }
  }

  @Test
  void whatLibthriftWritesIsTakenApartToItsLastByte() {
    PROTOCOLS.forEach((format, protocol) ->
        Seeds.each(
            300,
            seed -> {
              byte[] bytes = Messages.thrift(new Random(seed), protocol);
              Dissected dissected = Dissected.of(format, bytes);
              assertThat(dissected.valid()).as(dissected.listing()).isTrue();
              assertThat(Messages.cover(dissected, bytes)).isTrue();
            }));
  }

  @Test
  void whateverBecomesOfTheBytesEachIsInAPart() {
    PROTOCOLS.forEach((format, protocol) ->
        Seeds.each(
            3_000,
            seed -> {
              Random random = new Random(seed);
              byte[] bytes = Messages.changed(random, Messages.thrift(random, protocol));
              Dissected dissected = Dissected.of(format, bytes);
              assertThat(Messages.cover(dissected, bytes)).as(Messages.hex(bytes)).isTrue();
              assertThat(dissected.parts().getLast().kind() == Kind.WRONG)
                  .isNotEqualTo(dissected.valid());
            }));
  }

  @Test
  void whatWasReadBeforeIsToldWhereverTheMessageIsCutShort() {
    PROTOCOLS.forEach((format, protocol) -> {
      byte[] whole = Messages.thrift(new Random(3), protocol);
      List<String> lines = Dissected.of(format, whole).texts();
      for (int length = 1; length < whole.length; length++) {
        Dissected cut = Dissected.of(format, Arrays.copyOf(whole, length));
        assertThat(cut.valid()).isFalse();
        List<String> before = cut.texts().subList(0, cut.parts().size() - 1);
        assertThat(before).isEqualTo(lines.subList(0, before.size()));
      }
    });
  }
}
