package readiness.bench.serialization;

import com.google.protobuf.CodedOutputStream;
import java.util.Arrays;
import readiness.oracle.Protos;
import readiness.serialization.Person;

/** protobuf-java, by the class that protoc makes; it writes into an array that it may reuse. */
final class ProtobufJavaSide implements Side {
  private final Person person;
  private final boolean built;
  private final Protos.Person message;
  private final byte[] input;
  private final byte[] output;

  /**
   * One side.
   *
   * @param built whether the message is made once and for all, and only written
   */
  ProtobufJavaSide(Person person, boolean built) {
    this.person = person;
    this.built = built;
    message = message(person);
    input = message.toByteArray();
    output = new byte[input.length];
  }

  private static Protos.Person message(Person person) {
    return Protos.Person.newBuilder()
        .setName(person.name())
        .setId(person.id())
        .addAllEmails(person.emails())
        .build();
  }

  @Override
  public Person read() throws Exception {
    Protos.Person read = Protos.Person.parseFrom(input);
    return new Person(read.getName(), read.getId(), read.getEmailsList());
  }

  @Override
  public Object write() throws Exception {
    CodedOutputStream out = CodedOutputStream.newInstance(output);
    (built ? message : message(person)).writeTo(out);
    out.checkNoSpaceLeft();
    return output;
  }

  @Override
  public byte[] written() {
    return Arrays.copyOf(output, output.length);
  }
}
