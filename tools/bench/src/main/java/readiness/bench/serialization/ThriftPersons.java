package readiness.bench.serialization;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TMemoryBuffer;
import readiness.serialization.Person;

/** What both forms of libthrift have in common: from the record to its class and back. */
final class ThriftPersons {
  private static final int SOME = 256;

  private ThriftPersons() {}

  static TProtocolFactory protocol(Format format) {
    return switch (format) {
      case BINARY -> new TBinaryProtocol.Factory();
      case COMPACT -> new TCompactProtocol.Factory();
      default -> throw new IllegalArgumentException(format + " is not Thrift's");
    };
  }

  static Person read(TProtocol in) throws TException {
    var person = new readiness.oracle.thrift.Person();
    person.read(in);
    return new Person(person.name, person.id, person.emails);
  }

  static void write(Person person, TProtocol out) throws TException {
    new readiness.oracle.thrift.Person(person.name(), person.id(), person.emails()).write(out);
  }

  /** A message to begin with. */
  static TMemoryBuffer buffer(TProtocolFactory protocol, Person person) {
    try {
      TMemoryBuffer buffer = new TMemoryBuffer(SOME);
      write(person, protocol.getProtocol(buffer));
      return buffer;
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }
}
