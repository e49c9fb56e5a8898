package readiness.oracle.thrift;

import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/** A person as the Thrift compiler has it. */
public final class Person extends Struct<Person> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("Person");
  private static final Field NAME = new Field("name", TType.STRING, 1);
  private static final Field ID = new Field("id", TType.I32, 2);
  private static final Field EMAILS = new Field("emails", TType.LIST, 3);
  private static final List<Field> FIELDS = List.of(NAME, ID, EMAILS);

  public @Nullable String name;
  public int id;
  public @Nullable List<String> emails;

  /** One with nothing set. */
  public Person() {}

  /** One with all fields. */
  public Person(String name, int id, List<String> emails) {
    this.name = name;
    this.id = id;
    this.emails = emails;
  }

  @Override
  List<Field> fields() {
    return FIELDS;
  }

  @Override
  Person create() {
    return new Person();
  }

  @Override
  public @Nullable Object getFieldValue(Field field) {
    return switch (field.getThriftFieldId()) {
      case 1 -> name;
      case 2 -> id;
      default -> emails;
    };
  }

  @Override
  @SuppressWarnings("unchecked")
  public void setFieldValue(Field field, @Nullable Object value) {
    switch (field.getThriftFieldId()) {
      case 1 -> name = (String) value;
      case 2 -> id = value == null ? 0 : (Integer) value;
      default -> emails = (List<String>) value;
    }
  }

  @Override
  public void read(TProtocol in) throws TException {
    in.incrementRecursionDepth();
    try {
      in.readStructBegin();
      while (true) {
        TField field = in.readFieldBegin();
        if (field.type == TType.STOP) {
          break;
        }
        switch (field.id) {
          case 1:
            if (field.type == TType.STRING) {
              name = in.readString();
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 2:
            if (field.type == TType.I32) {
              id = in.readI32();
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 3:
            if (field.type == TType.LIST) {
              TList header = in.readListBegin();
              List<String> list = new ArrayList<>(header.size);
              for (int i = 0; i < header.size; i++) {
                list.add(in.readString());
              }
              in.readListEnd();
              emails = list;
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          default:
            TProtocolUtil.skip(in, field.type);
            break;
        }
        in.readFieldEnd();
      }
      in.readStructEnd();
    } finally {
      in.decrementRecursionDepth();
    }
  }

  @Override
  public void write(TProtocol out) throws TException {
    out.incrementRecursionDepth();
    try {
      out.writeStructBegin(STRUCT);
      if (name != null) {
        out.writeFieldBegin(NAME.header());
        out.writeString(name);
        out.writeFieldEnd();
      }
      out.writeFieldBegin(ID.header());
      out.writeI32(id);
      out.writeFieldEnd();
      if (emails != null) {
        out.writeFieldBegin(EMAILS.header());
        out.writeListBegin(new TList(TType.STRING, emails.size()));
        for (String each : emails) {
          out.writeString(each);
        }
        out.writeListEnd();
        out.writeFieldEnd();
      }
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }
}
