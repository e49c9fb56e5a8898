package readiness.bench.serialization;

import readiness.serialization.Person;

/** Whose code reads and writes. */
enum Library {
  OURS("") {
    @Override
    Side side(Format format, Person person) {
      return new OurSide(format.codec(), person);
    }
  },

  /** From the record to bytes and back, by way of protoc's class. */
  PROTOBUF_JAVA("protobuf-java") {
    @Override
    Side side(Format format, Person person) {
      return new ProtobufJavaSide(person, false);
    }
  },

  /** The message is built already; what is measured is that it is written. */
  PROTOBUF_JAVA_BUILT("protobuf-java, built message") {
    @Override
    Side side(Format format, Person person) {
      return new ProtobufJavaSide(person, true);
    }

    @Override
    boolean reads() {
      return false;
    }
  },

  DATABIND("Jackson databind") {
    @Override
    Side side(Format format, Person person) {
      return new DatabindSide(person);
    }
  },

  STREAMING("Jackson streaming") {
    @Override
    Side side(Format format, Person person) {
      return new StreamingSide(person);
    }
  },

  /** On TMemoryBuffer, a new one for each message, as it is used most. */
  THRIFT_MEMORY("libthrift, TMemoryBuffer") {
    @Override
    Side side(Format format, Person person) {
      return new ThriftMemorySide(format, person);
    }
  },

  /** On the transports that can be used again. */
  THRIFT_REUSED("libthrift, transports reused") {
    @Override
    Side side(Format format, Person person) {
      return new ThriftReusedSide(format, person);
    }
  };

  private final String label;

  Library(String label) {
    this.label = label;
  }

  /** What people call it; of {@link #OURS}, the measurement knows whose it is. */
  String label() {
    return label;
  }

  /** Whether reading is measured as well. */
  boolean reads() {
    return true;
  }

  /** Ready to read and to write that person. */
  abstract Side side(Format format, Person person);
}
