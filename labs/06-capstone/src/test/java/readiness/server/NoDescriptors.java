package readiness.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * As long as this is open, the kernel gives this process no descriptor: open(2) fails with EMFILE.
 * What is open already stays so. Everything that is called meanwhile must have run before: to load
 * a class takes a descriptor, too.
 */
final class NoDescriptors implements AutoCloseable {
  private static final int RLIMIT_NOFILE = 7;
  private static final MethodHandle GET = call("getrlimit");
  private static final MethodHandle SET = call("setrlimit");

  /** struct rlimit: the soft limit, which counts, and the hard one. */
  private final MemorySegment limit = Arena.ofAuto().allocate(JAVA_LONG, 2);

  private final long usual;

  NoDescriptors() {
    call(GET, limit);
    usual = limit.get(JAVA_LONG, 0);
    set(0);
  }

  private static MethodHandle call(String name) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  }

  private static void call(MethodHandle handle, MemorySegment limit) {
    try {
      if ((int) handle.invokeExact(RLIMIT_NOFILE, limit) != 0) {
        throw new IllegalStateException("the limit of descriptors can be neither read nor set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing else", e);
    }
  }

  private void set(long soft) {
    limit.set(JAVA_LONG, 0, soft);
    call(SET, limit);
  }

  @Override
  public void close() {
    set(usual);
  }
}
