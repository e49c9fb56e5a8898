package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * A person in Thrift. It is what the Thrift compiler generates from these lines, by hand:
 *
 * <pre>
 *   struct Person {
 *     1: string name
 *     2: i32 id
 *     3: list&lt;string&gt; emails
 *   }
 * </pre>
 *
 * <p>All three fields are written. Of those that are missing when it is read, the name is empty,
 * the id 0 and the list empty; of one that comes twice, the last counts; one that nobody knows, or
 * that has another type, is passed by.
 */
public final class PersonThrift implements Codec<Person> {
  private static final int NAME = 1;
  private static final int ID = 2;
  private static final int EMAILS = 3;

  private final ThriftProtocol protocol;

  /** Persons in one of the protocols. */
  public PersonThrift(ThriftProtocol protocol) {
    this.protocol = protocol;
  }

  @Override
  public void write(Person person, ByteWriter out) {
    write(person, protocol.writer(out));
  }

  @Override
  public Person read(ByteReader in) {
    Person person = read(protocol.reader(in));
    if (in.remaining() > 0) {
      throw in.malformed("%,d bytes behind the person".formatted(in.remaining()));
    }
    return person;
  }

  /** Appends a person as a struct, perhaps within something else. */
  public static void write(Person person, ThriftWriter out) {
    throw new NotYet("thrift-binary");
  }

  /** Reads a person out of a struct, perhaps within something else. */
  public static Person read(ThriftReader in) {
    throw new NotYet("thrift-binary");
  }
}
