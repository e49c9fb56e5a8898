package readiness.oracle.thrift;

import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code getFollowers}. */
final class FollowersArgs extends Struct<FollowersArgs> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("getFollowers_args");
  private static final Field FOLLOWEE = new Field("followee", TType.STRING, 1);
  private static final Field AFTER = new Field("after", TType.STRING, 2);
  private static final Field LIMIT = new Field("limit", TType.I32, 3);
  private static final List<Field> FIELDS = List.of(FOLLOWEE, AFTER, LIMIT);

  public @Nullable String followee;
  public @Nullable String after;
  public @Nullable Integer limit;

  /** One with nothing set. */
  FollowersArgs() {}

  /** One with all fields. */
  FollowersArgs(String followee, String after, Integer limit) {
    this.followee = followee;
    this.after = after;
    this.limit = limit;
  }

  @Override
  List<Field> fields() {
    return FIELDS;
  }

  @Override
  FollowersArgs create() {
    return new FollowersArgs();
  }

  @Override
  public @Nullable Object getFieldValue(Field field) {
    return switch (field.getThriftFieldId()) {
      case 1 -> followee;
      case 2 -> after;
      default -> limit;
    };
  }

  @Override
  public void setFieldValue(Field field, @Nullable Object value) {
    switch (field.getThriftFieldId()) {
      case 1 -> followee = (String) value;
      case 2 -> after = (String) value;
      default -> limit = (Integer) value;
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
              followee = in.readString();
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 2:
            if (field.type == TType.STRING) {
              after = in.readString();
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 3:
            if (field.type == TType.I32) {
              limit = in.readI32();
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
      if (followee != null) {
        out.writeFieldBegin(FOLLOWEE.header());
        out.writeString(followee);
        out.writeFieldEnd();
      }
      if (after != null) {
        out.writeFieldBegin(AFTER.header());
        out.writeString(after);
        out.writeFieldEnd();
      }
      if (limit != null) {
        out.writeFieldBegin(LIMIT.header());
        out.writeI32(limit);
        out.writeFieldEnd();
      }
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }
}
