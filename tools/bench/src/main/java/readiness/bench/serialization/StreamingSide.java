package readiness.bench.serialization;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import readiness.serialization.Person;

/** Jackson's parser and generator, token by token, by hand. */
final class StreamingSide implements Side {
  private final JsonFactory json = new JsonFactory();
  private final Person person;
  private final byte[] input;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  StreamingSide(Person person) {
    this.person = person;
    try {
      write();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    input = output.toByteArray();
  }

  @Override
  public Person read() throws Exception {
    String name = "";
    int id = 0;
    List<String> emails = new ArrayList<>();
    try (JsonParser in = json.createParser(input)) {
      in.nextToken();
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        switch (field) {
          case "name" -> name = in.nextTextValue();
          case "id" -> id = in.nextIntValue(0);
          case "emails" -> {
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
              emails.add(in.getText());
            }
          }
          default -> {
            in.nextToken();
            in.skipChildren();
          }
        }
      }
    }
    return new Person(name, id, emails);
  }

  @Override
  public Object write() throws Exception {
    output.reset();
    try (JsonGenerator out = json.createGenerator(output)) {
      out.writeStartObject();
      out.writeStringField("name", person.name());
      out.writeNumberField("id", person.id());
      out.writeArrayFieldStart("emails");
      for (String email : person.emails()) {
        out.writeString(email);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return output;
  }

  @Override
  public byte[] written() {
    return output.toByteArray();
  }
}
