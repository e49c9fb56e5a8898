package readiness.experiment;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import readiness.chart.Value;

/**
 * Several pieces of work that take turns, so that what disturbs the machine disturbs all alike.
 * What is measured is the thread's processor time: none of the work waits, and what others do with
 * the processor meanwhile is not its cost.
 */
public final class Rounds {
  /** Where results go, so that the compiler cannot leave out the work behind them. */
  @SuppressWarnings("unused")
  private static volatile long sum;

  private Rounds() {}

  /** Something done many times over. */
  @FunctionalInterface
  public interface Work {
    /** Does it so many times and adds up what came of it. */
    long run(int times) throws Throwable;
  }

  /**
   * A piece of work and how often it is done in a round.
   *
   * @param times enough to take far longer than looking at the clock
   */
  public record Repeated(int times, Work work) {}

  /**
   * Nanoseconds of processor time for one time, of each piece of work.
   *
   * @param warmUps rounds that are for the compiler
   * @param rounds rounds that count
   */
  public static List<Value> nanos(int warmUps, int rounds, List<Repeated> all) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[][] nanos = new double[all.size()][rounds];
    long results = 0;
    for (int round = -warmUps; round < rounds; round++) {
      for (int i = 0; i < all.size(); i++) {
        Repeated each = all.get(i);
        long start = threads.getCurrentThreadCpuTime();
        results += run(each);
        long time = threads.getCurrentThreadCpuTime() - start;
        if (round >= 0) {
          nanos[i][round] = (double) time / each.times;
        }
      }
    }
    sum = results;
    List<Value> values = new ArrayList<>();
    for (double[] each : nanos) {
      values.add(Value.of(each));
    }
    return values;
  }

  private static long run(Repeated each) throws Exception {
    try {
      return each.work.run(each.times);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
