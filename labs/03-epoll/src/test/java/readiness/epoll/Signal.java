package readiness.epoll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * Sends a signal to a thread that waits in a system call. The JDK has a handler that does nothing
 * for number 62, and uses it for the same purpose: to end a blocking read when its channel is
 * closed.
 */
final class Signal {
  private static final int NUMBER = 62;

  /** So many signals, a millisecond apart: some arrive before the call, one must arrive in it. */
  private static final int SIGNALS = 500;

  private static final MethodHandle PTHREAD_SELF = call("pthread_self", JAVA_LONG);
  private static final MethodHandle PTHREAD_KILL =
      call("pthread_kill", JAVA_INT, JAVA_LONG, JAVA_INT);

  private Signal() {}

  /** Runs {@code call} on this thread and sends signals to it meanwhile. */
  static int during(IntSupplier call) {
    return during(SIGNALS, call, () -> {});
  }

  /**
   * The same for a call that may have no end of its own.
   *
   * @param signals how many there are, a millisecond apart
   * @param end comes after them, and ends a call that goes on
   */
  static int during(int signals, IntSupplier call, Runnable end) {
    long thread = self();
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < signals && !Thread.currentThread().isInterrupted(); i++) {
                LockSupport.parkNanos(1_000_000);
                kill(thread);
              }
              end.run();
            });
    try {
      return call.getAsInt();
    } finally {
      sender.interrupt();
      join(sender);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes sure that the JDK has put its handler in place, without which the signal would end the
   * process. To be called before all tests: the JDK keeps a socket of its own from then on.
   */
  static void prepare() {
    try {
      Pipe pipe = Pipe.open();
      try (Pipe.SourceChannel source = pipe.source();
          Pipe.SinkChannel sink = pipe.sink()) {
        sink.write(ByteBuffer.allocate(1));
        source.read(ByteBuffer.allocate(1));
      }
      String caught =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("SigCgt:"))
              .findFirst()
              .orElseThrow();
      long mask = Long.parseUnsignedLong(caught.substring("SigCgt:".length()).strip(), 16);
      if ((mask & 1L << NUMBER - 1) == 0) {
        throw new IllegalStateException("this JDK has no handler for signal " + NUMBER);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long self() {
    try {
      return (long) PTHREAD_SELF.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static void kill(long thread) {
    try {
      int ignored = (int) PTHREAD_KILL.invokeExact(thread, NUMBER);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }
}
