package readiness.acceptance.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import readiness.measure.NoAnswer;
import readiness.measure.Respondent;

/** A server of its own, a client that behaves, and hostile ones round them. */
final class Siege implements AutoCloseable {
  /** So many hostile clients are there at a time. */
  private static final int AT_A_TIME = 256;

  /** Who has left already may still be what the server is at. */
  private static final int JUST_LEFT = 2 * AT_A_TIME;

  private static final long SETTLING_NANOS = 30_000_000_000L;
  private static final long NEWS_NANOS = 5_000_000_000L;
  private static final long PAUSE_NANOS = 20_000_000;

  private final long seed;
  private final Respondent server;
  private final InetSocketAddress address;
  private final Honest honest;
  private final int descriptorsBefore;
  private final long residentBefore;
  private long mostResident;

  /** Starts the server on a folder that holds {@code small.txt} and {@code large.bin}. */
  Siege(Path folder, byte[] small, byte[] large, long seed) throws IOException {
    this.seed = seed;
    server = Victim.start(folder);
    try {
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) server.number());
      honest = new Honest(address, small, large);
      honest.round();
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    descriptorsBefore = server.proc().descriptors().size();
    residentBefore = server.proc().residentBytes();
    mostResident = residentBefore;
  }

  /**
   * The numbers from {@code first} on come, do what they do, and go, while the one who behaves asks
   * and asks.
   *
   * @throws Fallen if somebody is harmed, with those who may have done it
   */
  void attack(long first, long many) throws Fallen, InterruptedException {
    long next = first;
    long oldest = first;
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> ask(over));
    try (Crowd crowd = new Crowd(address)) {
      long start = System.nanoTime();
      long news = start;
      while (crowd.ended() < many) {
        while (crowd.size() < AT_A_TIME && next < first + many) {
          crowd.come(Mutant.of(seed, next++));
        }
        crowd.turn();
        oldest = crowd.oldest(next);
        if (asking.isDone()) {
          break;
        }
        if (System.nanoTime() - news > NEWS_NANOS) {
          news = System.nanoTime();
          crowd.look();
          look();
          tell(crowd.ended(), many, news - start);
        }
      }
      over.set(true);
      asking.get();
      honest.round();
      look();
    } catch (IOException | NoAnswer e) {
      throw new Fallen(e, Math.max(first, oldest - JUST_LEFT), next);
    } catch (ExecutionException e) {
      throw new Fallen(e.getCause().getCause(), Math.max(first, oldest - JUST_LEFT), next);
    } finally {
      over.set(true);
      asking.exceptionally(_ -> null).join();
    }
  }

  /** Somebody was harmed, probably by one of the numbers from {@code from} to before {@code to}. */
  static final class Fallen extends Exception {
    private static final long serialVersionUID = 1L;

    final long from;
    final long to;

    Fallen(Throwable cause, long from, long to) {
      super(cause.getMessage(), cause);
      this.from = from;
      this.to = to;
    }
  }

  private void ask(AtomicBoolean over) {
    try {
      while (!over.get()) {
        honest.round();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void look() {
    mostResident = Math.max(mostResident, server.proc().residentBytes());
  }

  private void tell(long ended, long many, long nanos) {
    System.out.printf(
        Locale.ROOT,
        "%,d of %,d damaged requests, %.0f a second, %,d right answers, %,d MiB%n",
        ended,
        many,
        ended * 1e9 / nanos,
        honest.right(),
        server.proc().residentBytes() >> 20);
  }

  /** How many right answers the one who behaves got. */
  long right() {
    return honest.right();
  }

  /** Bytes of memory that the server came to hold beyond those before. */
  long growth() {
    return mostResident - residentBefore;
  }

  /**
   * How many descriptors the server has more than before: as soon as there are none, or else after
   * half a minute.
   */
  int leaked() {
    long end = System.nanoTime() + SETTLING_NANOS;
    while (true) {
      int leaked = server.proc().descriptors().size() - descriptorsBefore;
      if (leaked <= 0 || System.nanoTime() - end > 0) {
        return leaked;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Ends the server, and says what it has printed last. */
  String lastWords() {
    server.close();
    return server.lastWords();
  }

  @Override
  public void close() throws IOException {
    honest.close();
    server.close();
  }
}
