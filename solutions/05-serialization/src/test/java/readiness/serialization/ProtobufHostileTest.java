package readiness.serialization;

import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.kernel.Finding;

/** A million inputs for each decoder: the step's own test has time for thousands. */
@Tag("full")
final class ProtobufHostileTest {
  private static final int MANY = 1_000_000;

  /** What must have been reached; the numbers in it are n. */
  private static final Set<String> REACHED =
      Set.of(
          "a value",
          "n bytes are to follow, and n are left",
          "a varint is cut short",
          "a varint of more than n bytes",
          "field number n",
          "wire type n",
          "the end of a group that has not begun",
          "a group does not end",
          "no UTF-n: ff");

  @Test
  @DisplayName("a million people")
  void people() {
    reads("PersonProtobuf.read", new PersonProtobuf(), ProtobufHostileTest::person);
  }

  @Test
  @DisplayName("a million profiles, in pieces and with fields of other schemas")
  void profiles() {
    reads("ProfileProtobuf.read", new ProfileProtobuf(), Messages::pieces);
  }

  private static <T> void reads(String what, Codec<T> codec, Function<Random, byte[]> valid) {
    Hostile hostile = new Hostile(what, codec::read);
    hostile.exactly(MANY, valid);
    System.out.printf("%s: %s%n", what, hostile.outcomes());
    new Story()
        .then("%s reads %,d inputs", what, MANY)
        .expect(
            hostile.outcomes().keySet().containsAll(REACHED),
            "each of these outcomes at least once: " + REACHED,
            "" + hostile.outcomes());
  }

  @Test
  @DisplayName(
      "a hundred thousand of each kind: protobuf-java refuses the same, and reads the same")
  void besideProtobuf() {
    String why = "a message with something broken in it";
    for (int seed = 0; seed < MANY / 10; seed++) {
      Random random = new Random(seed);
      Story story = new Story();
      try {
        BesideProtobuf.PERSON.read(story, Hostile.bytes(random, person(random)), why);
        BesideProtobuf.PROFILE.read(story, Hostile.bytes(random, Messages.pieces(random)), why);
        byte[] scalars = Messages.scalars(random, 2).toByteArray();
        BesideProtobuf.SCALARS.read(story, Hostile.bytes(random, scalars), why);
      } catch (Finding e) {
        throw e.withSeed(Integer.toHexString(seed));
      }
    }
  }

  private static byte[] person(Random random) {
    return Messages.protobuf(Messages.person(random)).toByteArray();
  }
}
