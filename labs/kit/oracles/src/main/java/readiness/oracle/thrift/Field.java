package readiness.oracle.thrift;

import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.protocol.TField;

/**
 * A field of a struct, as the IDL has it.
 *
 * @param header what stands before its value
 */
public record Field(TField header) implements TFieldIdEnum {
  Field(String name, byte type, int id) {
    this(new TField(name, type, (short) id));
  }

  @Override
  public short getThriftFieldId() {
    return header.id;
  }

  @Override
  public String getFieldName() {
    return header.name;
  }
}
