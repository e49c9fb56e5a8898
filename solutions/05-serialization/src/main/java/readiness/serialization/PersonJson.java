package readiness.serialization;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    // tag::json-write[]
    JsonWriter json = new JsonWriter(out);
    json.beginObject();
    json.name(NAME).value(person.name());
    json.name(ID).value(person.id());
    json.name(EMAILS).beginArray();
    for (String email : person.emails()) {
      json.value(email);
    }
    json.endArray();
    json.endObject().finish();
    // end::json-write[]
  }

  @Override
  public Person read(ByteReader in) {
    // tag::json-read[]
    JsonReader json = new JsonReader(in);
    @Nullable String name = null;
    int id = 0;
    boolean idRead = false;
    @Nullable List<String> emails = null;
    json.expect(JsonToken.BEGIN_OBJECT);
    while (json.next() == JsonToken.NAME) {
      if (json.nameIs(NAME)) {
        requireFirst(json, NAME, name != null);
        json.expect(JsonToken.STRING);
        name = json.text();
      } else if (json.nameIs(ID)) {
        requireFirst(json, ID, idRead);
        json.expect(JsonToken.NUMBER);
        id = json.intValue();
        idRead = true;
      } else if (json.nameIs(EMAILS)) {
        requireFirst(json, EMAILS, emails != null);
        emails = readEmails(json);
      } else {
        json.skip();
      }
    }
    json.expect(JsonToken.END);
    return new Person(name == null ? "" : name, id, emails == null ? List.of() : emails);
    // end::json-read[]
  }

  // tag::json-read[]
  private static List<String> readEmails(JsonReader json) {
    List<String> emails = new ArrayList<>();
    json.expect(JsonToken.BEGIN_ARRAY);
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      if (token != JsonToken.STRING) {
        throw json.malformed("an e-mail address is a string, and this is " + token);
      }
      emails.add(json.text());
    }
    return emails;
  }

  /** The same name twice has no meaning that all agree on (RFC 8259, section 4). */
  private static void requireFirst(JsonReader json, JsonName name, boolean before) {
    if (before) {
      throw json.malformed(name + " stands here for the second time");
    }
  }
  // end::json-read[]
}
