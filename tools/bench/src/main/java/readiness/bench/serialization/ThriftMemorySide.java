package readiness.bench.serialization;

import java.util.Arrays;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TMemoryBuffer;
import readiness.serialization.Person;

/** libthrift on a TMemoryBuffer for each message. */
final class ThriftMemorySide implements Side {
  private final TProtocolFactory protocol;
  private final Person person;
  private final byte[] input;
  private TMemoryBuffer output;

  ThriftMemorySide(Format format, Person person) {
    protocol = ThriftPersons.protocol(format);
    this.person = person;
    output = ThriftPersons.buffer(protocol, person);
    input = written();
  }

  @Override
  public Person read() throws TException {
    TMemoryBuffer buffer = new TMemoryBuffer(input.length);
    buffer.write(input);
    return ThriftPersons.read(protocol.getProtocol(buffer));
  }

  @Override
  public Object write() throws TException {
    // As large as it has to be: it never grows.
    output = new TMemoryBuffer(input.length);
    ThriftPersons.write(person, protocol.getProtocol(output));
    return output;
  }

  @Override
  public byte[] written() {
    return Arrays.copyOf(output.getArray(), output.length());
  }
}
