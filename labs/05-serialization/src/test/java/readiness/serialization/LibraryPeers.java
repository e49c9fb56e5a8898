package readiness.serialization;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.transport.TMemoryBuffer;
import org.apache.thrift.transport.TMemoryInputTransport;

/** What others have written, driven by a {@link Schema}. */
final class LibraryPeers {
  static final Peer PROTOBUF = new ProtobufJava();
  static final Peer BINARY = new Libthrift("libthrift, binary", new TBinaryProtocol.Factory());
  static final Peer COMPACT = new Libthrift("libthrift, compact", new TCompactProtocol.Factory());
  static final Peer JSON = new Jackson();

  private LibraryPeers() {}

  /** All of a format: it is safe if it is with each of them. */
  static List<Peer> of(Format format) {
    return switch (format) {
      case PROTOBUF -> List.of(PROTOBUF);
      case THRIFT -> List.of(BINARY, COMPACT);
      case JSON -> List.of(JSON);
    };
  }

  /** protobuf-java by descriptors, as protoc makes them; of proto2, which has required fields. */
  private static final class ProtobufJava implements Peer {
    private final Map<Schema, Descriptor> descriptors = new HashMap<>();

    @Override
    public String name() {
      return "protobuf-java";
    }

    @Override
    public byte[] write(Schema schema, Map<String, List<Object>> message) {
      Descriptor descriptor = descriptor(schema);
      DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor);
      for (Field field : schema.fields()) {
        FieldDescriptor to = descriptor.findFieldByNumber(field.number());
        for (Object value : message.get(field.meaning())) {
          if (field.repeated()) {
            builder.addRepeatedField(to, value);
          } else {
            builder.setField(to, value);
          }
        }
      }
      return builder.build().toByteArray();
    }

    @Override
    public Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Refused {
      Descriptor descriptor = descriptor(schema);
      DynamicMessage read;
      try {
        read = DynamicMessage.parseFrom(descriptor, bytes);
      } catch (InvalidProtocolBufferException e) {
        throw new Refused(e);
      }
      Map<String, List<Object>> message = new HashMap<>();
      for (Field field : schema.fields()) {
        FieldDescriptor from = descriptor.findFieldByNumber(field.number());
        List<Object> values = new ArrayList<>();
        if (field.repeated()) {
          values.addAll((List<?>) read.getField(from));
        } else if (read.hasField(from)) {
          values.add(read.getField(from));
        }
        message.put(field.meaning(), values);
      }
      return message;
    }

    private Descriptor descriptor(Schema schema) {
      return descriptors.computeIfAbsent(schema, ProtobufJava::describe);
    }

    private static Descriptor describe(Schema schema) {
      DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Message");
      for (Field field : schema.fields()) {
        FieldDescriptorProto.Builder described =
            message
                .addFieldBuilder()
                .setName(field.name())
                .setNumber(field.number())
                .setLabel(FieldDescriptorProto.Label.valueOf("LABEL_" + field.presence()))
                .setType(FieldDescriptorProto.Type.valueOf("TYPE_" + field.type()));
        if (field.repeated() && field.type() != FieldType.STRING) {
          described.getOptionsBuilder().setPacked(true);
        }
      }
      try {
        return FileDescriptor.buildFrom(
                FileDescriptorProto.newBuilder()
                    .setName("message.proto")
                    .setSyntax("proto2")
                    .addMessageType(message)
                    .build(),
                new FileDescriptor[0])
            .findMessageTypeByName("Message");
      } catch (DescriptorValidationException e) {
        throw new IllegalArgumentException(schema.toString(), e);
      }
    }
  }

  /**
   * libthrift, called as what its compiler generates calls it: a field of the right number and type
   * is read, any other skipped, the elements of a list are read without a look at their type, and
   * in the end it is asked whether all that is required was there.
   */
  private record Libthrift(String name, TProtocolFactory protocols) implements Peer {
    @Override
    public byte[] write(Schema schema, Map<String, List<Object>> message) throws TException {
      TMemoryBuffer buffer = new TMemoryBuffer(64);
      TProtocol out = protocols.getProtocol(buffer);
      out.writeStructBegin(new TStruct("Message"));
      for (Field field : schema.fields()) {
        List<Object> values = message.get(field.meaning());
        short id = (short) field.number();
        if (field.repeated()) {
          out.writeFieldBegin(new TField(field.name(), TType.LIST, id));
          out.writeListBegin(new TList(type(field.type()), values.size()));
          for (Object value : values) {
            writeValue(out, value);
          }
          out.writeListEnd();
          out.writeFieldEnd();
        } else if (!values.isEmpty()) {
          out.writeFieldBegin(new TField(field.name(), type(field.type()), id));
          writeValue(out, values.getFirst());
          out.writeFieldEnd();
        }
      }
      out.writeFieldStop();
      out.writeStructEnd();
      return Arrays.copyOf(buffer.getArray(), buffer.length());
    }

    @Override
    public Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Refused {
      Map<String, List<Object>> message = new HashMap<>();
      schema.fields().forEach(field -> message.put(field.meaning(), new ArrayList<>()));
      try {
        TProtocol in = protocols.getProtocol(new TMemoryInputTransport(bytes));
        in.readStructBegin();
        for (TField head = in.readFieldBegin();
            head.type != TType.STOP;
            head = in.readFieldBegin()) {
          Field field = schema.numbered(head.id);
          if (field == null || head.type != (field.repeated() ? TType.LIST : type(field.type()))) {
            TProtocolUtil.skip(in, head.type);
          } else {
            List<Object> values = message.get(field.meaning());
            values.clear();
            int size = field.repeated() ? in.readListBegin().size : 1;
            for (int i = 0; i < size; i++) {
              values.add(readValue(in, field.type()));
            }
          }
          in.readFieldEnd();
        }
        in.readStructEnd();
      } catch (TException e) {
        throw new Refused(e);
      }
      Refused.ifMissing(schema, message);
      return message;
    }

    private static byte type(FieldType type) {
      return switch (type) {
        case BOOL -> TType.BOOL;
        case INT32, SINT32 -> TType.I32;
        case INT64, SINT64, SFIXED64 -> TType.I64;
        case DOUBLE -> TType.DOUBLE;
        case STRING -> TType.STRING;
      };
    }

    private static void writeValue(TProtocol out, Object value) throws TException {
      switch (value) {
        case Boolean bool -> out.writeBool(bool);
        case Integer number -> out.writeI32(number);
        case Long number -> out.writeI64(number);
        case Double number -> out.writeDouble(number);
        default -> out.writeString((String) value);
      }
    }

    private static Object readValue(TProtocol in, FieldType type) throws TException {
      return switch (type) {
        case BOOL -> in.readBool();
        case INT32, SINT32 -> in.readI32();
        case INT64, SINT64, SFIXED64 -> in.readI64();
        case DOUBLE -> in.readDouble();
        case STRING -> in.readString();
      };
    }
  }

  /**
   * Jackson, with all leniency taken from it: left alone, it makes 5 of "5", 1 of 1.9 and "5" of 5.
   */
  private static final class Jackson implements Peer {
    private final ObjectMapper mapper =
        JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                LogicalType.Textual,
                config ->
                    config
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .build();

    @Override
    public String name() {
      return "Jackson";
    }

    @Override
    public byte[] write(Schema schema, Map<String, List<Object>> message) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JsonGenerator out = mapper.createGenerator(bytes)) {
        out.writeStartObject();
        for (Field field : schema.fields()) {
          List<Object> values = message.get(field.meaning());
          if (field.repeated()) {
            out.writeObjectField(field.name(), values);
          } else if (!values.isEmpty()) {
            out.writeObjectField(field.name(), values.getFirst());
          }
        }
        out.writeEndObject();
      }
      return bytes.toByteArray();
    }

    @Override
    public Map<String, List<Object>> read(Schema schema, byte[] bytes) throws Refused, IOException {
      Map<String, List<Object>> message = new HashMap<>();
      schema.fields().forEach(field -> message.put(field.meaning(), List.of()));
      try (JsonParser in = mapper.createParser(bytes)) {
        in.nextToken();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          Field field = schema.named(in.currentName());
          in.nextToken();
          if (field == null) {
            in.skipChildren();
          } else if (field.repeated()) {
            JavaType list =
                mapper.getTypeFactory().constructCollectionType(List.class, type(field.type()));
            message.put(field.meaning(), mapper.readValue(in, list));
          } else {
            message.put(field.meaning(), List.of(mapper.readValue(in, type(field.type()))));
          }
        }
      } catch (JsonProcessingException e) {
        throw new Refused(e);
      }
      Refused.ifMissing(schema, message);
      return message;
    }

    private static Class<?> type(FieldType type) {
      return switch (type) {
        case BOOL -> Boolean.class;
        case INT32, SINT32 -> Integer.class;
        case INT64, SINT64, SFIXED64 -> Long.class;
        case DOUBLE -> Double.class;
        case STRING -> String.class;
      };
    }
  }
}
