package readiness.acceptance.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What one hostile client does. The seed and its number decide all of it.
 *
 * @param number which of all
 * @param mutations what was done to a vector
 * @param bytes what it sends
 * @param pieces where each piece that is sent by itself ends, in order; the last at the end
 * @param ending what it does then
 */
record Mutant(long number, List<Mutation> mutations, byte[] bytes, int[] pieces, Ending ending) {
  /** How a client goes. */
  enum Ending {
    /** Closes its side and reads on until the server closes as well. */
    HALF_CLOSES,

    CLOSES,

    RESETS
  }

  private static final Mutation[] MUTATIONS = Mutation.values();

  /** Where the target of most vectors begins. */
  private static final int TARGET = 4;

  private static final int MOST_WORDS = 300;

  static Mutant of(long seed, long number) {
    // One that is as good whether numbers follow each other or not.
    RandomGenerator random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ number);
    List<byte[]> vectors = Vectors.all();
    if (number < (long) vectors.size() * Mutation.SIZES.length) {
      return edge(number, vectors.get((int) number % vectors.size()), random);
    }
    byte[] bytes = vector(random);
    List<Mutation> mutations = new ArrayList<>();
    // One in sixteen stays as it is.
    for (int i = (random.nextInt(32) + 14) / 15; i > 0; i--) {
      Mutation mutation = MUTATIONS[random.nextInt(MUTATIONS.length)];
      mutations.add(mutation);
      bytes = mutation.apply(bytes, random);
    }
    Ending ending =
        switch (random.nextInt(5)) {
          case 0 -> Ending.RESETS;
          case 1 -> Ending.CLOSES;
          default -> Ending.HALF_CLOSES;
        };
    return new Mutant(number, mutations, bytes, pieces(bytes, random), ending);
  }

  /** The first numbers: each vector up to each size at which a buffer may end, in two pieces. */
  private static Mutant edge(long number, byte[] vector, RandomGenerator random) {
    int size = Mutation.SIZES[(int) number / Vectors.all().size()];
    byte[] bytes = Mutation.filled(vector, TARGET, size);
    // What is kept of the first piece is given twice its room, and more when that is full.
    int[] pieces = {random.nextInt(1, size / 2 + 1), size};
    return new Mutant(number, List.of(Mutation.FILL), bytes, pieces, Ending.HALF_CLOSES);
  }

  static byte[] vector(RandomGenerator random) {
    return Vectors.all().get(random.nextInt(Vectors.all().size()));
  }

  private static int[] pieces(byte[] bytes, RandomGenerator random) {
    TreeSet<Integer> ends = new TreeSet<>();
    ends.add(bytes.length);
    if (bytes.length > 1 && random.nextInt(4) > 0) {
      boolean single = bytes.length < 300 && random.nextInt(8) == 0;
      for (int i = single ? bytes.length : random.nextInt(1, 6); i > 0; i--) {
        ends.add(single ? i : random.nextInt(1, bytes.length));
      }
    }
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  /** In words, with its bytes as far as there is room for them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (char c : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
      if (text.length() > MOST_WORDS) {
        text.append("…");
        break;
      }
      text.append(c >= ' ' && c < 127 ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
    return "number %d: %,d bytes in %d pieces that end at %s, made by %s, then %s:\n%s"
        .formatted(
            number,
            bytes.length,
            pieces.length,
            Arrays.toString(Arrays.copyOf(pieces, Math.min(6, pieces.length))),
            mutations,
            ending,
            text);
  }
}
