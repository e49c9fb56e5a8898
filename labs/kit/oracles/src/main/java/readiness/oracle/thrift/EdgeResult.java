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
 * What came of {@code follow}, {@code unfollow} or {@code isFollowing}: one of its fields is set.
 */
final class EdgeResult extends Struct<EdgeResult> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("edge_result");
  private static final Field SUCCESS = new Field("success", TType.BOOL, 0);
  private static final Field REFUSED = new Field("refused", TType.STRUCT, 1);
  private static final List<Field> FIELDS = List.of(SUCCESS, REFUSED);

  public @Nullable Boolean success;
  public @Nullable Refused refused;

  /** One with nothing set. */
  EdgeResult() {}

  /** One with all fields. */
  EdgeResult(@Nullable Boolean success, @Nullable Refused refused) {
    this.success = success;
    this.refused = refused;
  }

  @Override
  List<Field> fields() {
    return FIELDS;
  }

  @Override
  EdgeResult create() {
    return new EdgeResult();
  }

  @Override
  public @Nullable Object getFieldValue(Field field) {
    return switch (field.getThriftFieldId()) {
      case 0 -> success;
      default -> refused;
    };
  }

  @Override
  public void setFieldValue(Field field, @Nullable Object value) {
    switch (field.getThriftFieldId()) {
      case 0 -> success = (Boolean) value;
      default -> refused = (Refused) value;
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
            if (field.type == TType.BOOL) {
              success = in.readBool();
            } else {
              TProtocolUtil.skip(in, field.type);
            }
            break;
          case 1:
            if (field.type == TType.STRUCT) {
              Refused read = new Refused();
              read.read(in);
              refused = read;
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
        out.writeBool(success);
        out.writeFieldEnd();
      }
      if (refused != null) {
        out.writeFieldBegin(REFUSED.header());
        refused.write(out);
        out.writeFieldEnd();
      }
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }
}
