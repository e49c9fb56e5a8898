package readiness.experiment.settingout;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Asks the kernel for the parent's process id, in several forms. */
final class Parent {
  // tag::call[]
  private static final Linker LINKER = Linker.nativeLinker();

  private static final MemorySegment ADDRESS = LINKER.defaultLookup().findOrThrow("getppid");

  private static final MethodHandle GETPPID =
      LINKER.downcallHandle(ADDRESS, FunctionDescriptor.of(JAVA_INT));

  static int parent() throws Throwable {
    return (int) GETPPID.invokeExact();
  }

  // end::call[]

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  /** What {@link #ERRNO} is captured into, allocated once. */
  static final MemorySegment STATE = Arena.global().allocate(Linker.Option.captureStateLayout());

  static final MethodHandle GETPPID_ERRNO =
      LINKER.downcallHandle(ADDRESS, FunctionDescriptor.of(JAVA_INT), ERRNO);

  /** A C function that never leaves the program: what is left is the crossing itself. */
  static final MethodHandle LABS =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("labs"), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));

  /** The same handle as {@link #GETPPID_ERRNO}, but the compiler may not take it for granted. */
  static MethodHandle variable = GETPPID_ERRNO;

  private Parent() {}
}
