package readiness.bench.epoll;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import readiness.bench.Comparison;

/**
 * One server under one load, in one round or in the middle of several.
 *
 * @param cpuMicros processor time for a request, in microseconds, user and kernel mode
 * @param busy how much of the time the server's process was running, 1 being one processor
 * @param allocated bytes of heap for a request
 * @param rate requests answered in a second
 * @param p50 microseconds in which half of the requests were answered
 * @param p99 microseconds for 99 of a hundred
 * @param p999 microseconds for 999 of a thousand
 */
record Sample(
    double cpuMicros,
    double busy,
    double allocated,
    double rate,
    double p50,
    double p99,
    double p999) {
  private static final String HEADINGS = "%10s%6s%12s%12s%8s%8s%10s";
  private static final String NUMBERS = "%10.3f%6.2f%12.1f%12.0f%8.0f%8.0f%10.0f";

  /** What {@link #columns} are. */
  static String headings() {
    return HEADINGS.formatted(
        "cpu µs/req", "busy", "heap B/req", "requests/s", "p50 µs", "p99 µs", "p99.9 µs");
  }

  static Sample of(double cpuSeconds, long allocated, Load.Result load) {
    return new Sample(
        cpuSeconds * 1e6 / load.requests(),
        cpuSeconds / load.seconds(),
        (double) allocated / load.requests(),
        load.rate(),
        load.micros()[0],
        load.micros()[1],
        load.micros()[2]);
  }

  /** The middle of the rounds, of each number by itself. */
  static Sample middle(List<Sample> rounds) {
    return new Sample(
        middle(rounds, Sample::cpuMicros),
        middle(rounds, Sample::busy),
        middle(rounds, Sample::allocated),
        middle(rounds, Sample::rate),
        middle(rounds, Sample::p50),
        middle(rounds, Sample::p99),
        middle(rounds, Sample::p999));
  }

  private static double middle(List<Sample> rounds, ToDoubleFunction<Sample> number) {
    return Comparison.middle(rounds.stream().mapToDouble(number).toArray());
  }

  String columns() {
    return String.format(Locale.ROOT, NUMBERS, cpuMicros, busy, allocated, rate, p50, p99, p999);
  }
}
