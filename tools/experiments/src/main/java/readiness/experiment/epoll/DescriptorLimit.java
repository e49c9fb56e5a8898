package readiness.experiment.epoll;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** How many descriptors this process may have: getrlimit(2), RLIMIT_NOFILE. */
final class DescriptorLimit {
  private static final int RLIMIT_NOFILE = 7;

  /** What a JVM and an experiment need beside the connections. */
  private static final int OTHERS = 200;

  private static final MethodHandle GETRLIMIT = call("getrlimit");
  private static final MethodHandle SETRLIMIT = call("setrlimit");

  private DescriptorLimit() {}

  private static MethodHandle call(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  }

  /**
   * Raises the soft limit to the hard one, which every process may do.
   *
   * @return how many connections there is room for
   */
  static long raise() {
    try (Arena arena = Arena.ofConfined()) {
      // struct rlimit: the soft limit, then the hard one.
      MemorySegment limit = arena.allocate(2 * Long.BYTES, Long.BYTES);
      if ((int) GETRLIMIT.invokeExact(RLIMIT_NOFILE, limit) != 0) {
        throw new IllegalStateException("getrlimit fails");
      }
      long hard = limit.getAtIndex(JAVA_LONG, 1);
      limit.setAtIndex(JAVA_LONG, 0, hard);
      if ((int) SETRLIMIT.invokeExact(RLIMIT_NOFILE, limit) != 0) {
        throw new IllegalStateException("setrlimit fails");
      }
      // "Unlimited" is all ones.
      return hard < 0 ? Long.MAX_VALUE : Math.max(0, hard - OTHERS);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
