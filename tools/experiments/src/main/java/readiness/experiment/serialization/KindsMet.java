package readiness.experiment.serialization;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import readiness.chart.Value;
import readiness.experiment.Rounds;
import readiness.experiment.Rounds.Repeated;
import readiness.serialization.ByteReader;
import readiness.serialization.ByteWriter;
import readiness.serialization.Varint;

/**
 * A JVM that has met some kinds of segments, and reads varints in two ways. Each kind is a class of
 * the JDK's: native memory, an array of bytes, of ints, of longs.
 */
final class KindsMet {
  private static final int VARINTS = 100;

  private KindsMet() {}

  /** As {@link Varint#read}, on the segment itself. */
  private static long read(MemorySegment message, long end) {
    long sum = 0;
    for (long at = 0; at < end; ) {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = message.get(JAVA_BYTE, at++);
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          break;
        }
      }
      sum += value;
    }
    return sum;
  }

  private static long copyAndRead(ByteReader reader, MemorySegment message, long length) {
    reader.open(message, 0, length);
    long sum = 0;
    while (reader.remaining() > 0) {
      sum += Varint.read(reader);
    }
    return sum;
  }

  /**
   * Prints two lines: the middle, the least and the greatest nanoseconds for a message, read where
   * it lies, and copied first.
   *
   * @param args how many kinds it meets, how often it reads in a round, and how many rounds count
   */
  public static void main(String[] args) throws Exception {
    int times = Integer.parseInt(args[1]);
    ByteWriter writer = new ByteWriter();
    Random random = new Random(5);
    for (int i = 0; i < VARINTS; i++) {
      // Most are small, as in messages.
      Varint.write(writer, random.nextInt(8) == 0 ? random.nextInt(1 << 20) : random.nextInt(128));
    }
    int length = writer.length();
    ByteReader reader = new ByteReader();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment nativeMemory = arena.allocate(length);
      List<MemorySegment> kinds =
          List.of(
                  nativeMemory,
                  MemorySegment.ofArray(new byte[length]),
                  MemorySegment.ofArray(new int[length]),
                  MemorySegment.ofArray(new long[length]))
              .subList(0, Integer.parseInt(args[0]));
      kinds.forEach(each -> writer.copyTo(each, 0));
      long sum = 0;
      for (int i = 0; i < times; i++) {
        for (MemorySegment each : kinds) {
          sum += read(each, length) - copyAndRead(reader, each, length);
        }
      }
      if (sum != 0) {
        throw new IllegalStateException("they read different numbers");
      }
      List<Value> nanos =
          Rounds.nanos(
              5,
              Integer.parseInt(args[2]),
              List.of(
                  new Repeated(
                      times,
                      n -> {
                        long total = 0;
                        for (int i = 0; i < n; i++) {
                          total += read(nativeMemory, length);
                        }
                        return total;
                      }),
                  new Repeated(
                      times,
                      n -> {
                        long total = 0;
                        for (int i = 0; i < n; i++) {
                          total += copyAndRead(reader, nativeMemory, length);
                        }
                        return total;
                      })));
      nanos.forEach(
          each -> IO.println("%s %s %s".formatted(each.middle(), each.low(), each.high())));
    }
  }
}
