package readiness.dissect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Locale;
import readiness.dissect.Part.Kind;
import readiness.serialization.ByteReader;
import readiness.serialization.ThriftMessage;
import readiness.serialization.ThriftProtocol;
import readiness.serialization.ThriftReader;
import readiness.serialization.ThriftType;

/**
 * Thrift in either protocol: a message or a bare struct, in a frame or not. The bytes of a part are
 * those that the reader has taken for it.
 */
final class ThriftDissector implements Dissector {
  private static final int COMPACT_MESSAGE = 0x82;

  private final ThriftProtocol protocol;
  private final ByteReader in;
  private final ThriftReader reader;
  private final Parts parts;

  ThriftDissector(ThriftProtocol protocol, ByteReader in, Parts parts) {
    this.protocol = protocol;
    this.in = in;
    this.parts = parts;
    reader = protocol.reader(in);
  }

  @Override
  public void dissect() {
    boolean frame = firstWord() > 0 && firstWord() == in.remaining() - Integer.BYTES;
    if (frame) {
      next(Kind.LENGTH, "a frame of " + Text.bytes(in.readIntBigEndian()));
    }
    boolean message = isMessage();
    if (message) {
      message(reader.readMessageBegin());
    } else {
      parts.say("a struct:");
    }
    struct();
    if (in.remaining() > 0) {
      String reason = "behind the end of the struct there is more: " + Text.bytes(in.remaining());
      throw in.malformed(frame || message ? reason : reason + orAFrame());
    }
  }

  /** Somebody may have cut a frame short, and its length reads like a struct without fields. */
  private String orAFrame() {
    int length = firstWord();
    return length <= 0
        ? ""
        : "; in a frame of %s there would be %d"
            .formatted(Text.bytes(length), parts.bytes.length - Integer.BYTES);
  }

  /** The first four bytes as a number; −1 if there are fewer: no frame's length. */
  private int firstWord() {
    byte[] bytes = parts.bytes;
    return bytes.length < Integer.BYTES ? -1 : ByteBuffer.wrap(bytes).getInt();
  }

  /** What a message begins with is no type that a struct's first field could have. */
  private boolean isMessage() {
    if (in.remaining() == 0) {
      return false;
    }
    byte first = parts.bytes[in.position()];
    return switch (protocol) {
      case BINARY -> first < 0;
      case COMPACT -> first == (byte) COMPACT_MESSAGE;
    };
  }

  /** Its header has been read at once; here is where its parts end. */
  private void message(ThriftMessage message) {
    int nameLength = message.name().getBytes(UTF_8).length;
    String type = type(message.type());
    String length = Text.bytes(nameLength);
    String name = Text.quote(message.name());
    String sequence = "sequence id " + message.seqid();
    switch (protocol) {
      case BINARY -> {
        parts.next(parts.done() + 4, Kind.FRAME, "a message, version 1: " + type);
        parts.next(parts.done() + 4, Kind.LENGTH, length);
        parts.next(parts.done() + nameLength, Kind.VALUE, name);
        next(Kind.VALUE, sequence);
      }
      case COMPACT -> {
        parts.next(parts.done() + 1, Kind.FRAME, "a message in the compact protocol:");
        parts.next(parts.done() + 1, Kind.FRAME, "version 1: " + type);
        parts.next(parts.endOfVarint(parts.done()), Kind.VALUE, sequence);
        parts.next(parts.endOfVarint(parts.done()), Kind.LENGTH, length);
        next(Kind.VALUE, name);
      }
    }
    parts.say(message.type() == ThriftMessage.CALL ? "its arguments, a struct:" : "a struct:");
  }

  private static String type(byte type) {
    return switch (type) {
      case ThriftMessage.CALL -> "a call";
      case ThriftMessage.REPLY -> "a reply";
      case ThriftMessage.EXCEPTION -> "an exception";
      case ThriftMessage.ONEWAY -> "a oneway call";
      default -> "type " + type + ", which nobody knows";
    };
  }

  private void struct() {
    reader.readStructBegin();
    parts.enter();
    ThriftType type = reader.readFieldBegin();
    while (type != ThriftType.STOP) {
      next(Kind.NAME, "field " + reader.fieldId() + ", " + name(type));
      value(type, "");
      type = reader.readFieldBegin();
    }
    parts.leave();
    next(Kind.FRAME, "end of the struct");
    reader.readStructEnd();
  }

  /**
   * A value.
   *
   * @param what it is in a container, which has no header for it
   */
  private void value(ThriftType type, String what) {
    switch (type) {
      case BOOL -> {
        boolean value = reader.readBool();
        boolean inHeader = in.position() == parts.done();
        next(Kind.VALUE, what + value + (inHeader ? ", as its type has said" : ""));
      }
      case BYTE -> number(what, reader.readByte());
      case I16 -> number(what, reader.readI16());
      case I32 -> number(what, reader.readI32());
      case I64 -> number(what, reader.readI64());
      case DOUBLE -> next(Kind.VALUE, what + reader.readDouble());
      case UUID -> next(Kind.VALUE, what + reader.readUuid());
      case STRING -> text(what);
      case STRUCT, LIST, SET, MAP -> nested(type, what);
      case STOP -> throw in.malformed("a value of type STOP");
    }
  }

  private void number(String what, long value) {
    next(Kind.VALUE, what + value);
  }

  private void text(String what) {
    reader.skipBinary();
    int end = in.position();
    int begin =
        switch (protocol) {
          case BINARY -> parts.done() + Integer.BYTES;
          case COMPACT -> parts.endOfVarint(parts.done());
        };
    parts.next(begin, Kind.LENGTH, what + Text.bytes(end - begin));
    if (begin < end) {
      parts.next(end, Kind.VALUE, Text.of(parts.bytes, begin, end).orElse("bytes, not UTF-8"));
    }
  }

  private void nested(ThriftType type, String what) {
    if (parts.level() >= ThriftReader.MAX_DEPTH) {
      throw in.malformed("nested more than %d deep".formatted(ThriftReader.MAX_DEPTH));
    }
    if (type == ThriftType.STRUCT) {
      if (!what.isEmpty()) {
        parts.say(what + "a struct:");
      }
      struct();
    } else if (type == ThriftType.MAP) {
      map(what);
    } else {
      list(what);
    }
  }

  private void list(String what) {
    int size = reader.readListBegin();
    ThriftType element = reader.elementType();
    next(Kind.LENGTH, what + Text.count(size, "element") + ", each " + name(element));
    parts.enter();
    boolean numbered = element == ThriftType.STRUCT;
    for (int i = 0; i < size; i++) {
      value(element, numbered ? "element " + i + ", " : "");
    }
    parts.leave();
  }

  private void map(String what) {
    int size = reader.readMapBegin();
    ThriftType key = reader.keyType();
    ThriftType value = reader.valueType();
    // In the compact protocol, an empty map does not say of what.
    String types = size == 0 ? "" : ", " + name(key) + " to " + name(value);
    next(Kind.LENGTH, what + Text.count(size, "pair") + types);
    parts.enter();
    for (int i = 0; i < size; i++) {
      value(key, "key ");
      value(value, "value ");
    }
    parts.leave();
  }

  private static String name(ThriftType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** What has been read since is the next part. */
  private void next(Kind kind, String text) {
    parts.next(in.position(), kind, text);
  }
}
