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

/** What came of {@code getFollowers}: one of its fields is set. */
final class FollowersResult extends Struct<FollowersResult> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("getFollowers_result");
  private static final Field SUCCESS = new Field("success", TType.LIST, 0);
  private static final Field UNKNOWN = new Field("unknown", TType.STRUCT, 1);
  private static final List<Field> FIELDS = List.of(SUCCESS, UNKNOWN);

  public @Nullable List<Long> success;
  public @Nullable NoSuchPerson unknown;

  /** One with nothing set. */
  FollowersResult() {}

  /** One with all fields. */
  FollowersResult(@Nullable List<Long> success, @Nullable NoSuchPerson unknown) {
    this.success = success;
    this.unknown = unknown;
  }

  @Override
  List<Field> fields() {
    return FIELDS;
  }

  @Override
  FollowersResult create() {
    return new FollowersResult();
  }

  @Override
  public @Nullable Object getFieldValue(Field field) {
    return switch (field.getThriftFieldId()) {
      case 0 -> success;
      default -> unknown;
    };
  }

  @Override
  @SuppressWarnings("unchecked")
  public void setFieldValue(Field field, @Nullable Object value) {
    switch (field.getThriftFieldId()) {
      case 0 -> success = (List<Long>) value;
      default -> unknown = (NoSuchPerson) value;
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
          case 0:
            if (field.type == TType.LIST) {
              TList header = in.readListBegin();
              List<Long> list = new ArrayList<>(header.size);
              for (int i = 0; i < header.size; i++) {
                list.add(in.readI64());
              }
              in.readListEnd();
              success = list;
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 1:
            if (field.type == TType.STRUCT) {
              NoSuchPerson read = new NoSuchPerson();
              read.read(in);
              unknown = read;
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
      if (success != null) {
        out.writeFieldBegin(SUCCESS.header());
        out.writeListBegin(new TList(TType.I64, success.size()));
        for (long each : success) {
          out.writeI64(each);
        }
        out.writeListEnd();
        out.writeFieldEnd();
      }
      if (unknown != null) {
        out.writeFieldBegin(UNKNOWN.header());
        unknown.write(out);
        out.writeFieldEnd();
      }
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }
}
