package readiness.oracle.thrift;

import java.util.List;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code follow}, {@code unfollow} and {@code isFollowing}: each has the same. The
 * compiler makes three classes of them.
 */
final class EdgeArgs extends Struct<EdgeArgs> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("edge_args");
  private static final Field FOLLOWER = new Field("follower", TType.STRING, 1);
  private static final Field FOLLOWEE = new Field("followee", TType.STRING, 2);
  private static final List<Field> FIELDS = List.of(FOLLOWER, FOLLOWEE);

  public @Nullable String follower;
  public @Nullable String followee;

  /** One with nothing set. */
  EdgeArgs() {}

  /** One with all fields. */
  EdgeArgs(String follower, String followee) {
    this.follower = follower;
    this.followee = followee;
  }

  @Override
  List<Field> fields() {
    return FIELDS;
  }

  @Override
  EdgeArgs create() {
    return new EdgeArgs();
  }

  @Override
  public @Nullable Object getFieldValue(Field field) {
    return switch (field.getThriftFieldId()) {
      case 1 -> follower;
      default -> followee;
    };
  }

  @Override
  public void setFieldValue(Field field, @Nullable Object value) {
    switch (field.getThriftFieldId()) {
      case 1 -> follower = (String) value;
      default -> followee = (String) value;
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
              follower = in.readString();
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 2:
            if (field.type == TType.STRING) {
              followee = in.readString();
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
      if (follower != null) {
        out.writeFieldBegin(FOLLOWER.header());
        out.writeString(follower);
        out.writeFieldEnd();
      }
      if (followee != null) {
        out.writeFieldBegin(FOLLOWEE.header());
        out.writeString(followee);
        out.writeFieldEnd();
      }
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }
}
