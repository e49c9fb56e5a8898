package readiness.bench.serialization;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import readiness.serialization.Person;

/**
 * What JMH measures. It is one class for all sides, since a JVM has one of them only, and the
 * compiler sees through a field that never holds anything else. JMH makes a subclass of it, so it
 * is public and not final.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Work {
  /** A {@link Format}. */
  @Param("")
  public String format = "";

  /** A {@link Library}. */
  @Param("")
  public String library = "";

  /** A {@link Message}. */
  @Param("")
  public String message = "";

  private @Nullable Side side;

  /** Makes the message, and ready to read it. */
  @Setup
  public void prepare() {
    side = Library.valueOf(library).side(Format.valueOf(format), Message.valueOf(message).person());
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
