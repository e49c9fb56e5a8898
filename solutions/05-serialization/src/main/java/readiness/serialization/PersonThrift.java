package readiness.serialization;

import static readiness.serialization.ThriftType.I32;
import static readiness.serialization.ThriftType.LIST;
import static readiness.serialization.ThriftType.STOP;
import static readiness.serialization.ThriftType.STRING;

import java.util.ArrayList;
import java.util.List;

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
    // tag::thrift-binary[]
    out.writeStructBegin();
    out.writeFieldBegin(STRING, NAME);
    out.writeString(person.name());
    out.writeFieldBegin(I32, ID);
    out.writeI32(person.id());
    out.writeFieldBegin(LIST, EMAILS);
    out.writeListBegin(STRING, person.emails().size());
    for (String email : person.emails()) {
      out.writeString(email);
    }
    out.writeStructEnd();
    // end::thrift-binary[]
  }

  /** Reads a person out of a struct, perhaps within something else. */
  public static Person read(ThriftReader in) {
    // tag::thrift-binary[]
    String name = "";
    int id = 0;
    List<String> emails = List.of();
    in.readStructBegin();
    for (ThriftType type = in.readFieldBegin(); type != STOP; type = in.readFieldBegin()) {
      if (in.fieldId() == NAME && type == STRING) {
        name = in.readString();
      } else if (in.fieldId() == ID && type == I32) {
        id = in.readI32();
      } else if (in.fieldId() == EMAILS && type == LIST) {
        emails = readStrings(in);
      } else {
        in.skip(type);
      }
    }
    in.readStructEnd();
    return new Person(name, id, emails);
    // end::thrift-binary[]
  }

  // tag::thrift-binary[]
  private static List<String> readStrings(ThriftReader in) {
    int size = in.readListBegin(STRING);
    List<String> strings = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      strings.add(in.readString());
    }
    return strings;
  }
  // end::thrift-binary[]
}
