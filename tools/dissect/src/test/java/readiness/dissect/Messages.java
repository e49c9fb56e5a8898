package readiness.dissect;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;
import readiness.oracle.Protos;

/** Messages that others have written, by chance, and what becomes of bytes on their way. */
final class Messages {
  private static final List<Byte> TYPES =
      List.of(
          TType.BOOL,
          TType.BYTE,
          TType.I16,
          TType.I32,
          TType.I64,
          TType.DOUBLE,
          TType.STRING,
          TType.STRUCT,
          TType.LIST,
          TType.SET,
          TType.MAP);

  private Messages() {}

  /** A profile and all scalars, nested in each other. */
  static byte[] protobuf(Random random) {
    Protos.Profile profile =
        Protos.Profile.newBuilder()
            .setPerson(
                Protos.Person.newBuilder()
                    .setName(word(random))
                    .setId(random.nextInt())
                    .addEmails(word(random)))
            .setNickname(word(random))
            .addScores(random.nextInt())
            .addScores(-1)
            .putCounters(word(random), random.nextLong())
            .setStation(random.nextLong())
            .build();
    return Protos.Scalars.newBuilder()
        .setDoubleValue(random.nextDouble())
        .setFloatValue(random.nextFloat())
        .setSint64Value(random.nextLong())
        .setStringValue(word(random))
        .setBytesValue(profile.toByteString())
        .setNested(Protos.Scalars.newBuilder().setBytesValue(ByteString.copyFromUtf8(word(random))))
        .build()
        .toByteArray();
  }

  /** A struct of every type, or a message with one. */
  static byte[] thrift(Random random, TProtocolFactory protocol) {
    try {
      TMemoryBuffer memory = new TMemoryBuffer(256);
      TProtocol out = protocol.getProtocol(memory);
      if (random.nextBoolean()) {
        out.writeMessageBegin(new TMessage(word(random), (byte) 1, random.nextInt()));
      }
      struct(random, out, 3);
      return memory.getArray().length == memory.length()
          ? memory.getArray()
          : Arrays.copyOf(memory.getArray(), memory.length());
    } catch (TException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void struct(Random random, TProtocol out, int levels) throws TException {
    out.writeStructBegin(new TStruct("Chance"));
    short id = 0;
    for (byte type : TYPES) {
      id += (short) (1 + random.nextInt(20));
      out.writeFieldBegin(new TField("", type, id));
      value(random, out, type, levels);
      out.writeFieldEnd();
    }
    out.writeFieldStop();
    out.writeStructEnd();
  }

  private static void value(Random random, TProtocol out, byte type, int levels) throws TException {
    switch (type) {
      case TType.BOOL -> out.writeBool(random.nextBoolean());
      case TType.BYTE -> out.writeByte((byte) random.nextInt());
      case TType.I16 -> out.writeI16((short) random.nextInt());
      case TType.I32 -> out.writeI32(random.nextInt());
      case TType.I64 -> out.writeI64(random.nextLong());
      case TType.DOUBLE -> out.writeDouble(random.nextGaussian());
      case TType.STRING -> out.writeString(word(random));
      case TType.STRUCT -> {
        if (levels > 0) {
          struct(random, out, levels - 3);
        } else {
          out.writeFieldStop();
        }
      }
      case TType.MAP -> {
        byte value = TYPES.get(random.nextInt(levels > 0 ? TYPES.size() : 7));
        int size = random.nextInt(3);
        out.writeMapBegin(new TMap(TType.STRING, value, size));
        for (int i = 0; i < size; i++) {
          out.writeString(word(random));
          value(random, out, value, levels - 1);
        }
      }
      default -> {
        byte element = TYPES.get(random.nextInt(levels > 0 ? TYPES.size() : 7));
        int size = random.nextInt(4);
        out.writeListBegin(new TList(element, size));
        for (int i = 0; i < size; i++) {
          value(random, out, element, levels - 1);
        }
      }
    }
  }

  static String word(Random random) {
    return random
        .ints(random.nextInt(8), 0, 4)
        .mapToObj(i -> List.of("a", "(1", "ö", "\t").get(i))
        .reduce("", String::concat);
  }

  /** The message as it was, cut short, or with one to three bits changed; or bytes by chance. */
  static byte[] changed(Random random, byte[] message) {
    if (random.nextInt(8) == 0) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    if (message.length == 0 || random.nextInt(4) == 0) {
      return message;
    }
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(message, random.nextInt(message.length));
    }
    byte[] changed = message.clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether each byte is in a part, and the parts come in order but where bytes are read anew. */
  static boolean cover(Dissected dissected, byte[] bytes) {
    int covered = 0;
    for (Part part : dissected.parts()) {
      if (part.offset() > covered) {
        return false;
      }
      covered = Math.max(covered, part.end());
    }
    return covered == bytes.length;
  }
}
