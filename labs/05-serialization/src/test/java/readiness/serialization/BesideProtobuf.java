package readiness.serialization;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;
import readiness.oracle.Protos;

/**
 * A codec of the reader's beside protobuf-java's parser of the same messages. Both read the same
 * bytes: either both refuse them, or both read the same.
 */
final class BesideProtobuf<T> {
  static final BesideProtobuf<Person> PERSON =
      new BesideProtobuf<>(
          new PersonProtobuf(), Protos.Person.parser(), Messages::protobuf, person -> null);

  static final BesideProtobuf<Profile> PROFILE =
      new BesideProtobuf<>(
          new ProfileProtobuf(), Protos.Profile.parser(), Messages::protobuf, Profile::unknown);

  static final BesideProtobuf<Protos.Scalars> SCALARS =
      new BesideProtobuf<>(
          new ScalarsCodec(), Protos.Scalars.parser(), scalars -> scalars, scalars -> null);

  private final Codec<T> codec;
  private final Parser<? extends Message> parser;
  private final Function<T, Message> known;
  private final Function<T, @Nullable UnknownFields> unknown;

  private BesideProtobuf(
      Codec<T> codec,
      Parser<? extends Message> parser,
      Function<T, Message> known,
      Function<T, @Nullable UnknownFields> unknown) {
    this.codec = codec;
    this.parser = parser;
    this.known = known;
    this.unknown = unknown;
  }

  Codec<T> codec() {
    return codec;
  }

  /**
   * Lets both read these bytes.
   *
   * @param why the right answer is right, in a failure
   * @return what both have read; null if both refuse it
   */
  @Nullable T read(Story story, byte[] bytes, String why) {
    Message right = protobufs(parser, bytes);
    String expected =
        right == null
            ? "a MalformedException: %s; protobuf-java refuses it".formatted(why)
            : "as protobuf-java reads it, %s: %s".formatted(shown(right), why);
    story.then("read %s", Story.hex(bytes));
    T value;
    try {
      value = codec.read(new ByteReader().open(MemorySegment.ofArray(bytes)));
    } catch (MalformedException e) {
      story.expect(right == null, expected, e.toString());
      return null;
    } catch (Finding | NotYet e) {
      throw e;
    } catch (Throwable e) {
      throw story.finding(expected, e);
    }
    story.expect(right != null, expected, shown(value));
    story.expect(
        known.apply(value).equals(protobufs(DiscardUnknownFieldsParser.wrap(parser), bytes)),
        expected,
        shown(value));
    UnknownFields kept = unknown.apply(value);
    story.expect(
        kept == null || right.getUnknownFields().equals(set(story, kept)),
        "%s; unknown fields are kept: %s".formatted(expected, shown(right.getUnknownFields())),
        "%s is kept".formatted(kept));
    return value;
  }

  private static UnknownFieldSet set(Story story, UnknownFields kept) {
    try {
      return UnknownFieldSet.parseFrom(kept.toByteArray());
    } catch (IOException e) {
      throw story.finding("unknown fields that are whole", kept + ": " + e.getMessage());
    }
  }

  /**
   * protobuf-java's answer, null if it refuses. It is given the bytes one by one: where it has ten
   * of them at hand, protobuf-java 4.36.2 takes a tenth byte for a varint's last also when it says
   * that another one follows. Byte by byte, as all its older versions, it refuses that.
   */
  private static <M> @Nullable M protobufs(Parser<M> parser, byte[] bytes) {
    try {
      return parser.parseFrom(CodedInputStream.newInstance(new ByteArrayInputStream(bytes), 1));
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  private static String shown(Object value) {
    String text = value.toString().replace('\n', ' ').strip();
    if (text.isEmpty()) {
      return "nothing but defaults";
    }
    return text.length() <= 200 ? text : text.substring(0, 200) + " …";
  }
}
