package readiness.serialization;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The chapter's own readers and writers, driven by a {@link Schema} as its codecs drive them. */
final class OwnPeers {
  private OwnPeers() {}

  /** All of a format. */
  static List<Peer> of(Format format) {
    return switch (format) {
      case PROTOBUF -> List.of(new Protobuf());
      case THRIFT -> List.of(new Thrift(ThriftProtocol.BINARY), new Thrift(ThriftProtocol.COMPACT));
      case JSON -> List.of(new Json());
    };
  }

  /** Reads what a codec reads, which must end with a value or with a MalformedException. */
  private interface Reading {
    void into(Map<String, List<Object>> message, ByteReader in);
  }

  private static Map<String, List<Object>> read(Schema schema, byte[] bytes, Reading reading)
      throws Peer.Refused {
    Map<String, List<Object>> message = new HashMap<>();
    schema.fields().forEach(field -> message.put(field.meaning(), new ArrayList<>()));
    try {
      reading.into(message, new ByteReader().open(MemorySegment.ofArray(bytes)));
    } catch (MalformedException e) {
      throw new Peer.Refused(e);
    }
    Peer.Refused.ifMissing(schema, message);
    return message;
  }

  private record Protobuf() implements Peer {
    @Override
    public String name() {
      return "your Protobuf";
    }

    @Override
    public byte[] write(Schema schema, Map<String, List<Object>> message) {
      ByteWriter bytes = new ByteWriter();
      ProtobufWriter out = new ProtobufWriter(bytes);
      for (Field field : schema.fields()) {
        List<Object> values = message.get(field.meaning());
        if (field.repeated() && field.type() != FieldType.STRING) {
          if (!values.isEmpty()) {
            int begin = out.begin(field.number());
            values.forEach(value -> writePacked(bytes, field.type(), value));
            out.end(begin);
          }
        } else {
          values.forEach(value -> write(out, field, value));
        }
      }
      return bytes.toByteArray();
    }

    private static void write(ProtobufWriter out, Field field, Object value) {
      int number = field.number();
      switch (field.type()) {
        case BOOL -> out.writeBool(number, (Boolean) value);
        case INT32 -> out.writeInt32(number, (Integer) value);
        case INT64 -> out.writeInt64(number, (Long) value);
        case SINT32 -> out.writeSInt32(number, (Integer) value);
        case SINT64 -> out.writeSInt64(number, (Long) value);
        case SFIXED64 -> out.writeSFixed64(number, (Long) value);
        case DOUBLE -> out.writeDouble(number, (Double) value);
        case STRING -> out.writeString(number, (String) value);
      }
    }

    private static void writePacked(ByteWriter out, FieldType type, Object value) {
      switch (type) {
        case BOOL -> Varint.write(out, (Boolean) value ? 1 : 0);
        case INT32 -> Varint.writeSigned32(out, (Integer) value);
        case INT64 -> Varint.write(out, (Long) value);
        case SINT32 -> Varint.writeUnsigned32(out, Varint.encodeZigZag32((Integer) value));
        case SINT64 -> Varint.write(out, Varint.encodeZigZag((Long) value));
        case SFIXED64 -> out.writeLongLittleEndian((Long) value);
        case DOUBLE -> out.writeLongLittleEndian(Double.doubleToRawLongBits((Double) value));
        case STRING -> throw new IllegalArgumentException("texts are not packed");
      }
    }

    @Override
    public Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Refused {
      return OwnPeers.read(schema, bytes, (message, in) -> read(schema, message, in));
    }

    private static void read(Schema schema, Map<String, List<Object>> message, ByteReader bytes) {
      ProtobufReader in = new ProtobufReader(bytes);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        Field field = schema.numbered(WireType.field(tag));
        if (field != null && WireType.of(tag) == wire(field.type())) {
          List<Object> values = message.get(field.meaning());
          if (!field.repeated()) {
            values.clear();
          }
          values.add(read(in, field.type()));
        } else if (field != null && field.repeated() && WireType.of(tag) == WireType.LEN) {
          int outer = in.enterPacked();
          while (in.hasMore()) {
            message.get(field.meaning()).add(read(in, field.type()));
          }
          in.leavePacked(outer);
        } else {
          in.skip(tag);
        }
      }
    }

    private static int wire(FieldType type) {
      return switch (type) {
        case BOOL, INT32, INT64, SINT32, SINT64 -> WireType.VARINT;
        case SFIXED64, DOUBLE -> WireType.I64;
        case STRING -> WireType.LEN;
      };
    }

    private static Object read(ProtobufReader in, FieldType type) {
      return switch (type) {
        case BOOL -> in.readBool();
        case INT32 -> in.readInt32();
        case INT64 -> in.readInt64();
        case SINT32 -> in.readSInt32();
        case SINT64 -> in.readSInt64();
        case SFIXED64 -> in.readSFixed64();
        case DOUBLE -> in.readDouble();
        case STRING -> in.readString();
      };
    }
  }

  private record Thrift(ThriftProtocol protocol) implements Peer {
    @Override
    public String name() {
      return "your Thrift, " + (protocol == ThriftProtocol.BINARY ? "binary" : "compact");
    }

    @Override
    public byte[] write(Schema schema, Map<String, List<Object>> message) {
      ByteWriter bytes = new ByteWriter();
      ThriftWriter out = protocol.writer(bytes);
      out.writeStructBegin();
      for (Field field : schema.fields()) {
        List<Object> values = message.get(field.meaning());
        if (field.repeated()) {
          out.writeFieldBegin(ThriftType.LIST, field.number());
          out.writeListBegin(type(field.type()), values.size());
          values.forEach(value -> write(out, value));
        } else if (!values.isEmpty()) {
          out.writeFieldBegin(type(field.type()), field.number());
          write(out, values.getFirst());
        }
      }
      out.writeStructEnd();
      return bytes.toByteArray();
    }

    private static void write(ThriftWriter out, Object value) {
      switch (value) {
        case Boolean bool -> out.writeBool(bool);
        case Integer number -> out.writeI32(number);
        case Long number -> out.writeI64(number);
        case Double number -> out.writeDouble(number);
        default -> out.writeString((String) value);
      }
    }

    @Override
    public Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Refused {
      return OwnPeers.read(
          schema, bytes, (message, in) -> read(schema, message, protocol.reader(in)));
    }

    private static void read(Schema schema, Map<String, List<Object>> message, ThriftReader in) {
      in.readStructBegin();
      for (ThriftType type = in.readFieldBegin();
          type != ThriftType.STOP;
          type = in.readFieldBegin()) {
        Field field = schema.numbered(in.fieldId());
        if (field == null || type != (field.repeated() ? ThriftType.LIST : type(field.type()))) {
          in.skip(type);
          continue;
        }
        List<Object> values = message.get(field.meaning());
        values.clear();
        int size = field.repeated() ? in.readListBegin(type(field.type())) : 1;
        for (int i = 0; i < size; i++) {
          values.add(read(in, field.type()));
        }
      }
      in.readStructEnd();
    }

    private static Object read(ThriftReader in, FieldType type) {
      return switch (type) {
        case BOOL -> in.readBool();
        case INT32, SINT32 -> in.readI32();
        case INT64, SINT64, SFIXED64 -> in.readI64();
        case DOUBLE -> in.readDouble();
        case STRING -> in.readString();
      };
    }

    private static ThriftType type(FieldType type) {
      return switch (type) {
        case BOOL -> ThriftType.BOOL;
        case INT32, SINT32 -> ThriftType.I32;
        case INT64, SINT64, SFIXED64 -> ThriftType.I64;
        case DOUBLE -> ThriftType.DOUBLE;
        case STRING -> ThriftType.STRING;
      };
    }
  }

  private record Json() implements Peer {
    @Override
    public String name() {
      return "your JSON";
    }

    @Override
    public byte[] write(Schema schema, Map<String, List<Object>> message) {
      ByteWriter bytes = new ByteWriter();
      JsonWriter out = new JsonWriter(bytes);
      out.beginObject();
      for (Field field : schema.fields()) {
        List<Object> values = message.get(field.meaning());
        if (field.repeated()) {
          out.name(field.name()).beginArray();
          values.forEach(value -> write(out, value));
          out.endArray();
        } else if (!values.isEmpty()) {
          write(out.name(field.name()), values.getFirst());
        }
      }
      out.endObject().finish();
      return bytes.toByteArray();
    }

    private static void write(JsonWriter out, Object value) {
      switch (value) {
        case Boolean bool -> out.value(bool);
        case Integer number -> out.value(number);
        case Long number -> out.value(number);
        case Double number -> out.value(number);
        default -> out.value((String) value);
      }
    }

    @Override
    public Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Refused {
      return OwnPeers.read(schema, bytes, (message, in) -> read(schema, message, in));
    }

    private static void read(Schema schema, Map<String, List<Object>> message, ByteReader bytes) {
      JsonReader in = new JsonReader(bytes);
      in.expect(JsonToken.BEGIN_OBJECT);
      while (in.next() == JsonToken.NAME) {
        Field field = schema.named(in.text());
        if (field == null) {
          in.skip();
          continue;
        }
        List<Object> values = message.get(field.meaning());
        if (field.repeated()) {
          in.expect(JsonToken.BEGIN_ARRAY);
          for (JsonToken token = in.next(); token != JsonToken.END_ARRAY; token = in.next()) {
            values.add(value(in, token, field.type()));
          }
        } else {
          values.add(value(in, in.next(), field.type()));
        }
      }
      in.expect(JsonToken.END);
    }

    private static Object value(JsonReader in, JsonToken token, FieldType type) {
      return switch (type) {
        case BOOL ->
            switch (token) {
              case TRUE -> true;
              case FALSE -> false;
              default -> throw in.malformed("neither true nor false");
            };
        case INT32, SINT32 -> in.intValue();
        case INT64, SINT64, SFIXED64 -> in.longValue();
        case DOUBLE -> in.doubleValue();
        case STRING -> {
          if (token != JsonToken.STRING) {
            throw in.malformed("no text");
          }
          yield in.text();
        }
      };
    }
  }
}
