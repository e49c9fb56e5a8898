package readiness.serialization;

import java.util.ArrayList;
import java.util.List;
import readiness.kernel.NotYet;

/**
 * A {@link Person} in Protobuf.
 *
 * <pre>
 *   message Person {
 *     string name = 1;
 *     int32 id = 2;
 *     repeated string emails = 3;
 *   }
 * </pre>
 *
 * <p>All formats share the record, which has no place for unknown fields; they are passed by.
 */
public final class PersonProtobuf implements Codec<Person> {
  private static final int NAME = 1;
  private static final int ID = 2;
  private static final int EMAILS = 3;

  @Override
  public void write(Person person, ByteWriter out) {
    write(person, new ProtobufWriter(out));
  }

  /** Appends the fields of a person, for instance within another message. */
  static void write(Person person, ProtobufWriter out) {
    throw new NotYet("protobuf-write");
  }

  @Override
  public Person read(ByteReader in) {
    Builder person = new Builder();
    person.merge(new ProtobufReader(in));
    return person.build();
  }

  /** A person who is being read, perhaps in several pieces. */
  static final class Builder {
    private String name = "";
    private int id;
    private final List<String> emails = new ArrayList<>();

    /** Reads fields up to the end of a message: what they say comes on top of what was read. */
    void merge(ProtobufReader in) {
      throw new NotYet("protobuf-read");
    }

    /** The person of all that was read. */
    Person build() {
      return new Person(name, id, emails);
    }
  }
}
