package readiness.dissect;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.StringJoiner;
import readiness.dissect.Part.Kind;
import readiness.serialization.ByteReader;
import readiness.serialization.MalformedException;
import readiness.serialization.ProtobufReader;
import readiness.serialization.Varint;
import readiness.serialization.WireType;

/**
 * A Protobuf message. Its bytes say of a field that it has a length, and not whether it is a text,
 * a message or packed numbers; so it is shown as whatever it can be.
 *
 * <p>To know whether a field can be a message, its own fields are passed by once before they are
 * named. Those that are nested in them are not looked at then, so that each byte is passed by no
 * more than once on each level, and there are {@link ProtobufReader#MAX_DEPTH} levels.
 */
final class ProtobufDissector implements Dissector {
  /** How many packed numbers are printed. */
  private static final int NUMBERS = 12;

  private final ByteReader in;
  private final ProtobufReader reader;
  private final Parts parts;
  private final ByteReader ahead = new ByteReader();

  /** How many fields around us are read as messages, and need not be any. */
  private int guesses;

  ProtobufDissector(ByteReader in, Parts parts) {
    this.in = in;
    this.parts = parts;
    reader = new ProtobufReader(in);
  }

  @Override
  public void dissect() {
    for (int tag = reader.readTag(); tag != 0; tag = reader.readTag()) {
      field(tag);
    }
  }

  private void field(int tag) {
    String field = "field " + WireType.field(tag) + ", ";
    switch (WireType.of(tag)) {
      case WireType.VARINT -> {
        next(Kind.NAME, field + "varint");
        next(Kind.VALUE, varint(reader.readUInt64()));
      }
      case WireType.I64 -> {
        next(Kind.NAME, field + "64 bits");
        next(Kind.VALUE, fixed(reader.readFixed64()));
      }
      case WireType.I32 -> {
        next(Kind.NAME, field + "32 bits");
        next(Kind.VALUE, fixed(reader.readFixed32()));
      }
      case WireType.LEN -> {
        next(Kind.NAME, field + "length-delimited");
        delimited();
      }
      case WireType.SGROUP -> group(tag, field);
      default -> reader.skip(tag); // which says what is wrong with it
    }
  }

  private static String varint(long value) {
    long zigZag = Varint.decodeZigZag(value);
    return integer(value, Long.toUnsignedString(value))
        + (zigZag == value ? "" : ", zigzag " + zigZag);
  }

  private static String fixed(long value) {
    return integer(value, Long.toUnsignedString(value))
        + ", double "
        + Double.longBitsToDouble(value);
  }

  private static String fixed(int value) {
    return integer(value, Integer.toUnsignedString(value))
        + ", float "
        + Float.intBitsToFloat(value);
  }

  private static String integer(long signed, String unsigned) {
    return signed < 0 ? unsigned + ", signed " + signed : unsigned;
  }

  private void group(int tag, String field) {
    if (isDeep()) {
      if (guesses == 0) {
        throw in.malformed("nested more than %d deep".formatted(ProtobufReader.MAX_DEPTH));
      }
      reader.skip(tag);
      next(Kind.VALUE, field + "a group, too deep to be shown");
      return;
    }
    next(Kind.NAME, field + "a group begins");
    parts.enter();
    int end = tag - WireType.SGROUP + WireType.EGROUP;
    for (int inner = reader.readTag(); inner != end; inner = reader.readTag()) {
      if (inner == 0) {
        throw in.malformed("a group does not end");
      }
      field(inner);
    }
    parts.leave();
    next(Kind.FRAME, field + "the group ends");
  }

  private boolean isDeep() {
    return parts.level() == ProtobufReader.MAX_DEPTH;
  }

  private void delimited() {
    int outer = reader.enterPacked();
    int from = in.position();
    int to = from + in.remaining();
    Optional<String> text = Text.guess(parts.bytes, from, to);
    if (from == to) {
      next(Kind.LENGTH, "0 bytes: an empty text, message or list");
    } else if (isDeep() || !isMessage(from, to)) {
      next(Kind.LENGTH, Text.bytes(to - from));
      in.skip(to - from);
      next(Kind.VALUE, text.orElseGet(() -> bytes(from, to)));
    } else if (text.isEmpty()) {
      next(Kind.LENGTH, Text.bytes(to - from) + ", a message:");
      message();
    } else {
      next(Kind.LENGTH, Text.bytes(to - from) + ", a text or a message");
      parts.next(to, Kind.VALUE, "as a text: " + text.get());
      parts.again(from);
      parts.say("as a message:");
      message();
    }
    reader.leavePacked(outer);
  }

  private void message() {
    guesses++;
    parts.enter();
    dissect();
    parts.leave();
    guesses--;
  }

  private boolean isMessage(int from, int to) {
    ProtobufReader fields = lookAhead(from, to);
    try {
      for (int tag = fields.readTag(); tag != 0; tag = fields.readTag()) {
        fields.skip(tag);
      }
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  /** What bytes may be that are neither a text nor a message. */
  private String bytes(int from, int to) {
    ProtobufReader numbers = lookAhead(from, to);
    StringJoiner packed = new StringJoiner(", ", "bytes, or packed varints: ", "");
    try {
      for (int i = 0; numbers.hasMore(); i++) {
        long number = numbers.readUInt64();
        if (i < NUMBERS) {
          packed.add(Long.toUnsignedString(number));
        } else if (i == NUMBERS) {
          packed.add("…");
        }
      }
      return packed.toString();
    } catch (MalformedException _) {
      return "bytes";
    }
  }

  private ProtobufReader lookAhead(int from, int to) {
    return new ProtobufReader(ahead.open(MemorySegment.ofArray(parts.bytes), from, to - from));
  }

  /** What has been read since is the next part. */
  private void next(Kind kind, String text) {
    parts.next(in.position(), kind, text);
  }
}
