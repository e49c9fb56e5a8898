package readiness.serialization;

import com.google.protobuf.ByteString;
import readiness.oracle.Protos.Scalars;

/**
 * What a compiler would make of the message {@code Scalars}, one field of every scalar type, for
 * the reader's writer and reader. The message itself is protobuf-java's.
 */
final class ScalarsCodec implements Codec<Scalars> {
  private static final int NUMBERS = 16;
  private static final int TEXTS = 17;
  private static final int NESTED = 18;

  @Override
  public void write(Scalars value, ByteWriter bytes) {
    write(value, bytes, new ProtobufWriter(bytes));
  }

  private static void write(Scalars value, ByteWriter bytes, ProtobufWriter out) {
    if (!ProtobufWriter.isDefault(value.getDoubleValue())) {
      out.writeDouble(1, value.getDoubleValue());
    }
    if (!ProtobufWriter.isDefault(value.getFloatValue())) {
      out.writeFloat(2, value.getFloatValue());
    }
    if (value.getInt32Value() != 0) {
      out.writeInt32(3, value.getInt32Value());
    }
    if (value.getInt64Value() != 0) {
      out.writeInt64(4, value.getInt64Value());
    }
    if (value.getUint32Value() != 0) {
      out.writeUInt32(5, value.getUint32Value());
    }
    if (value.getUint64Value() != 0) {
      out.writeUInt64(6, value.getUint64Value());
    }
    if (value.getSint32Value() != 0) {
      out.writeSInt32(7, value.getSint32Value());
    }
    if (value.getSint64Value() != 0) {
      out.writeSInt64(8, value.getSint64Value());
    }
    if (value.getFixed32Value() != 0) {
      out.writeFixed32(9, value.getFixed32Value());
    }
    if (value.getFixed64Value() != 0) {
      out.writeFixed64(10, value.getFixed64Value());
    }
    if (value.getSfixed32Value() != 0) {
      out.writeSFixed32(11, value.getSfixed32Value());
    }
    if (value.getSfixed64Value() != 0) {
      out.writeSFixed64(12, value.getSfixed64Value());
    }
    if (value.getBoolValue()) {
      out.writeBool(13, value.getBoolValue());
    }
    if (!value.getStringValue().isEmpty()) {
      out.writeString(14, value.getStringValue());
    }
    if (!value.getBytesValue().isEmpty()) {
      out.writeBytes(15, value.getBytesValue().toByteArray());
    }
    if (value.getNumbersCount() > 0) {
      int begin = out.begin(NUMBERS);
      for (long number : value.getNumbersList()) {
        Varint.write(bytes, number);
      }
      out.end(begin);
    }
    for (String text : value.getTextsList()) {
      out.writeString(TEXTS, text);
    }
    if (value.hasNested()) {
      int begin = out.begin(NESTED);
      write(value.getNested(), bytes, out);
      out.end(begin);
    }
  }

  @Override
  public Scalars read(ByteReader bytes) {
    Scalars.Builder value = Scalars.newBuilder();
    merge(new ProtobufReader(bytes), value);
    return value.build();
  }

  private static void merge(ProtobufReader in, Scalars.Builder value) {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case 1 << 3 | WireType.I64 -> value.setDoubleValue(in.readDouble());
        case 2 << 3 | WireType.I32 -> value.setFloatValue(in.readFloat());
        case 3 << 3 | WireType.VARINT -> value.setInt32Value(in.readInt32());
        case 4 << 3 | WireType.VARINT -> value.setInt64Value(in.readInt64());
        case 5 << 3 | WireType.VARINT -> value.setUint32Value(in.readUInt32());
        case 6 << 3 | WireType.VARINT -> value.setUint64Value(in.readUInt64());
        case 7 << 3 | WireType.VARINT -> value.setSint32Value(in.readSInt32());
        case 8 << 3 | WireType.VARINT -> value.setSint64Value(in.readSInt64());
        case 9 << 3 | WireType.I32 -> value.setFixed32Value(in.readFixed32());
        case 10 << 3 | WireType.I64 -> value.setFixed64Value(in.readFixed64());
        case 11 << 3 | WireType.I32 -> value.setSfixed32Value(in.readSFixed32());
        case 12 << 3 | WireType.I64 -> value.setSfixed64Value(in.readSFixed64());
        case 13 << 3 | WireType.VARINT -> value.setBoolValue(in.readBool());
        case 14 << 3 | WireType.LEN -> value.setStringValue(in.readString());
        case 15 << 3 | WireType.LEN -> value.setBytesValue(ByteString.copyFrom(in.readBytes()));
        case NUMBERS << 3 | WireType.LEN -> {
          int outer = in.enterPacked();
          while (in.hasMore()) {
            value.addNumbers(in.readInt64());
          }
          in.leavePacked(outer);
        }
        case NUMBERS << 3 | WireType.VARINT -> value.addNumbers(in.readInt64());
        case TEXTS << 3 | WireType.LEN -> value.addTexts(in.readString());
        case NESTED << 3 | WireType.LEN -> {
          int outer = in.enterMessage();
          merge(in, value.getNestedBuilder());
          in.leaveMessage(outer);
        }
        default -> in.skip(tag);
      }
    }
  }
}
