package readiness.dissect;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import readiness.serialization.ByteReader;
import readiness.serialization.MalformedException;
import readiness.serialization.ThriftProtocol;

/** A format in which bytes can be read without a schema. */
public enum Format {
  /** The fields of a message, without their names and with types as far as bytes tell. */
  PROTOBUF {
    @Override
    Dissector of(ByteReader in, Parts parts) {
      return new ProtobufDissector(in, parts);
    }
  },

  /** A message or a struct of Thrift's binary protocol, in a frame or not. */
  THRIFT_BINARY {
    @Override
    Dissector of(ByteReader in, Parts parts) {
      return new ThriftDissector(ThriftProtocol.BINARY, in, parts);
    }
  },

  /** The same of Thrift's compact protocol. */
  THRIFT_COMPACT {
    @Override
    Dissector of(ByteReader in, Parts parts) {
      return new ThriftDissector(ThriftProtocol.COMPACT, in, parts);
    }
  },

  /** A value of JSON, in tokens. */
  JSON {
    @Override
    Dissector of(ByteReader in, Parts parts) {
      return new JsonDissector(in, parts);
    }
  };

  /** How long a message may be, in bytes: 64 MiB. */
  public static final int MAX_LENGTH = ByteReader.MAX_LENGTH;

  abstract Dissector of(ByteReader in, Parts parts);

  /**
   * Takes a message apart, from its first byte to its last. Where it ends being valid, the last
   * part is {@linkplain Part.Kind#WRONG wrong} and says why.
   *
   * @param bytes up to {@link #MAX_LENGTH} of them
   * @param target is told the parts one by one, so that they need not fit into memory
   * @return whether all of it is valid
   */
  public boolean dissect(byte[] bytes, Consumer<Part> target) {
    Parts parts = new Parts(bytes, target);
    try {
      of(new ByteReader().open(MemorySegment.ofArray(bytes)), parts).dissect();
      return true;
    } catch (MalformedException e) {
      parts.wrong(e);
      return false;
    }
  }
}
