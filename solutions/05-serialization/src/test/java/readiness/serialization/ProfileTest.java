package readiness.serialization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The records of Protobuf's two steps, and what takes a tag apart, which are given. */
final class ProfileTest {
  private final Story story = new Story();

  @Test
  @DisplayName("what a profile was made of may change, and the profile does not")
  void copies() {
    List<Integer> scores = new ArrayList<>(List.of(1));
    Map<String, Long> counters = new LinkedHashMap<>(Map.of("posts", 1L));
    Profile profile = profile(scores, counters);
    scores.add(2);
    counters.put("follows", 2L);
    story.then("a profile is made, then the list and the map get one more each");
    story.expect(profile.scores().equals(List.of(1)), "scores [1]", "" + profile.scores());
    story.expect(
        profile.counters().equals(Map.of("posts", 1L)), "one counter", "" + profile.counters());
    try {
      profile.counters().put("more", 3L);
    } catch (UnsupportedOperationException e) {
      return;
    }
    throw story.finding("a map that cannot be changed", "" + profile.counters());
  }

  @Test
  @DisplayName("counters stay in their order, which two equal profiles need not share")
  void order() {
    Map<String, Long> counters = new LinkedHashMap<>();
    for (int i = 100; i > 0; i--) {
      counters.put("c" + i, (long) i);
    }
    Profile profile = profile(List.of(), counters);
    List<String> kept = List.copyOf(profile.counters().keySet());
    story.then("a profile is made with 100 counters");
    story.expect(kept.equals(List.copyOf(counters.keySet())), "in their order", "" + kept);
    story.expect(
        profile.equals(profile(List.of(), new HashMap<>(counters))),
        "equal to one with the same counters in another order",
        "it is not");
  }

  @Test
  @DisplayName("a visibility is its number, with a name or without")
  void visibility() {
    for (int number : new int[] {0, 1, 2, 3, -1, Integer.MIN_VALUE}) {
      Visibility of = Visibility.of(number);
      story.then("Visibility.of(%d) → %s", number, of);
      story.expect(of.equals(new Visibility(number)), "number " + number, "" + of.number());
    }
    story.expect(Visibility.of(0) == Visibility.EVERYBODY, "the constant", "another");
    story.expect(Visibility.of(1) == Visibility.FRIENDS, "the constant", "another");
    story.expect(Visibility.of(2) == Visibility.NOBODY, "the constant", "another");
    String names = Visibility.EVERYBODY + " " + Visibility.of(1) + " " + Visibility.of(2);
    story.expect(names.equals("EVERYBODY FRIENDS NOBODY"), "their names", names);
    story.expect(Visibility.of(3).toString().equals("3"), "3 has none", "" + Visibility.of(3));
  }

  @Test
  @DisplayName("unknown fields are equal if their bytes are, and nobody can change them")
  void unknownFields() {
    UnknownFields fields = unknown(0x98, 0x06, 0x05);
    fields.toByteArray()[0] = 0;
    story.then("fields %s, of which somebody got the bytes and changed them", fields);
    story.expect(fields.equals(unknown(0x98, 0x06, 0x05)), "98 06 05", "" + fields);
    story.expect(fields.hashCode() == unknown(0x98, 0x06, 0x05).hashCode(), "one hash code", "two");
    story.expect(!fields.equals(unknown(0x98, 0x06, 0x06)), "unequal to 98 06 06", "equal");
    story.expect(UnknownFields.NONE.equals(unknown()), "no fields equal to none", "they are not");
    story.expect(fields.toString().equals("98 06 05"), "98 06 05", fields.toString());
  }

  @Test
  @DisplayName("a tag falls into field number and type, up to the largest")
  void tags() {
    for (int field : new int[] {0, 1, 15, 16, WireType.MAX_FIELD}) {
      for (int type = 0; type < 8; type++) {
        int tag = field << 3 | type;
        story.then("tag %s", Integer.toUnsignedString(tag));
        story.expect(WireType.field(tag) == field, "field " + field, "" + WireType.field(tag));
        story.expect(WireType.of(tag) == type, "type " + type, "" + WireType.of(tag));
      }
    }
  }

  @Test
  @DisplayName("a piece of an array is appended, and none that is not within it")
  void pieces() {
    ByteWriter out = new ByteWriter();
    byte[] source = {1, 2, 3, 4};
    out.writeBytes(source, 1, 2);
    story.then("of 1, 2, 3, 4 two are written, from index 1 on");
    story.expectBytes(new byte[] {2, 3}, out.toByteArray(), "2 and 3");
    for (int[] range : new int[][] {{3, 2}, {-1, 1}, {0, -1}}) {
      try {
        out.writeBytes(source, range[0], range[1]);
      } catch (IndexOutOfBoundsException e) {
        story.expect(out.length() == 2, "nothing more is written", out.length() + " bytes are");
        continue;
      }
      throw story.finding("an IndexOutOfBoundsException", "nothing is thrown");
    }
  }

  private static Profile profile(List<Integer> scores, Map<String, Long> counters) {
    return new Profile(
        null, null, Visibility.EVERYBODY, scores, counters, null, UnknownFields.NONE);
  }

  private static UnknownFields unknown(int... bytes) {
    ByteWriter gathered = new ByteWriter();
    for (int each : bytes) {
      gathered.writeByte(each);
    }
    return UnknownFields.of(gathered);
  }
}
