import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Asks the kernel a small question from Java, and measures what each part of the way costs.
 *
 * <p>Every form runs in its own loop and the forms take turns, so that what disturbs the machine
 * disturbs them alike. What is printed is the median of the rounds and their range.
 */
final class FirstCall {
  private static final int ROUNDS = 21;
  private static final int CALLS = 500_000;

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
  private static final MemorySegment STATE =
      Arena.global().allocate(Linker.Option.captureStateLayout());

  private static final MethodHandle GETPPID_ERRNO = bind("getppid", JAVA_INT, ERRNO);

  /** A C function that never leaves the program: what is left is the crossing itself. */
  private static final MethodHandle LABS =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("labs"), FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));

  /** The same handle as {@link #GETPPID_ERRNO}, but the compiler may not take it for granted. */
  private static MethodHandle variable = bind("getppid", JAVA_INT, ERRNO);

  private static MethodHandle bind(
      String name, ValueLayout.OfInt result, Linker.Option... options) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result), options);
  }

  /** Makes {@code calls} calls and adds up the results, so that none can be left out. */
  @FunctionalInterface
  private interface Form {
    long run(int calls) throws Throwable;
  }

  private static long crossing(int calls) throws Throwable {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += (long) LABS.invokeExact((long) -i);
    }
    return sum;
  }

  private static long call(int calls) throws Throwable {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += parent();
    }
    return sum;
  }

  private static long callWithErrno(int calls) throws Throwable {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += (int) GETPPID_ERRNO.invokeExact(STATE);
    }
    return sum;
  }

  private static long callWithArena(int calls) throws Throwable {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
        sum += (int) GETPPID_ERRNO.invokeExact(state);
      }
    }
    return sum;
  }

  private static long callThroughVariable(int calls) throws Throwable {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += (int) variable.invokeExact(STATE);
    }
    return sum;
  }

  private static final String[] NAMES = {
    "into C and back, no kernel (labs)",
    "the call (getppid)",
    "the call, errno kept in one segment",
    "the call, a new arena each time",
    "the call, handle not static final",
  };

  private static final Form[] FORMS = {
    FirstCall::crossing,
    FirstCall::call,
    FirstCall::callWithErrno,
    FirstCall::callWithArena,
    FirstCall::callThroughVariable,
  };

  public static void main(String[] args) throws Throwable {
    IO.println("My parent is process " + parent() + ", says the kernel.\n");
    long sum = 0;
    double[][] nanos = new double[FORMS.length][ROUNDS];
    for (int round = -5; round < ROUNDS; round++) { // five rounds are for the compiler
      for (int form = 0; form < FORMS.length; form++) {
        long start = System.nanoTime();
        sum += FORMS[form].run(CALLS);
        long time = System.nanoTime() - start;
        if (round >= 0) {
          nanos[form][round] = (double) time / CALLS;
        }
      }
    }
    IO.println("%-38s%10s%16s".formatted("nanoseconds for one", "median", "range"));
    for (int form = 0; form < FORMS.length; form++) {
      double[] sorted = nanos[form];
      Arrays.sort(sorted);
      String range = "%.0f to %.0f".formatted(sorted[0], sorted[ROUNDS - 1]);
      IO.println("%-38s%10.0f%16s".formatted(NAMES[form], sorted[ROUNDS / 2], range));
    }
    if (sum == 0) {
      throw new AssertionError("results add up to nothing: were the calls made?");
    }
  }
}
