package readiness.serialization;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import readiness.kernel.Finding;
import readiness.kernel.NotYet;
import readiness.testing.Seeds;

/**
 * Holds a decoder to what it owes to bytes that no honest peer sends: a value, or a {@link
 * MalformedException} that says where; never another exception; and memory of no more than eight
 * times the input.
 */
final class Hostile {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Objects that a message takes whatever its length, and an exception with its stack trace. */
  private static final long FIXED = 32 << 10;

  private static final int TIMES_THE_INPUT = 8;

  private final String what;
  private final Consumer<ByteReader> decoder;
  private final ByteReader in = new ByteReader();

  /** How often each outcome was seen, without the numbers in it: a map of the branches reached. */
  private final TreeMap<String, Integer> outcomes = new TreeMap<>();

  /**
   * @param what the decoder's name in a failure: {@code PersonJson.read}
   * @param decoder reads a whole message
   */
  Hostile(String what, Consumer<ByteReader> decoder) {
    this.what = what;
    this.decoder = decoder;
  }

  /**
   * Lets it read seeded inputs, half of them valid messages with one to three changes, the others
   * such messages cut short or bytes by chance.
   *
   * @param count how many in a check; the build lets more of them run
   * @param valid makes a message, the same for the same dice
   */
  void each(int count, Function<Random, byte[]> valid) {
    Seeds.each(count, seed -> once(seed, valid));
  }

  /** The same for so many inputs, however many seeds others run: for the full build. */
  void exactly(int count, Function<Random, byte[]> valid) {
    for (int seed = 0; seed < count; seed++) {
      try {
        once(seed, valid);
      } catch (Finding e) {
        throw e.withSeed(Integer.toHexString(seed));
      }
    }
  }

  private void once(long seed, Function<Random, byte[]> valid) {
    Random random = new Random(seed);
    read(bytes(random, valid.apply(random)));
  }

  /** Lets it read a message and all that is left of it when it is cut off at each byte. */
  void eachPrefix(byte[] message) {
    for (int length = 0; length <= message.length; length++) {
      read(Arrays.copyOf(message, length));
    }
  }

  /** Lets it read these bytes. */
  void read(byte[] bytes) {
    Story story = new Story().then("%s reads %s", what, Story.hex(bytes));
    long allowed = FIXED + (long) TIMES_THE_INPUT * bytes.length;
    MalformedException refused = null;
    long taken = Long.MAX_VALUE;
    // The first time of all loads classes. What is taken for those is not taken again.
    for (int times = 0; times < 2 && taken > allowed; times++) {
      in.open(MemorySegment.ofArray(bytes));
      long before = THREADS.getCurrentThreadAllocatedBytes();
      refused = decode(story);
      taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    story.expect(
        taken <= allowed,
        "at most %d times its %,d bytes of memory, and %,d for what every message takes"
            .formatted(TIMES_THE_INPUT, bytes.length, FIXED),
        "%,d bytes taken".formatted(taken));
    outcomes.merge(
        refused == null ? "a value" : reason(story, refused, bytes.length), 1, Integer::sum);
  }

  /** What the decoder refuses these bytes with; null if it does not. */
  private @Nullable MalformedException decode(Story story) {
    try {
      decoder.accept(in);
      return null;
    } catch (MalformedException e) {
      return e;
    } catch (Finding | NotYet e) {
      throw e;
    } catch (Throwable e) {
      throw story.finding("a value, or a MalformedException that says where", e);
    }
  }

  /** Why, without the numbers in it. */
  private static String reason(Story story, MalformedException refused, int length) {
    story.expect(
        refused.position() >= 0 && refused.position() <= length,
        "a position within the %,d bytes".formatted(length),
        "" + refused.getMessage());
    return refused.reason().replaceAll("\\p{Nd}+([.,]\\p{Nd}+)*", "n");
  }

  /** How often each outcome was seen. */
  TreeMap<String, Integer> outcomes() {
    return outcomes;
  }

  /** What a stranger makes of a message: it cut short, with a few changes, or bytes by chance. */
  static byte[] bytes(Random random, byte[] valid) {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(valid, random.nextInt(valid.length + 1));
      case 1 -> {
        byte[] noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        yield noise;
      }
      default -> changed(random, valid);
    };
  }

  /** A message with one to three changes. */
  private static byte[] changed(Random random, byte[] valid) {
    byte[] bytes = valid;
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> with(bytes, at, (byte) random.nextInt(256));
            case 2 -> with(bytes, at, (byte) (bytes[at] + 1 - 2 * random.nextInt(2)));
            case 3 -> without(bytes, at);
            case 4 -> doubled(bytes, at, 1 + random.nextInt(bytes.length - at));
            default -> with(bytes, at, (byte) (random.nextBoolean() ? 0xff : 0x7f));
          };
    }
    return bytes;
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] without(byte[] bytes, int at) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(bytes, at + 1, changed, at, changed.length - at);
    return changed;
  }

  /** With a piece of it twice. */
  private static byte[] doubled(byte[] bytes, int at, int length) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, at, changed, at + length, bytes.length - at);
    return changed;
  }
}
