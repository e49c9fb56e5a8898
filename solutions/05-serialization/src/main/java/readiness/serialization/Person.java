package readiness.serialization;

import java.util.List;

/**
 * Somebody in an address book. With the same three fields, the documentation of Protobuf introduces
 * its messages.
 *
 * @param name of any length, also empty
 * @param id any number
 * @param emails in order, perhaps none
 */
public record Person(String name, int id, List<String> emails) {
  /** Copies the list. */
  public Person {
    emails = List.copyOf(emails);
  }
}
