package readiness.serialization;

import readiness.kernel.NotYet;

/**
 * A {@link Person} in JSON: {@code {"name":"Ada","id":1,"emails":["ada@example.org"]}}.
 *
 * <p>Written in this order, read in any. A name that it does not know is passed by with its value:
 * a newer version may have added it. What is missing is empty, or 0, as in Protobuf. What is there
 * has to be of its type, so not {@code null}, and once.
 */
public final class PersonJson implements Codec<Person> {
  private static final JsonName NAME = new JsonName("name");
  private static final JsonName ID = new JsonName("id");
  private static final JsonName EMAILS = new JsonName("emails");

  @Override
  public void write(Person person, ByteWriter out) {
    throw new NotYet("json-write");
  }

  @Override
  public Person read(ByteReader in) {
    throw new NotYet("json-read");
  }
}
