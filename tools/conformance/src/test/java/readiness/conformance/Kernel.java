package readiness.conformance;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import readiness.epoll.LinuxEpoll;
import readiness.kernel.Epoll;
import readiness.kernel.EventLayout;
import readiness.kernel.Linux;
import readiness.kernel.Simulation;
import readiness.kernel.Sockets;

/**
 * What a scenario is played on.
 *
 * @param nanoTime its clock
 * @param limit lets so many more descriptors be opened, or any number of them
 */
record Kernel(
    Sockets sockets, Epoll epoll, EventLayout layout, LongSupplier nanoTime, IntConsumer limit) {
  static final int NO_LIMIT = -1;

  /** The kernel of this machine. */
  static Kernel real() {
    return new Kernel(
        new Linux(), new LinuxEpoll(), EventLayout.platform(), System::nanoTime, Limit::set);
  }

  /** The simulation, without faults. */
  static Kernel simulated(long seed) {
    Simulation simulation = Simulation.seeded(seed);
    return new Kernel(
        simulation,
        simulation,
        EventLayout.platform(),
        simulation::nanoTime,
        more ->
            simulation.withDescriptors(more == NO_LIMIT ? 1024 : highest(simulation) + 1 + more));
  }

  private static int highest(Simulation simulation) {
    return 2 + simulation.openDescriptors();
  }

  /** RLIMIT_NOFILE of this process: the number that no descriptor reaches. */
  private static final class Limit {
    private static final int RLIMIT_NOFILE = 7;
    private static final MethodHandle GET = call("getrlimit");
    private static final MethodHandle SET = call("setrlimit");
    private static final long USUAL = current();

    private static MethodHandle call(String name) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    static void set(int more) {
      soft(more == NO_LIMIT ? USUAL : highest() + 1 + more);
    }

    /**
     * The highest number that is open. What lies free below it has to be filled by the scenario.
     */
    private static int highest() {
      int highest = 2;
      String[] open = new File("/proc/self/fd").list();
      for (String each : open == null ? new String[0] : open) {
        highest = Math.max(highest, Integer.parseInt(each));
      }
      return highest;
    }

    private static long current() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment limit = arena.allocate(JAVA_LONG, 2);
        if ((int) GET.invokeExact(RLIMIT_NOFILE, limit) != 0) {
          throw new IllegalStateException("getrlimit");
        }
        return limit.get(JAVA_LONG, 0);
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    private static void soft(long number) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment limit = arena.allocate(JAVA_LONG, 2);
        int got = (int) GET.invokeExact(RLIMIT_NOFILE, limit);
        limit.set(JAVA_LONG, 0, number);
        if (got != 0 || (int) SET.invokeExact(RLIMIT_NOFILE, limit) != 0) {
          throw new IllegalStateException("setrlimit to " + number);
        }
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
