package readiness.acceptance.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged requests over the reference server, through real sockets, in pieces, half-closed, closed
 * and reset, beside a client that behaves. Nothing that they send may end the server, take anything
 * from it for good, or make another's answer wrong.
 *
 * <p>{@code -Dreadiness.mutations=500000} sends so many. What one of them does is decided by the
 * seed, {@code -Dreadiness.mutations.seed}, and its number; {@code -Dreadiness.mutations.first} is
 * that of the first one.
 */
class HostileRequestsTest {
  private static final String MANY = "readiness.mutations";
  private static final String SEED = "readiness.mutations.seed";
  private static final String FIRST = "readiness.mutations.first";

  private static final int FEW = 4_000;
  private static final int FULL = 60_000;

  /** The server's heap is 64 MiB at most; what a JVM needs besides is about as much. */
  private static final long MOST_GROWTH = 128L << 20;

  private final long seed = Long.getLong(SEED, 8);
  private final byte[] small = "A small file.\n".getBytes(StandardCharsets.US_ASCII);
  private final byte[] large = new byte[150_000];

  @TempDir private Path folder;

  @BeforeEach
  void layOut() throws IOException {
    new Random(seed).nextBytes(large);
    Files.write(folder.resolve("small.txt"), small);
    Files.write(folder.resolve("large.bin"), large);
    Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Home</title>");
  }

  @Test
  void someThousandsHarmNobody() throws Exception {
    harmNobody(Long.getLong(FIRST, 0), Long.getLong(MANY, FEW));
  }

  @Test
  @Tag("full")
  void manyMoreHarmNobody() throws Exception {
    harmNobody(FEW, FULL);
  }

  private void harmNobody(long first, long many) throws Exception {
    long start = System.nanoTime();
    try (Siege siege = new Siege(folder, small, large, seed)) {
      try {
        siege.attack(first, many);
      } catch (Siege.Fallen e) {
        fail(story(e, siege));
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%,d damaged requests with seed %d in %.0f s, %.0f a second; %,d right answers beside"
              + " them; %,d MiB more than before%n",
          many,
          seed,
          seconds,
          many / seconds,
          siege.right(),
          siege.growth() >> 20);
      assertThat(siege.leaked())
          .as("descriptors that the server has not given back; %s", replay(first, many))
          .isZero();
      assertThat(siege.growth())
          .as("bytes that the server has come to hold; %s", replay(first, many))
          .isLessThan(MOST_GROWTH);
      assertThat(siege.right()).as("answers to the one who behaves").isPositive();
    }
  }

  private String replay(long first, long many) {
    return "again: mvn verify -pl tools/acceptance -am -Dtest=HostileRequestsTest#some*"
        + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=%d -D%s=%d -D%s=%d"
            .formatted(SEED, seed, FIRST, first, MANY, many);
  }

  private String story(Siege.Fallen fallen, Siege siege) throws Exception {
    return """
    While damaged requests came in, with seed %d, somebody else was harmed:
    %s
    What the server printed last:
    %s

    It was one of the numbers %,d to %,d.
    %s
    %s\
    """
        .formatted(
            seed,
            fallen.getMessage(),
            said(siege),
            fallen.from,
            fallen.to - 1,
            replay(fallen.from, fallen.to - fallen.from),
            culprit(fallen));
  }

  /** What the server has printed, as far as it is its own. */
  private static String said(Siege siege) {
    return siege
        .lastWords()
        .lines()
        .filter(line -> !line.startsWith("\tat java.base/"))
        .limit(8)
        .collect(Collectors.joining("\n"));
  }

  /** Which of them does it alone. */
  private String culprit(Siege.Fallen fallen) throws Exception {
    try (Siege another = new Siege(folder, small, large, seed)) {
      for (long number = fallen.to - 1; number >= fallen.from; number--) {
        try {
          another.attack(number, 1);
        } catch (Siege.Fallen e) {
          return "Alone it was done again by " + Mutant.of(seed, number);
        }
      }
    }
    return "None of them has done it alone.";
  }
}
