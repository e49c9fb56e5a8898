package readiness.serialization;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** Varints and ZigZag, byte for byte beside protobuf-java. */
@Step("varint")
@Tag("varint")
final class VarintTest {
  private static final int MINUS = 0x80;

  private final Story story = new Story();

  @Test
  @DisplayName("300 is ac 02, as drawn above the class")
  void drawn() {
    byte[] bytes = written(300);
    story.then("write(300) → %s", Story.hex(bytes));
    story.expectBytes(
        HexFormat.ofDelimiter(" ").parseHex("ac 02"),
        bytes,
        "the lower seven bits come first, and bit 7 says that there are more");
  }

  @Test
  @DisplayName("at each boundary, the bytes and how many they are as protobuf-java has them")
  void boundaries() {
    for (long value : edges()) {
      agrees(value);
    }
  }

  @Test
  @DisplayName("numbers of every length, written as protobuf-java does and read again")
  void seeds() {
    Seeds.each(
        200,
        seed -> {
          Random random = new Random(seed);
          new VarintTest().agrees(random.nextLong() >>> random.nextInt(64));
        });
  }

  private void agrees(long value) {
    byte[] right = protobufs(value);
    byte[] bytes = written(value);
    story.then("write(%d) → %s", value, Story.hex(bytes));
    story.expectBytes(right, bytes, "what protobuf-java writes");
    int length = Varint.length(value);
    story.expect(
        length == right.length,
        "length(%d) is %d".formatted(value, right.length),
        "it is " + length);
    ByteReader in = reader(right);
    long back = Varint.read(in);
    story.then("read → %d", back);
    story.expect(back == value, "the same number", "" + back);
    story.expect(
        in.position() == right.length,
        "the reader stands behind the %d bytes".formatted(right.length),
        "it stands at byte " + in.position());
  }

  @Test
  @DisplayName("−1 takes ten bytes as int32, five as uint32, one as sint32")
  void minusOne() {
    ByteWriter out = new ByteWriter();
    Varint.writeSigned32(out, -1);
    story.then("writeSigned32(−1) → %s", Story.hex(out.toByteArray()));
    story.expectBytes(
        protobufs(-1L),
        out.toByteArray(),
        "a reader that takes the field for an int64 reads −1 too");
    Varint.writeUnsigned32(out.clear(), -1);
    story.then("writeUnsigned32(−1) → %s", Story.hex(out.toByteArray()));
    story.expectBytes(
        protobufs(0xffff_ffffL), out.toByteArray(), "as unsigned, these bits are 4,294,967,295");
    Varint.writeUnsigned32(out.clear(), Varint.encodeZigZag32(-1));
    story.then("writeUnsigned32(encodeZigZag32(−1)) → %s", Story.hex(out.toByteArray()));
    story.expectBytes(new byte[] {1}, out.toByteArray(), "ZigZag numbers 0, −1, 1 as 0, 1, 2");
  }

  @Test
  @DisplayName("a number of 32 bits is the lower half of whatever comes")
  void lowerHalf() throws IOException {
    for (long value : edges()) {
      byte[] bytes = protobufs(value);
      int right = CodedInputStream.newInstance(bytes).readInt32();
      ByteReader in = reader(bytes);
      story.then("%s is %d", Story.hex(bytes), value);
      int back;
      try {
        back = Varint.read32(in);
      } catch (MalformedException | ArithmeticException e) {
        throw story.finding(
            "read32 → %d, as protobuf-java: the field may have been an int64 where it was written"
                .formatted(right),
            "" + e);
      }
      story.expect(back == right, "read32 → %d, as protobuf-java".formatted(right), "" + back);
      story.expect(
          in.position() == bytes.length,
          "all %d bytes of it are read".formatted(bytes.length),
          "the reader stands at byte " + in.position());
    }
  }

  @Test
  @DisplayName("cut off at each byte: refused at the end, and not a byte behind it is looked at")
  void cutShort() {
    for (int length = 0; length < Varint.MAX_LENGTH; length++) {
      byte[] bytes = new byte[Varint.MAX_LENGTH];
      Arrays.fill(bytes, (byte) MINUS);
      bytes[length] = 1;
      ByteReader in = new ByteReader().open(MemorySegment.ofArray(bytes));
      in.limit = length;
      story.then("of %s only %d bytes belong to the message", Story.hex(bytes), length);
      story.expectMalformed(length, "there the number ends too early", () -> Varint.read(in));
      story.expectMalformed(length, "read32 is no different", () -> Varint.read32(in));
      story.expect(
          in.position() == 0,
          "nothing is read: the reader stands at byte 0",
          "it stands at byte " + in.position());
    }
  }

  @Test
  @DisplayName("ten bytes are the most")
  void tooLong() {
    byte[] bytes = new byte[4096];
    Arrays.fill(bytes, (byte) MINUS);
    bytes[bytes.length - 1] = 1;
    story.then("4,095 bytes say that another one follows");
    ByteReader in = reader(bytes);
    story.expectMalformed(
        0, "no number of 64 bits needs more than ten bytes", () -> Varint.read(in));
    byte[] eleven = Arrays.copyOfRange(bytes, bytes.length - 11, bytes.length);
    story.then("%s are eleven", Story.hex(eleven));
    story.expectMalformed(
        0, "the tenth says that another one follows", () -> Varint.read(reader(eleven)));
  }

  @Test
  @DisplayName("a longer form than needed is as good; of a tenth byte one bit counts")
  void longerForms() throws IOException {
    List<byte[]> forms = new ArrayList<>();
    for (int zeros = 1; zeros < Varint.MAX_LENGTH; zeros++) {
      byte[] bytes = new byte[zeros + 1];
      Arrays.fill(bytes, 0, zeros, (byte) MINUS);
      bytes[0] = (byte) 0x85;
      forms.add(bytes);
    }
    byte[] last = forms.getLast().clone();
    for (int tenth : new int[] {1, 2, 3, 0x7f}) {
      last[Varint.MAX_LENGTH - 1] = (byte) tenth;
      forms.add(last.clone());
    }
    for (byte[] bytes : forms) {
      long right = CodedInputStream.newInstance(bytes).readInt64();
      story.then("%s comes", Story.hex(bytes));
      long value;
      try {
        value = Varint.read(reader(bytes));
      } catch (MalformedException e) {
        throw story.finding(right + ", as protobuf-java reads it", "" + e);
      }
      story.expect(value == right, right + ", as protobuf-java reads it", "" + value);
    }
  }

  @Test
  @DisplayName("ZigZag, 64 bits and 32, there and back, as protobuf-java")
  void zigZag() {
    for (long value : edges()) {
      long right = CodedOutputStream.encodeZigZag64(value);
      long code = Varint.encodeZigZag(value);
      story.then("encodeZigZag(%d) → %s", value, Long.toUnsignedString(code));
      story.expect(
          code == right,
          "%s, as protobuf-java".formatted(Long.toUnsignedString(right)),
          Long.toUnsignedString(code));
      story.expect(
          Varint.decodeZigZag(code) == value,
          "decodeZigZag → %d".formatted(value),
          "" + Varint.decodeZigZag(code));
      int half = (int) value;
      int right32 = CodedOutputStream.encodeZigZag32(half);
      int code32 = Varint.encodeZigZag32(half);
      story.then("encodeZigZag32(%d) → %s", half, Integer.toUnsignedString(code32));
      story.expect(
          code32 == right32,
          "%s, as protobuf-java".formatted(Integer.toUnsignedString(right32)),
          Integer.toUnsignedString(code32));
      story.expect(
          Varint.decodeZigZag32(code32) == half,
          "decodeZigZag32 → %d".formatted(half),
          "" + Varint.decodeZigZag32(code32));
    }
  }

  @Test
  @DisplayName("what is written before stays, and room is made for more")
  void appends() {
    ByteWriter out = new ByteWriter();
    int numbers = 10_000;
    for (int i = 0; i < numbers; i++) {
      try {
        Varint.write(out, -i);
      } catch (ArrayIndexOutOfBoundsException e) {
        throw story
            .then("%,d numbers are written, one behind the other", i)
            .finding("room for one more: ensure makes it", "" + e);
      }
    }
    story.then("%,d numbers are written, one behind the other", numbers);
    ByteReader in = reader(out.toByteArray());
    for (int i = 0; i < numbers; i++) {
      long value = Varint.read(in);
      story.expect(value == -i, "number %,d is %d".formatted(i, -i), "it is " + value);
    }
    story.expect(in.remaining() == 0, "nothing behind the last", in.remaining() + " bytes");
  }

  @Test
  @DisplayName("to write and to read one takes no memory")
  void takesNoMemory() {
    ByteWriter out = new ByteWriter();
    ByteReader in = reader(written(-1));
    long garbage =
        Allocations.perRun(
            1_000,
            1_000,
            () -> {
              in.position = 0;
              Varint.write(out.clear(), Varint.read(in));
            });
    story.then("−1 is read and written, 1,000 times");
    story.expectBytes(protobufs(-1), out.toByteArray(), "−1, each time");
    story.expect(
        garbage == 0,
        "no memory taken: a message is full of them",
        "%,d bytes for each".formatted(garbage));
  }

  /** Where the next byte or the next bit begins, from both sides, and their opposites. */
  private static long[] edges() {
    List<Long> values = new ArrayList<>(List.of(0L));
    for (int bit = 0; bit < Long.SIZE; bit++) {
      for (long near = -1; near <= 1; near++) {
        values.add((1L << bit) + near);
        values.add(-((1L << bit) + near));
      }
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private byte[] written(long value) {
    ByteWriter out = new ByteWriter();
    try {
      Varint.write(out, value);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw story.finding("write(%d) ends after ten bytes at the most".formatted(value), "" + e);
    }
    return out.toByteArray();
  }

  private static ByteReader reader(byte[] bytes) {
    return new ByteReader().open(MemorySegment.ofArray(bytes));
  }

  private static byte[] protobufs(long value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.writeUInt64NoTag(value);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
