package readiness.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets this process have so many more descriptors and not one more, until it is closed: the soft
 * limit of RLIMIT_NOFILE, setrlimit(2), which says below which number they must lie.
 */
final class DescriptorLimit implements AutoCloseable {
  private static final int RLIMIT_NOFILE = 7;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final FunctionDescriptor SHAPE =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle GET = handle("getrlimit");
  private static final MethodHandle SET = handle("setrlimit");

  /** {@code struct rlimit}: the soft limit, the hard one. */
  private final MemorySegment limits = Arena.ofAuto().allocate(JAVA_LONG, 2);

  private final long before;

  DescriptorLimit(int free) throws IOException {
    call(GET);
    before = limits.get(JAVA_LONG, 0);
    set(firstAbove(free));
  }

  /** Below which number there are {@code free} free ones. */
  private static int firstAbove(int free) throws IOException {
    List<Path> listed;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      listed = descriptors.toList();
    }
    BitSet open = new BitSet();
    for (Path each : listed) {
      // The one by which the folder was read is gone again.
      if (Files.isSymbolicLink(each)) {
        open.set(Integer.parseInt(each.getFileName().toString()));
      }
    }
    int limit = 0;
    for (int left = free; left > 0; limit++) {
      left -= open.get(limit) ? 0 : 1;
    }
    return limit;
  }

  private void set(long soft) {
    limits.set(JAVA_LONG, 0, soft);
    call(SET);
  }

  private void call(MethodHandle function) {
    int result;
    try {
      result = (int) function.invokeExact(RLIMIT_NOFILE, limits);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    if (result != 0) {
      throw new AssertionError("setrlimit or getrlimit fails");
    }
  }

  private static MethodHandle handle(String function) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), SHAPE);
  }

  @Override
  public void close() {
    set(before);
  }
}
