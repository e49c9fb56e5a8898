package readiness.bench.serialization;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import readiness.serialization.Person;

/** What is said in bytes. */
enum Message {
  /** As most messages are: two texts and a number. */
  SMALL("small") {
    @Override
    Person person() {
      return new Person(
          "Ada Lovelace", 1815, List.of("ada@example.org", "ada.lovelace@analytical.example"));
    }
  },

  /** As small, in letters that take two and three bytes. */
  NAMES("other letters") {
    @Override
    Person person() {
      return new Person("Ада Лавлейс", 1815, List.of("ада@пример.example", "愛達@例.example"));
    }
  },

  /** Of 100 KiB: many addresses, of which every eighth has letters of two bytes. */
  LARGE("100 KiB") {
    @Override
    Person person() {
      List<String> emails = new ArrayList<>();
      for (int bytes = 0; bytes < LARGE_BYTES; ) {
        String email =
            (emails.size() % 8 == 7 ? "лицо-%05d@пример.example" : "person-%05d@mail.example.org")
                .formatted(emails.size());
        bytes += email.getBytes(StandardCharsets.UTF_8).length;
        emails.add(email);
      }
      return new Person("Everybody", 100, emails);
    }
  };

  private static final int LARGE_BYTES = 100 << 10;

  private final String label;

  Message(String label) {
    this.label = label;
  }

  /** What people call it. */
  String label() {
    return label;
  }

  /** The person in it, the same each time. */
  abstract Person person();
}
