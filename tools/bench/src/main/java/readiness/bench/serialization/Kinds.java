package readiness.bench.serialization;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import readiness.serialization.ByteReader;
import readiness.serialization.ByteWriter;
import readiness.serialization.Codec;
import readiness.serialization.Person;

/**
 * Shows a JVM the kinds of memory that a server meets. To a compiler that knows one kind only,
 * access to segments is far cheaper than in any real program, so nothing is measured before.
 */
final class Kinds {
  /** Enough for the compiler to have looked at what came along. */
  private static final int TIMES = 2_000;

  private Kinds() {}

  /** Reads and writes a small message in memory of each kind. */
  static void meet(Codec<Person> codec) {
    ByteReader reader = new ByteReader();
    ByteWriter writer = new ByteWriter();
    codec.write(Message.SMALL.person(), writer);
    int length = writer.length();
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> kinds =
          List.of(
              MemorySegment.ofArray(new byte[length]),
              MemorySegment.ofArray(new long[length]).asSlice(0, length),
              arena.allocate(length));
      for (int i = 0; i < TIMES; i++) {
        for (MemorySegment each : kinds) {
          writer.copyTo(each, 0);
          Person person = codec.read(reader.open(each));
          codec.read(reader.open(each.asReadOnly()));
          codec.write(person, writer.clear());
        }
      }
    }
  }
}
