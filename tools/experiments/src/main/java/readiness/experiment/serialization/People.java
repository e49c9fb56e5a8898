package readiness.experiment.serialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import readiness.serialization.ByteWriter;
import readiness.serialization.Codec;
import readiness.serialization.Person;

/** Somebody to speak of, the same in each run. */
final class People {
  private static final List<String> FIRST =
      List.of("Ada", "Alan", "Barbara", "Dennis", "Edsger", "Frances", "Grace", "Niklaus");
  private static final List<String> LAST =
      List.of("Lovelace", "Turing", "Liskov", "Ritchie", "Dijkstra", "Allen", "Hopper", "Wirth");

  private People() {}

  /** Persons with names that come again, numbers by chance and one or two addresses. */
  static List<Person> some(int many) {
    Random random = new Random(5);
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      String first = FIRST.get(random.nextInt(FIRST.size()));
      String last = LAST.get(random.nextInt(LAST.size()));
      String address = "%s.%s%d@".formatted(first, last, i).toLowerCase(Locale.ROOT);
      List<String> emails =
          random.nextBoolean()
              ? List.of(address + "example.org")
              : List.of(address + "example.org", address + "mail.example.net");
      people.add(new Person(first + " " + last, random.nextInt(1_000_000), emails));
    }
    return people;
  }

  /** A person with so many addresses of some 25 letters. */
  static Person withEmails(int many) {
    return new Person(
        "Everybody",
        100,
        IntStream.range(0, many)
            .mapToObj(i -> String.format(Locale.ROOT, "person-%06d@example.org", i))
            .toList());
  }

  /** The person in bytes. */
  static byte[] bytes(Codec<Person> codec, Person person) {
    ByteWriter out = new ByteWriter();
    codec.write(person, out);
    return out.toByteArray();
  }
}
