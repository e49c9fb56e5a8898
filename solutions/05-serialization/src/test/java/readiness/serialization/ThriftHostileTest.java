package readiness.serialization;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million inputs for each reader: the steps' own tests have time for thousands. */
@Tag("full")
final class ThriftHostileTest {
  private static final int MANY = 1_000_000;

  @Test
  void binaryPersons() {
    persons(ThriftProtocol.BINARY);
  }

  @Test
  void binaryMessages() {
    messages(ThriftProtocol.BINARY);
  }

  @Test
  void binaryBesideLibthrift() {
    besideLibthrift(ThriftProtocol.BINARY);
  }

  @Test
  void compactPersons() {
    persons(ThriftProtocol.COMPACT);
  }

  @Test
  void compactMessages() {
    messages(ThriftProtocol.COMPACT);
  }

  @Test
  void compactBesideLibthrift() {
    besideLibthrift(ThriftProtocol.COMPACT);
  }

  private static void persons(ThriftProtocol protocol) {
    ThriftStories thrift = new ThriftStories(protocol);
    Hostile hostile = thrift.hostilePersons();
    hostile.exactly(MANY, thrift::validPerson);
    reached(hostile, protocol);
  }

  private static void messages(ThriftProtocol protocol) {
    ThriftStories thrift = new ThriftStories(protocol);
    Hostile hostile = thrift.hostileMessages();
    hostile.exactly(MANY, thrift::validMessage);
    reached(hostile, protocol);
  }

  private static void reached(Hostile hostile, ThriftProtocol protocol) {
    System.out.printf("%s: %s%n", protocol, hostile.outcomes());
    ThriftStories.expectReached(hostile, 6);
  }

  private static void besideLibthrift(ThriftProtocol protocol) {
    ThriftStories thrift = new ThriftStories(protocol);
    for (int seed = 0; seed < MANY / 10; seed++) {
      Random random = new Random(seed);
      thrift.saysAsLibthrift(Hostile.bytes(random, thrift.validPerson(random)));
      thrift.saysAsLibthrift(Hostile.bytes(random, thrift.validMessage(random)));
    }
  }
}
