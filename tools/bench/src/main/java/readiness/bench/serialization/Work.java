package readiness.bench.serialization;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import readiness.serialization.Person;

/**
 * What JMH measures. It is one class for all sides, since a JVM has one of them only, and the
 * compiler sees through a field that never holds anything else. JMH makes a subclass of it, so it
 * is public and not final.
 *
 * <p>JMH's time is that on the clock. How much of it the thread had a processor is noted here, so
 * that what else the machine does is not counted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Work {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A {@link Format}. */
  @Param("")
  public String format = "";

  /** A {@link Library}. */
  @Param("")
  public String library = "";

  /** A {@link Message}. */
  @Param("")
  public String message = "";

  /** By {@link #key}, the part of its last iteration in which the thread was running. */
  private static final Map<String, Double> RUNNING = new ConcurrentHashMap<>();

  private @Nullable Side side;
  private long wall;
  private long running;

  /** Makes the message, and ready to read it. */
  @Setup
  public void prepare() {
    side = Library.valueOf(library).side(Format.valueOf(format), Message.valueOf(message).person());
  }

  /** Looks at both clocks. */
  @Setup(Level.Iteration)
  public void begin() {
    wall = System.nanoTime();
    running = THREADS.getCurrentThreadCpuTime();
  }

  /** Looks again. */
  @TearDown(Level.Iteration)
  public void end(BenchmarkParams task) {
    long ran = THREADS.getCurrentThreadCpuTime() - running;
    RUNNING.put(key(task), (double) ran / (System.nanoTime() - wall));
  }

  private static String key(BenchmarkParams task) {
    return task.getBenchmark() + " " + task.getParam("message");
  }

  /** How much of the last iteration of a task its thread was running: 1 if nobody disturbed it. */
  static double running(BenchmarkParams task) {
    return RUNNING.get(key(task));
  }

  /** From bytes to the record. */
  @Benchmark
  public Person read() throws Exception {
    return Objects.requireNonNull(side).read();
  }

  /** From the record to bytes. */
  @Benchmark
  public Object write() throws Exception {
    return Objects.requireNonNull(side).write();
  }
}
