package readiness.bench.serialization;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import readiness.serialization.ByteReader;
import readiness.serialization.ByteWriter;
import readiness.serialization.Codec;
import readiness.serialization.Person;

/**
 * The workbook's codecs. Their messages come from native memory and go there, as in the server; the
 * copies are part of what is measured.
 */
final class OurSide implements Side {
  private final Codec<Person> codec;
  private final Person person;
  private final ByteReader reader = new ByteReader();
  private final ByteWriter writer = new ByteWriter();
  private final MemorySegment input;
  private final MemorySegment output;

  OurSide(Codec<Person> codec, Person person) {
    this.codec = codec;
    this.person = person;
    codec.write(person, writer);
    byte[] message = writer.toByteArray();
    Arena arena = Arena.ofAuto();
    output = arena.allocate(message.length);
    input = arena.allocate(message.length).copyFrom(MemorySegment.ofArray(message));
  }

  @Override
  public Person read() {
    return codec.read(reader.open(input));
  }

  @Override
  public Object write() {
    codec.write(person, writer.clear());
    writer.copyTo(output, 0);
    return output;
  }

  @Override
  public byte[] written() {
    return output.asSlice(0, writer.length()).toArray(JAVA_BYTE);
  }
}
