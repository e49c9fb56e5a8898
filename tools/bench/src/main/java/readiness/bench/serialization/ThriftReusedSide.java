package readiness.bench.serialization;

import java.util.Arrays;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.AutoExpandingBufferWriteTransport;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;
import org.apache.thrift.transport.TTransportException;
import readiness.serialization.Person;

/** libthrift on transports and protocols that are made once. */
final class ThriftReusedSide implements Side {
  private final Person person;
  private final byte[] input;
  private final TMemoryInputTransport source;
  private final TProtocol in;
  private final AutoExpandingBufferWriteTransport target;
  private final TProtocol out;

  ThriftReusedSide(Format format, Person person) {
    TProtocolFactory protocol = ThriftPersons.protocol(format);
    this.person = person;
    TMemoryBuffer message = ThriftPersons.buffer(protocol, person);
    input = Arrays.copyOf(message.getArray(), message.length());
    try {
      source = new TMemoryInputTransport(input);
      target = new AutoExpandingBufferWriteTransport(new TConfiguration(), input.length, 0);
    } catch (TTransportException e) {
      throw new IllegalStateException(e);
    }
    in = protocol.getProtocol(source);
    out = protocol.getProtocol(target);
  }

  @Override
  public Person read() throws TException {
    source.reset(input);
    in.reset();
    return ThriftPersons.read(in);
  }

  @Override
  public Object write() throws TException {
    target.reset();
    out.reset();
    ThriftPersons.write(person, out);
    return target;
  }

  @Override
  public byte[] written() {
    return Arrays.copyOf(target.getBuf().array(), target.getLength());
  }
}
