package readiness.oracle.thrift;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/** The exception that the IDL declares: a struct that can be thrown. */
public final class Refused extends TException implements TSerializable, Comparable<Refused> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("Refused");
  private static final Field REASON = new Field("reason", TType.STRING, 1);

  public String reason = "";

  /** One with nothing set. */
  Refused() {}

  /**
   * @param reason why, in words
   */
  public Refused(String reason) {
    this.reason = reason;
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
              reason = in.readString();
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
      out.writeFieldBegin(REASON.header());
      out.writeString(reason);
      out.writeFieldEnd();
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }

  @Override
  public int compareTo(Refused other) {
    return reason.compareTo(other.reason);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Refused that && that.reason.equals(reason);
  }

  @Override
  public int hashCode() {
    return reason.hashCode();
  }

  @Override
  public String getMessage() {
    return reason;
  }
}
