package readiness.oracle.thrift;

import org.apache.thrift.TException;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;

/** The exception that the IDL declares: a struct that can be thrown. */
public final class NoSuchPerson extends TException
    implements TSerializable, Comparable<NoSuchPerson> {
  private static final long serialVersionUID = 1L;

  private static final TStruct STRUCT = new TStruct("NoSuchPerson");
  private static final Field ID = new Field("id", TType.I64, 1);

  public long id;

  /** One with nothing set. */
  NoSuchPerson() {}

  /**
   * @param id that nobody has
   */
  public NoSuchPerson(long id) {
    this.id = id;
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
            if (field.type == TType.I64) {
              id = in.readI64();
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
      out.writeFieldBegin(ID.header());
      out.writeI64(id);
      out.writeFieldEnd();
      out.writeFieldStop();
      out.writeStructEnd();
    } finally {
      out.decrementRecursionDepth();
    }
  }

  @Override
  public int compareTo(NoSuchPerson other) {
    return Long.compare(id, other.id);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoSuchPerson that && that.id == id;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String getMessage() {
    return "nobody has the number " + id;
  }
}
