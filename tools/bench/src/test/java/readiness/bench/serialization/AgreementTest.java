package readiness.bench.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import readiness.bench.Rooms;
import readiness.serialization.Person;

/** What is compared must do the same work, and who does other work must be found out. */
class AgreementTest {
  private static final Person PERSON = new Person("Ada", 1, List.of());

  /** Says a person in bytes of its own. */
  private record Pretender(Person person, byte[] written) implements Side {
    @Override
    public Person read() {
      return person;
    }

    @Override
    public Object write() {
      return written;
    }
  }

  private static Side side(Person person, int... bytes) {
    byte[] written = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      written[i] = (byte) bytes[i];
    }
    return new Pretender(person, written);
  }

  @ParameterizedTest
  @EnumSource
  void everySideWritesTheSameBytesAndReadsTheSamePerson(Format format) {
    assertThat(Agreement.lengths(Rooms.classPath(SerializationRoom.CHAPTER), format))
        .hasSize(Message.values().length)
        .satisfies(lengths -> {
          assertThat(lengths[Message.SMALL.ordinal()]).isBetween(60, 120);
          assertThat(lengths[Message.NAMES.ordinal()]).isBetween(60, 120);
          assertThat(lengths[Message.LARGE.ordinal()]).isBetween(100 << 10, 120 << 10);
        });
  }

  @Test
  void anotherByteIsFoundOut() throws Exception {
    assertThat(
            Agreement.disagreement(
                PERSON, side(PERSON, 1, 2, 3), Map.of("libthrift", side(PERSON, 1, 2, 4))))
        .contains("byte 2 is another than in libthrift");
    assertThat(
            Agreement.disagreement(
                PERSON, side(PERSON, 1, 2), Map.of("libthrift", side(PERSON, 1, 2, 4))))
        .contains("byte 2 is another than in libthrift");
  }

  @Test
  void anotherPersonIsFoundOut() throws Exception {
    Person other = new Person("Ada", 2, List.of());

    assertThat(Agreement.disagreement(PERSON, side(other, 1), Map.of()))
        .contains("what is written is read as another person");
    assertThat(Agreement.disagreement(PERSON, side(PERSON, 1), Map.of("libthrift", side(other, 1))))
        .contains("libthrift reads another person");
    assertThat(
            Agreement.disagreement(PERSON, side(PERSON, 1), Map.of("libthrift", side(PERSON, 1))))
        .isEmpty();
  }
}
