package readiness.bench.serialization;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import readiness.serialization.Person;

/** Jackson's object mapper, with its reader and its writer for the one type made beforehand. */
final class DatabindSide implements Side {
  private final ObjectReader reader = new ObjectMapper().readerFor(Person.class);
  private final ObjectWriter writer = new ObjectMapper().writerFor(Person.class);
  private final Person person;
  private final byte[] input;
  private byte[] output;

  DatabindSide(Person person) {
    this.person = person;
    try {
      input = writer.writeValueAsBytes(person);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    output = input;
  }

  @Override
  public Person read() throws Exception {
    return reader.readValue(input);
  }

  @Override
  public Object write() throws Exception {
    output = writer.writeValueAsBytes(person);
    return output;
  }

  @Override
  public byte[] written() {
    return output;
  }
}
