package readiness.bench.serialization;

import java.util.List;
import readiness.serialization.Codec;
import readiness.serialization.Person;
import readiness.serialization.PersonJson;
import readiness.serialization.PersonProtobuf;
import readiness.serialization.PersonThrift;
import readiness.serialization.ThriftProtocol;

/** In which bytes a person is said. */
enum Format {
  PROTOBUF("protobuf", "protobuf", List.of(Library.PROTOBUF_JAVA, Library.PROTOBUF_JAVA_BUILT)) {
    @Override
    Codec<Person> codec() {
      return new PersonProtobuf();
    }
  },

  JSON("json", "json", List.of(Library.DATABIND, Library.STREAMING)) {
    @Override
    Codec<Person> codec() {
      return new PersonJson();
    }
  },

  BINARY("thrift", "thrift binary", List.of(Library.THRIFT_MEMORY, Library.THRIFT_REUSED)) {
    @Override
    Codec<Person> codec() {
      return new PersonThrift(ThriftProtocol.BINARY);
    }
  },

  COMPACT("thrift", "thrift compact", List.of(Library.THRIFT_MEMORY, Library.THRIFT_REUSED)) {
    @Override
    Codec<Person> codec() {
      return new PersonThrift(ThriftProtocol.COMPACT);
    }
  };

  private final String family;
  private final String label;
  private final List<Library> peers;

  Format(String family, String label, List<Library> peers) {
    this.family = family;
    this.label = label;
    this.peers = peers;
  }

  /** The word by which the reader chooses it. */
  String family() {
    return family;
  }

  /** What people call it. */
  String label() {
    return label;
  }

  /** What ours is held against. */
  List<Library> peers() {
    return peers;
  }

  /** The workbook's, or the reader's: whichever is on the class path. */
  abstract Codec<Person> codec();
}
