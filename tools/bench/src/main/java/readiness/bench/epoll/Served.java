package readiness.bench.epoll;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import readiness.measure.Testbed;

/** What all servers answer, and the conversation of a server's process with its parent. */
final class Served {
  static final String CONTENT_TYPE = "text/plain";
  static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.US_ASCII);

  /** How many connections may wait to be accepted. */
  static final int BACKLOG = 1024;

  private static final int BROKEN = 70;

  /** How long what is cleaned up after a collection may take. */
  private static final long CLEANING_NANOS = 200_000_000;

  /** Bytes by which two collections may differ that found the same. */
  private static final long NOISE = 8 * 1024;

  /** The same for all that are compared. Netty says that it needs the first to be at its best. */
  static final List<String> FLAGS =
      List.of("--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

  private Served() {}

  /** Where and with what this is measured, in a line. */
  static String machine() {
    return Testbed.description() + ", " + NettyServer.version();
  }

  /** The time as the Date field has it: a day of one digit with a 0, unlike RFC_1123_DATE_TIME. */
  static String date() {
    return DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
  }

  /** The answer as it goes over the wire. */
  static String answer() {
    return String.format(
        Locale.ROOT,
        "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
        date(),
        CONTENT_TYPE,
        BODY.length,
        new String(BODY, StandardCharsets.US_ASCII));
  }

  /** Where a server listens: on a free port of the loopback interface. */
  static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /**
   * Has the process end with the first thread that fails, after it has said why: a server whose
   * loop is gone would leave its clients waiting.
   */
  static void failAsOne() {
    Thread.setDefaultUncaughtExceptionHandler((_, e) -> {
      e.printStackTrace();
      Runtime.getRuntime().halt(BROKEN);
    });
  }

  /** As {@link #converse(int, ToLongFunction)}, for a server that counts no calls. */
  static void converse(int port) throws IOException {
    converse(port, _ -> 0);
  }

  /**
   * Prints the port, then answers {@code allocated} with the bytes of heap that all threads have
   * allocated so far, {@code live} with those that are left after a collection of all garbage, and
   * a system call's name with how often it was made. When the input ends, so does the process: what
   * it holds is the kernel's to clear away.
   */
  static void converse(int port, ToLongFunction<String> calls) throws IOException {
    IO.println(port);
    try (var questions = new BufferedReader(new InputStreamReader(System.in))) {
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        IO.println(
            switch (line) {
              case "allocated" -> allocated();
              case "live" -> live();
              default -> calls.applyAsLong(line);
            });
      }
    }
    System.exit(0);
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes();
  }

  /**
   * Collects until that changes nothing any more: what is cleaned up after a collection, on another
   * thread, is garbage for a later one.
   */
  private static long live() {
    long before;
    long now = collected();
    do {
      before = now;
      LockSupport.parkNanos(CLEANING_NANOS);
      now = collected();
    } while (Math.abs(now - before) > NOISE);
    return now;
  }

  private static long collected() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
