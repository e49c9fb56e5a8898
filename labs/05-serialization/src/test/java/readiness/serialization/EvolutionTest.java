package readiness.serialization;

import static readiness.serialization.FieldType.INT32;
import static readiness.serialization.FieldType.STRING;
import static readiness.serialization.Presence.OPTIONAL;
import static readiness.serialization.Presence.REQUIRED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** What Compatibility says, held against messages that two versions really exchange. */
@Step("evolution")
@Tag("evolution")
final class EvolutionTest {
  private final Story story = new Story();

  @Test
  @DisplayName("every change of the table, in Protobuf, as protobuf-java has it")
  void protobuf() throws Exception {
    table(Format.PROTOBUF);
  }

  @Test
  @DisplayName("every change of the table, in Thrift, as libthrift has it")
  void thrift() throws Exception {
    table(Format.THRIFT);
  }

  @Test
  @DisplayName("every change of the table, in JSON, as Jackson has it")
  void json() throws Exception {
    table(Format.JSON);
  }

  private static void table(Format format) throws Exception {
    for (Change change : Change.ALL) {
      List<Peer> peers = LibraryPeers.of(format);
      agree(change.what(), change.old(), change.changed(), format, peers, peers, 0);
      agree(change.what(), change.changed(), change.old(), format, peers, peers, 0);
    }
  }

  @Test
  @DisplayName("two versions by chance: each field fares as it does with the libraries")
  void seeds() {
    Seeds.each(
        150,
        seed -> {
          Format format = format(seed);
          byChance(format, seed, LibraryPeers.of(format), LibraryPeers.of(format));
        });
  }

  @Test
  @DisplayName("the readers and writers of this chapter fare as the libraries do, and with them")
  void own() {
    Seeds.each(
        60,
        seed -> {
          Format format = format(seed);
          if (seed / Format.values().length % 2 == 0) {
            byChance(format, seed, OwnPeers.of(format), LibraryPeers.of(format));
          } else {
            byChance(format, seed, LibraryPeers.of(format), OwnPeers.of(format));
          }
        });
  }

  private static Format format(long seed) {
    return Format.values()[(int) Long.remainderUnsigned(seed, Format.values().length)];
  }

  private static void byChance(Format format, long seed, List<Peer> writers, List<Peer> readers)
      throws Exception {
    Random random = new Random(seed);
    Schema writer = schema(random);
    Schema reader = schema(random);
    if (format == Format.THRIFT && listsOfOtherTypes(writer, reader)) {
      // All that is behind such a list is read out of step: what comes of it is chance.
      return;
    }
    agree("two versions by chance", writer, reader, format, writers, readers, seed);
  }

  private static boolean listsOfOtherTypes(Schema writer, Schema reader) {
    return reader.fields().stream()
        .anyMatch(read -> {
          Field written = writer.numbered(read.number());
          return written != null
              && written.repeated()
              && read.repeated()
              && written.type() != read.type();
        });
  }

  /** One to five fields out of so few meanings, numbers and names that they often meet. */
  private static Schema schema(Random random) {
    List<Integer> meanings = shuffled(random);
    List<Integer> numbers = shuffled(random);
    List<Integer> names = shuffled(random);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(5); i++) {
      // Every second field is what it is in most versions.
      int usual = meanings.get(i);
      boolean moved = random.nextBoolean();
      int number = moved ? numbers.get(i) : usual;
      int name = moved ? names.get(i) : usual;
      if (fields.stream()
          .noneMatch(field -> field.number() == number || field.name().equals("n" + name))) {
        fields.add(
            new Field(
                "meaning " + usual,
                number,
                "n" + name,
                FieldType.values()[random.nextInt(FieldType.values().length)],
                Presence.values()[random.nextInt(Presence.values().length)]));
      }
    }
    return new Schema(fields);
  }

  private static List<Integer> shuffled(Random random) {
    List<Integer> numbers = new ArrayList<>(IntStream.rangeClosed(1, 6).boxed().toList());
    Collections.shuffle(numbers, random);
    return numbers;
  }

  private static void agree(
      String what,
      Schema writer,
      Schema reader,
      Format format,
      List<Peer> writers,
      List<Peer> readers,
      long seed)
      throws Exception {
    for (Field field : reader.fields()) {
      Story story = new Story().then("%s, in %s", what, format);
      writer.fields().forEach(written -> story.then("the writer has %s", words(written)));
      story.then("the reader has %s", words(field));
      Exchange exchange = Exchange.of(writer, field, writers, readers, seed);
      Outcome outcome = Compatibility.of(writer, field, format);
      story.expect(
          outcome == exchange.outcome(),
          "%s: %s".formatted(exchange.outcome(), exchange.worst()),
          "Compatibility says " + outcome);
    }
    boolean safe =
        reader.fields().stream().allMatch(f -> Compatibility.of(writer, f, format).safe());
    new Story()
        .then("%s, in %s", what, format)
        .then("from %s to %s", writer, reader)
        .expect(
            Compatibility.safe(writer, reader, format) == safe,
            "safe is " + safe + ", as all of the reader's fields are, or not",
            "it is " + !safe);
  }

  private static String words(Field field) {
    return "'%s', a %s %s, number %d, with the meaning '%s'"
        .formatted(field.name(), field.presence(), field.type(), field.number(), field.meaning());
  }

  @Test
  @DisplayName("a required field that is added: the new version cannot read the old one's messages")
  void directions() {
    Field name = new Field("name", 1, "name", STRING, OPTIONAL);
    Schema old = Schema.of(name);
    Schema changed = Schema.of(name, new Field("age", 2, "age", INT32, REQUIRED));
    for (Format format : Format.values()) {
      story.then("in %s, version 2 has a required field more than version 1", format);
      story.expect(
          !Compatibility.backward(old, changed, format),
          "not backward compatible: what version 1 wrote lacks the field",
          "backward says that it is");
      story.expect(
          Compatibility.forward(old, changed, format),
          "forward compatible: version 1 passes by what it does not know",
          "forward says that it is not");
      story.expect(
          Compatibility.backward(changed, old, format),
          "the other way round, when the field is removed, it is backward compatible",
          "backward says that it is not");
      story.expect(
          !Compatibility.forward(changed, old, format),
          "and not forward compatible",
          "forward says that it is");
    }
  }

  @Test
  @DisplayName("each step from version to version is safe, and the way from first to last is not")
  void versions() {
    Field name = new Field("name", 1, "name", STRING, OPTIONAL);
    Schema first = Schema.of(name, new Field("phone", 2, "text", STRING, OPTIONAL));
    Schema second = Schema.of(name);
    Schema third = Schema.of(name, new Field("city", 2, "text", STRING, OPTIONAL));
    for (Format format : Format.values()) {
      story.then("in %s, version 1 has a phone number, 2 has none, 3 has a city there", format);
      for (List<Schema> two : List.of(List.of(first, second), List.of(second, third))) {
        story.expect(
            Compatibility.safe(two, format),
            "two neighbours are safe, both ways: a field comes, or goes",
            "safe says that they are not");
      }
      for (List<Schema> all :
          List.of(
              List.of(first, second, third),
              List.of(third, second, first),
              List.of(second, third, first))) {
        story.expect(
            !Compatibility.safe(all, format),
            "all three together are not: version 3 takes an old phone number for a city",
            "safe says that they are");
      }
      story.expect(
          Compatibility.safe(List.of(first), format) && Compatibility.safe(List.of(), format),
          "one version alone, and none, are safe",
          "safe says that they are not");
    }
  }
}
