package readiness.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.transport.TEndpointTransport;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import readiness.oracle.thrift.Person;
import readiness.oracle.thrift.Refused;
import readiness.oracle.thrift.SocialGraph;

/**
 * The hand-written classes of {@code readiness.oracle.thrift} by themselves: readers' bytes are
 * held against theirs, so a fault in one would read as theirs.
 */
final class OraclesTest {
  /** Nobody follows, or is followed, without a name. */
  private static final class Graph implements SocialGraph.Iface {
    private final TreeSet<String> edges = new TreeSet<>();

    @Override
    public boolean follow(String follower, String followee) throws Refused {
      if (followee.isEmpty()) {
        throw new Refused("nobody has no name");
      }
      return edges.add(follower + ">" + followee);
    }

    @Override
    public boolean unfollow(String follower, String followee) {
      return edges.remove(follower + ">" + followee);
    }

    @Override
    public boolean isFollowing(String follower, String followee) {
      return edges.contains(follower + ">" + followee);
    }

    @Override
    public List<String> getFollowers(String followee, String after, int limit) throws Refused {
      if (followee.isEmpty()) {
        throw new Refused("nobody has no name");
      }
      return edges.stream()
          .filter(each -> each.endsWith(">" + followee))
          .map(each -> each.substring(0, each.indexOf('>')))
          .filter(each -> each.compareTo(after) > 0)
          .limit(limit)
          .toList();
    }
  }

  /** A transport that lets the processor answer as soon as a call is whole. */
  private static final class Loopback extends TEndpointTransport {
    private final SocialGraph.Processor processor = new SocialGraph.Processor(new Graph());
    private final TProtocolFactory protocol;
    private TMemoryBuffer call = new TMemoryBuffer(256);
    private TMemoryBuffer reply = new TMemoryBuffer(256);

    Loopback(TProtocolFactory protocol) throws TTransportException {
      super(null);
      this.protocol = protocol;
    }

    @Override
    public void flush() throws TTransportException {
      reply = new TMemoryBuffer(256);
      try {
        processor.process(protocol.getProtocol(call), protocol.getProtocol(reply));
      } catch (TException e) {
        throw new TTransportException(e);
      }
      call = new TMemoryBuffer(256);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws TTransportException {
      return reply.read(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      call.write(bytes, offset, length);
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}
  }

  static List<TProtocolFactory> protocols() {
    return List.of(new TBinaryProtocol.Factory(), new TCompactProtocol.Factory());
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void calls(TProtocolFactory protocol) throws TException {
    SocialGraph.Client client =
        new SocialGraph.Client(protocol.getProtocol(new Loopback(protocol)));
    assertThat(client.follow("ann", "bob")).isTrue();
    assertThat(client.follow("ann", "bob")).isFalse();
    assertThat(client.follow("cleo", "bob")).isTrue();
    assertThat(client.isFollowing("cleo", "bob")).isTrue();
    assertThat(client.isFollowing("bob", "cleo")).isFalse();
    assertThat(client.getFollowers("bob", "", 10)).containsExactly("ann", "cleo");
    assertThat(client.getFollowers("bob", "ann", 10)).containsExactly("cleo");
    assertThat(client.getFollowers("bob", "", 1)).containsExactly("ann");
    assertThat(client.unfollow("ann", "bob")).isTrue();
    assertThat(client.unfollow("ann", "bob")).isFalse();
    Refused refused = new Refused("nobody has no name");
    assertThatThrownBy(() -> client.follow("ann", "")).isEqualTo(refused);
    assertThatThrownBy(() -> client.getFollowers("", "", 1)).isEqualTo(refused);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void unknownMethod(TProtocolFactory protocol) throws TException {
    Loopback transport = new Loopback(protocol);
    var out = protocol.getProtocol(transport);
    out.writeMessageBegin(new TMessage("unheardOf", TMessageType.CALL, 7));
    new Person("Ada", 1, List.of()).write(out);
    transport.flush();
    TMessage reply = out.readMessageBegin();
    assertThat(reply.type).isEqualTo(TMessageType.EXCEPTION);
    assertThat(reply.seqid).isEqualTo(7);
    assertThat(TApplicationException.readFrom(out).getType())
        .isEqualTo(TApplicationException.UNKNOWN_METHOD);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void persons(TProtocolFactory protocol) throws TException {
    TMemoryBuffer memory = new TMemoryBuffer(256);
    Person ada = new Person("Ada", -1, List.of("ada@example.org", ""));
    ada.write(protocol.getProtocol(memory));
    Person read = new Person();
    read.read(protocol.getProtocol(memory));
    assertThat(read).isEqualTo(ada).hasSameHashCodeAs(ada).isEqualByComparingTo(ada);
  }

  @Test
  void whatEveryStructHas() {
    Person ada = new Person("Ada", 1, List.of("ada@example.org"));
    Person copy = ada.deepCopy();
    assertThat(copy).isEqualTo(ada).hasToString("Person[Ada, 1, [ada@example.org]]");
    assertThat(ada.fieldForId(1).getFieldName()).isEqualTo("name");
    assertThat(ada.isSet(ada.fieldForId(3))).isTrue();
    assertThatThrownBy(() -> ada.fieldForId(4)).hasMessageContaining("4");
    copy.name = "Bob";
    assertThat(ada).isLessThan(copy).isNotEqualTo(copy);
    copy.clear();
    assertThat(copy).isEqualTo(new Person()).isLessThan(ada);
    assertThat(copy.isSet(copy.fieldForId(1))).isFalse();
  }
}
