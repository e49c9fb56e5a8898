package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TSet;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/**
 * Any value that Thrift can say, to be written and read both by a reader's code and by libthrift's:
 * no schema is needed for that.
 *
 * @param of a Boolean, Byte, Short, Integer, Long or Double; a byte[] for a string or binary; a
 *     UUID; a list of {@link Field}s for a struct, of values for a list or set, and of values, key
 *     and value in turn, for a map
 * @param elements the type of a list's or set's elements, or of a map's keys
 * @param values the type of a map's values
 */
record ThriftValue(ThriftType type, Object of, ThriftType elements, ThriftType values) {
  private static final ThriftType[] SCALARS = {
    ThriftType.BOOL,
    ThriftType.BYTE,
    ThriftType.I16,
    ThriftType.I32,
    ThriftType.I64,
    ThriftType.DOUBLE,
    ThriftType.STRING,
    ThriftType.UUID
  };

  private static final String[] TEXTS = {"", "Ada", "Zoë", "名前", "🦉 owl", "?"};

  /** A field of a struct, with its number. */
  record Field(int id, ThriftValue value) {}

  private ThriftValue(ThriftType type, Object of) {
    this(type, of, ThriftType.STOP, ThriftType.STOP);
  }

  static ThriftValue of(boolean value) {
    return new ThriftValue(ThriftType.BOOL, value);
  }

  static ThriftValue of(byte value) {
    return new ThriftValue(ThriftType.BYTE, value);
  }

  static ThriftValue of(short value) {
    return new ThriftValue(ThriftType.I16, value);
  }

  static ThriftValue of(int value) {
    return new ThriftValue(ThriftType.I32, value);
  }

  static ThriftValue of(long value) {
    return new ThriftValue(ThriftType.I64, value);
  }

  static ThriftValue of(double value) {
    return new ThriftValue(ThriftType.DOUBLE, value);
  }

  static ThriftValue of(UUID value) {
    return new ThriftValue(ThriftType.UUID, value);
  }

  static ThriftValue of(String value) {
    return of(value.getBytes(UTF_8));
  }

  static ThriftValue of(byte[] value) {
    return new ThriftValue(ThriftType.STRING, value);
  }

  static ThriftValue struct(Field... fields) {
    return new ThriftValue(ThriftType.STRUCT, List.of(fields));
  }

  static ThriftValue list(ThriftType elements, ThriftValue... values) {
    return new ThriftValue(ThriftType.LIST, List.of(values), elements, ThriftType.STOP);
  }

  static ThriftValue set(ThriftType elements, ThriftValue... values) {
    return new ThriftValue(ThriftType.SET, List.of(values), elements, ThriftType.STOP);
  }

  /** A map of keys and values in turn. */
  static ThriftValue map(ThriftType keys, ThriftType values, ThriftValue... both) {
    return new ThriftValue(ThriftType.MAP, List.of(both), keys, values);
  }

  /** A struct by chance, with up to six fields, nested up to so many levels. */
  static ThriftValue struct(Random random, int levels) {
    return randomOf(ThriftType.STRUCT, random, levels);
  }

  /** A value by chance, of a type by chance. */
  static ThriftValue random(Random random, int levels) {
    return randomOf(type(random, levels), random, levels);
  }

  private static ThriftType type(Random random, int levels) {
    ThriftType[] nested = {ThriftType.STRUCT, ThriftType.LIST, ThriftType.SET, ThriftType.MAP};
    return levels > 0 && random.nextInt(3) == 0
        ? nested[random.nextInt(nested.length)]
        : SCALARS[random.nextInt(SCALARS.length)];
  }

  /** A type for elements: libthrift cannot read a list of UUIDs (it knows no least size of one). */
  private static ThriftType element(Random random, int levels) {
    ThriftType type = type(random, levels);
    return type == ThriftType.UUID ? ThriftType.BOOL : type;
  }

  private static ThriftValue randomOf(ThriftType type, Random random, int levels) {
    long bits = random.nextLong() >> random.nextInt(Long.SIZE);
    return switch (type) {
      case BOOL -> of(bits % 2 == 0);
      case BYTE -> of((byte) bits);
      case I16 -> of((short) bits);
      case I32 -> of((int) bits);
      case I64 -> of(bits);
      case DOUBLE -> of(random.nextInt(8) == 0 ? Double.NaN : random.nextGaussian() * bits);
      case STRING -> of(TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(4)));
      case UUID -> of(new UUID(random.nextLong(), bits));
      case STRUCT -> {
        List<Field> fields = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          fields.add(new Field(id(random), random(random, levels - 1)));
        }
        yield new ThriftValue(type, List.copyOf(fields));
      }
      case LIST, SET -> {
        ThriftType elements = element(random, levels - 1);
        List<ThriftValue> values = new ArrayList<>();
        for (int i = size(random); i > 0; i--) {
          values.add(randomOf(elements, random, levels - 1));
        }
        yield new ThriftValue(type, List.copyOf(values), elements, ThriftType.STOP);
      }
      case MAP -> {
        ThriftType keys = element(random, 0);
        ThriftType elements = element(random, levels - 1);
        List<ThriftValue> both = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          both.add(randomOf(keys, random, 0));
          both.add(randomOf(elements, random, levels - 1));
        }
        yield new ThriftValue(type, List.copyOf(both), keys, elements);
      }
      case STOP -> throw new IllegalArgumentException("no value is a STOP");
    };
  }

  /** Mostly a small number, as IDLs have them; sometimes any. */
  private static int id(Random random) {
    return random.nextInt(4) == 0 ? (short) random.nextInt() : 1 + random.nextInt(40);
  }

  /** Mostly few; now and then more than have room beside a type in a byte. */
  private static int size(Random random) {
    return random.nextInt(8) == 0 ? 13 + random.nextInt(5) : random.nextInt(4);
  }

  private List<?> list() {
    return (List<?>) of;
  }

  /** Writes it with a reader's writer. */
  void write(ThriftWriter out) {
    switch (type) {
      case BOOL -> out.writeBool((Boolean) of);
      case BYTE -> out.writeByte((Byte) of);
      case I16 -> out.writeI16((Short) of);
      case I32 -> out.writeI32((Integer) of);
      case I64 -> out.writeI64((Long) of);
      case DOUBLE -> out.writeDouble((Double) of);
      case STRING -> out.writeBinary((byte[]) of);
      case UUID -> out.writeUuid((UUID) of);
      case STRUCT -> {
        out.writeStructBegin();
        for (Object each : list()) {
          Field field = (Field) each;
          out.writeFieldBegin(field.value.type, field.id);
          field.value.write(out);
        }
        out.writeStructEnd();
      }
      case LIST -> {
        out.writeListBegin(elements, list().size());
        list().forEach(each -> ((ThriftValue) each).write(out));
      }
      case SET -> {
        out.writeSetBegin(elements, list().size());
        list().forEach(each -> ((ThriftValue) each).write(out));
      }
      case MAP -> {
        out.writeMapBegin(elements, values, list().size() / 2);
        list().forEach(each -> ((ThriftValue) each).write(out));
      }
      case STOP -> throw new IllegalStateException("no value is a STOP");
    }
  }

  /** Writes it with libthrift. */
  void write(TProtocol out) throws TException {
    switch (type) {
      case BOOL -> out.writeBool((Boolean) of);
      case BYTE -> out.writeByte((Byte) of);
      case I16 -> out.writeI16((Short) of);
      case I32 -> out.writeI32((Integer) of);
      case I64 -> out.writeI64((Long) of);
      case DOUBLE -> out.writeDouble((Double) of);
      case STRING -> out.writeBinary(ByteBuffer.wrap((byte[]) of));
      case UUID -> out.writeUuid((UUID) of);
      case STRUCT -> {
        out.writeStructBegin(new TStruct("any"));
        for (Object each : list()) {
          Field field = (Field) each;
          out.writeFieldBegin(new TField("any", number(field.value.type), (short) field.id));
          field.value.write(out);
          out.writeFieldEnd();
        }
        out.writeFieldStop();
        out.writeStructEnd();
      }
      case LIST -> {
        out.writeListBegin(new TList(number(elements), list().size()));
        writeAll(out);
        out.writeListEnd();
      }
      case SET -> {
        out.writeSetBegin(new TSet(number(elements), list().size()));
        writeAll(out);
        out.writeSetEnd();
      }
      case MAP -> {
        out.writeMapBegin(new TMap(number(elements), number(values), list().size() / 2));
        writeAll(out);
        out.writeMapEnd();
      }
      case STOP -> throw new IllegalStateException("no value is a STOP");
    }
  }

  private void writeAll(TProtocol out) throws TException {
    for (Object each : list()) {
      ((ThriftValue) each).write(out);
    }
  }

  /** Reads a value with a reader's reader. */
  static ThriftValue read(ThriftReader in, ThriftType type) {
    return switch (type) {
      case BOOL -> of(in.readBool());
      case BYTE -> of(in.readByte());
      case I16 -> of(in.readI16());
      case I32 -> of(in.readI32());
      case I64 -> of(in.readI64());
      case DOUBLE -> of(in.readDouble());
      case STRING -> of(in.readBinary());
      case UUID -> of(in.readUuid());
      case STRUCT -> {
        List<Field> fields = new ArrayList<>();
        in.readStructBegin();
        for (ThriftType each = in.readFieldBegin();
            each != ThriftType.STOP;
            each = in.readFieldBegin()) {
          int id = in.fieldId();
          fields.add(new Field(id, read(in, each)));
        }
        in.readStructEnd();
        yield new ThriftValue(type, fields);
      }
      case LIST, SET -> {
        int size = type == ThriftType.LIST ? in.readListBegin() : in.readSetBegin();
        ThriftType elements = in.elementType();
        List<ThriftValue> read = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          read.add(read(in, elements));
        }
        yield new ThriftValue(type, read, elements, ThriftType.STOP);
      }
      case MAP -> {
        int size = in.readMapBegin();
        ThriftType keys = in.keyType();
        ThriftType values = in.valueType();
        List<ThriftValue> read = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          read.add(read(in, keys));
          read.add(read(in, values));
        }
        yield new ThriftValue(type, read, keys, values);
      }
      case STOP -> throw in.malformed("a value of type STOP");
    };
  }

  /** Reads a value with libthrift. */
  static ThriftValue read(TProtocol in, byte number) throws TException {
    return switch (number) {
      case TType.BOOL -> of(in.readBool());
      case TType.BYTE -> of(in.readByte());
      case TType.I16 -> of(in.readI16());
      case TType.I32 -> of(in.readI32());
      case TType.I64 -> of(in.readI64());
      case TType.DOUBLE -> of(in.readDouble());
      case TType.STRING -> {
        ByteBuffer bytes = in.readBinary();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        yield of(copy);
      }
      case TType.UUID -> of(in.readUuid());
      case TType.STRUCT -> {
        List<Field> fields = new ArrayList<>();
        in.readStructBegin();
        for (TField each = in.readFieldBegin();
            each.type != TType.STOP;
            each = in.readFieldBegin()) {
          fields.add(new Field(each.id, read(in, each.type)));
        }
        in.readStructEnd();
        yield new ThriftValue(ThriftType.STRUCT, fields);
      }
      case TType.LIST -> {
        TList header = in.readListBegin();
        yield new ThriftValue(
            ThriftType.LIST,
            read(in, header.size, header.elemType),
            type(header.elemType),
            ThriftType.STOP);
      }
      case TType.SET -> {
        TSet header = in.readSetBegin();
        yield new ThriftValue(
            ThriftType.SET,
            read(in, header.size, header.elemType),
            type(header.elemType),
            ThriftType.STOP);
      }
      case TType.MAP -> {
        TMap header = in.readMapBegin();
        yield new ThriftValue(
            ThriftType.MAP,
            read(in, header.size, header.keyType, header.valueType),
            type(header.keyType),
            type(header.valueType));
      }
      default -> throw new TException("no value of type " + number);
    };
  }

  private static List<ThriftValue> read(TProtocol in, int size, byte... numbers) throws TException {
    List<ThriftValue> read = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (byte each : numbers) {
        read.add(read(in, each));
      }
    }
    return read;
  }

  /** libthrift's number for a type, which is the binary protocol's. */
  private static byte number(ThriftType type) {
    return (byte) type.binary;
  }

  private static ThriftType type(byte number) {
    return Arrays.stream(ThriftType.values())
        .filter(each -> each.binary == number)
        .findFirst()
        .orElseThrow();
  }

  /**
   * As people write it. Equal values have equal texts; of a map without pairs the types are left
   * out, as the compact protocol does.
   */
  @Override
  public String toString() {
    return switch (type) {
      case STRING -> "\"" + new String((byte[]) of, UTF_8) + "\"";
      case STRUCT ->
          list().stream()
              .map(each -> ((Field) each).id + ": " + ((Field) each).value)
              .collect(Collectors.joining(", ", "{", "}"));
      case LIST, SET -> "%s<%s>%s".formatted(type, elements, list());
      case MAP -> list().isEmpty() ? "MAP[]" : "MAP<%s, %s>%s".formatted(elements, values, of);
      default -> type + " " + of;
    };
  }
}
