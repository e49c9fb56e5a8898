package readiness.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import readiness.chart.Value;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Table.Row;

/** The verdict follows the numbers, also those that nobody expects. */
class ConclusionTest {
  private static Conclusion conclude(String experiment, Row... rows) {
    return Experiments.named(experiment)
        .orElseThrow()
        .conclude(new Table("row", List.of(), List.of(rows), List.of()));
  }

  private static Row row(String label, Object... keysAndValues) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object value = keysAndValues[i + 1];
      values.put(
          (String) keysAndValues[i],
          value instanceof Value range ? range : Value.exactly(((Number) value).doubleValue()));
    }
    return new Row(label, values);
  }

  private static Conclusion downcall(double crossing, double call, double arena) {
    return conclude(
        "downcall-cost",
        row("into C and back, no kernel (labs)", "nanos", crossing),
        row("the call (getppid)", "nanos", call),
        row("the call, errno kept in one segment", "nanos", call + 3),
        row("the call, a new arena each time", "nanos", arena),
        row("the call, handle not static final", "nanos", call + 14));
  }

  @Test
  void whatASystemCallCostsDecidesWhoWasRight() {
    assertThat(downcall(7, 141, 173).right()).isEqualTo("c");
    assertThat(downcall(7, 141, 173).verdict()).isEqualTo(Verdict.HALF);
    assertThat(downcall(7, 141, 173).because())
        .contains("7 ns, which is 5 % of the smallest system call (141 ns)", "29 ns", "11");
    assertThat(downcall(90, 141, 173).right()).isEqualTo("b");
    assertThat(downcall(0.2, 1, 30).right()).isEqualTo("a");
    assertThat(downcall(20, 9_000, 9_500).right()).isEqualTo("d");
    assertThat(downcall(7, 141, 120).verdict()).as("noise").isEqualTo(Verdict.OPEN);
  }

  private static Conclusion cycles(int first, int left) {
    return conclude(
        "gc-cycle",
        row("serial", "made", 10, "left-after-first", first, "left", left),
        row("counting references, a model", "made", 10, "left-after-first", 10, "left", 10));
  }

  @Test
  void whenCyclesGoDecidesWhoWasRight() {
    assertThat(cycles(0, 0).right()).isEqualTo("b");
    assertThat(cycles(0, 0).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(cycles(3, 0).right()).isEqualTo("c");
    assertThat(cycles(10, 10).right()).isEqualTo("a");
    assertThat(cycles(10, 10).verdict()).isEqualTo(Verdict.OPEN);
  }

  private static Conclusion growth(DoubleUnaryOperator poll, DoubleUnaryOperator epoll) {
    List<Row> rows = new ArrayList<>();
    for (int many : new int[] {10, 100, 1_000, 10_000}) {
      rows.add(
          row(
              "%,d".formatted(many),
              "poll-one-ready-micros",
              poll.applyAsDouble(many),
              "epoll-one-ready-micros",
              epoll.applyAsDouble(many)));
    }
    return conclude("select-poll-epoll", rows.toArray(Row[]::new));
  }

  @Test
  void whatGrowsDecidesWhoWasRight() {
    Conclusion usual = growth(n -> n * 0.1, n -> 0.5);
    assertThat(usual.right()).isEqualTo("b");
    assertThat(usual.verdict()).isEqualTo(Verdict.WRONG);
    assertThat(usual.because())
        .contains(
            "one ready of 10,000 instead of 100", "100 times as long (1,000 µs)", "1.0 times");
    assertThat(growth(n -> 1, n -> 1).right()).isEqualTo("a");
    assertThat(growth(n -> n, n -> n).right()).isEqualTo("c");
    assertThat(growth(n -> 1, n -> n).right()).isEqualTo("d");
    assertThat(growth(n -> 1, n -> n).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(conclude("select-poll-epoll").verdict()).isEqualTo(Verdict.OPEN);
  }

  private static Conclusion busy(double armed, double needed, double edge) {
    return conclude(
        "busy-loop",
        row(
            "level-triggered, EPOLLOUT left armed",
            "wake-ups-a-second",
            armed,
            "cpu-millis-a-second",
            1),
        row("level-triggered, EPOLLOUT only while needed", "wake-ups-a-second", needed),
        row("edge-triggered, both from the start", "wake-ups-a-second", edge));
  }

  @Test
  void howOftenALoopWakesDecidesWhoWasRight() {
    assertThat(busy(900_000, 1, 1).right()).isEqualTo("d");
    assertThat(busy(900_000, 1, 1).verdict()).isEqualTo(Verdict.HALF);
    assertThat(busy(900_000, 1, 900_000).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(busy(0, 0, 0).right()).isEqualTo("a");
    assertThat(busy(1, 1, 1).right()).isEqualTo("b");
    assertThat(busy(300, 1, 1).right()).isEqualTo("c");
  }

  private static Conclusion herd(double shared, double exclusive) {
    return conclude(
        "thundering-herd",
        row("one listener", "threads-woken", shared),
        row("one listener, EPOLLEXCLUSIVE", "threads-woken", exclusive),
        row("eight listeners, SO_REUSEPORT", "threads-woken", 1));
  }

  @Test
  void howManyWakeDecidesWhoWasRight() {
    assertThat(herd(7.9, 1).right()).isEqualTo("c");
    assertThat(herd(7.9, 1).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(herd(2.5, 1).right()).isEqualTo("b");
    assertThat(herd(1, 1).right()).isEqualTo("a");
    assertThat(herd(7.9, 7.9).verdict()).isEqualTo(Verdict.OPEN);
  }

  private static Conclusion servers(Value loopCpu, double loopHeap) {
    return conclude(
        "threads-or-loop",
        server("virtual threads", new Value(14, 13, 15), 2_800),
        server("the loop", loopCpu, loopHeap));
  }

  private static Row server(String label, Value cpu, double heap) {
    return row(
        label,
        "lines",
        100,
        "epolls",
        1,
        "heap-bytes-a-connection",
        heap,
        "cpu-micros-a-message",
        cpu,
        "messages-a-second",
        1);
  }

  @Test
  void whatTheLoopNeedsDecidesWhoWasRight() {
    Value less = new Value(7, 6, 8);
    Value more = new Value(20, 19, 21);
    assertThat(servers(less, 200).right()).isEqualTo("a");
    assertThat(servers(less, 200).verdict()).isEqualTo(Verdict.HALF);
    assertThat(servers(more, 200).right()).isEqualTo("b");
    assertThat(servers(less, 2_800).right()).isEqualTo("c");
    assertThat(servers(more, 2_800).right()).isEqualTo("d");
    Conclusion overlapping = servers(new Value(7, 6, 14), 200);
    assertThat(overlapping.verdict()).isEqualTo(Verdict.OPEN);
    assertThat(overlapping.because()).contains("though the rounds overlap");
  }

  private static Conclusion sizes(int json, int protobuf, int gzipped, int textGzipped) {
    return conclude(
        "size-of-formats",
        row("100 people, JSON", "bytes", json, "gzipped", 1_600),
        row("100 people, Protobuf", "bytes", protobuf, "gzipped", gzipped),
        row("a text, Protobuf", "bytes", 10_000, "gzipped", textGzipped));
  }

  @Test
  void whatGzipLeavesDecidesWhoWasRight() {
    assertThat(sizes(9_500, 6_600, 1_800, 4_000).right()).isEqualTo("c");
    assertThat(sizes(9_500, 6_600, 1_800, 4_000).verdict()).isEqualTo(Verdict.HALF);
    assertThat(sizes(9_500, 6_600, 6_000, 4_000).right()).isEqualTo("b");
    assertThat(sizes(9_500, 6_600, 6_600, 9_990).right()).isEqualTo("a");
    assertThat(sizes(9_500, 6_600, 6_600, 9_990).verdict()).isEqualTo(Verdict.TRUE);
    assertThat(sizes(6_500, 6_600, 1_800, 4_000).verdict()).isEqualTo(Verdict.WRONG);
  }

  private static Conclusion rates(double tokens, double protobuf, double tokensHeap) {
    return conclude(
        "parse-rate",
        row("1 KB", "json-bytes", 1_000, "tokens-mb-a-second", 1_000),
        row(
            "4,000 KB",
            "json-bytes",
            4_000_000,
            "tokens-mb-a-second",
            tokens,
            "record-mb-a-second",
            500,
            "protobuf-mb-a-second",
            protobuf,
            "tokens-heap",
            tokensHeap,
            "tree-heap",
            4));
  }

  @Test
  void whetherTheRateFallsDecidesWhoWasRight() {
    assertThat(rates(900, 800, 0.00003).right()).isEqualTo("a");
    assertThat(rates(900, 800, 0.00003).verdict()).isEqualTo(Verdict.HALF);
    assertThat(rates(900, 800, 0.00003).because())
        .contains("0.9 times the rate of 1 KB", "120 bytes of heap", "1.6 times as fast");
    assertThat(rates(900, 400, 0.00003).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(rates(900, 800, 2).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(rates(300, 800, 0.00003).right()).isEqualTo("b");
    assertThat(rates(30, 800, 0.00003).right()).isEqualTo("c");
  }

  private static Conclusion detour(int ours, int jackson) {
    return conclude(
        "string-first",
        row("workbook, bytes", "nanos", 20_000, "heap-bytes", 50_000),
        row("workbook, a String first", "nanos", 25_000, "heap-bytes", 50_000 + ours),
        row("Jackson's tree, bytes", "nanos", 30_000, "heap-bytes", 60_000),
        row("Jackson's tree, a String first", "nanos", 30_000, "heap-bytes", 60_000 + jackson));
  }

  @Test
  void whatTheStringTakesDecidesWhoWasRight() {
    assertThat(detour(32_700, 16_200).right()).isEqualTo("c");
    assertThat(detour(32_700, 16_200).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(detour(16_300, 0).right()).isEqualTo("b");
    assertThat(detour(16_300, 0).verdict()).isEqualTo(Verdict.HALF);
    assertThat(detour(100, 0).right()).isEqualTo("a");
    assertThat(detour(100, 0).verdict()).isEqualTo(Verdict.TRUE);
  }

  private static Conclusion kinds(double one, double two, double four) {
    return conclude(
        "segment-kinds",
        row("one kind", "where-they-lie-nanos", one, "copied-first-nanos", 100),
        row("two kinds", "where-they-lie-nanos", two, "copied-first-nanos", 100),
        row("four kinds", "where-they-lie-nanos", four, "copied-first-nanos", 100));
  }

  @Test
  void whatSeveralKindsCostDecidesWhoWasRight() {
    assertThat(kinds(80, 200, 900).right()).isEqualTo("c");
    assertThat(kinds(80, 200, 900).verdict()).isEqualTo(Verdict.HALF);
    assertThat(kinds(80, 200, 900).because())
        .contains("0.8 times", "2.0 with two", "9.0 with four");
    assertThat(kinds(130, 200, 900).verdict()).isEqualTo(Verdict.WRONG);
    assertThat(kinds(80, 80, 110).right()).isEqualTo("b");
    assertThat(kinds(50, 50, 50).right()).isEqualTo("a");
    assertThat(kinds(50, 50, 50).verdict()).isEqualTo(Verdict.TRUE);
  }

  @Test
  void aFileThatIsNoReportIsRefused() {
    assertThatThrownBy(() -> Result.read("{}")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Result.read("half a")).isInstanceOf(IOException.class);
  }

  @Test
  void optionsHaveLetters() {
    Description description = Experiments.all().getFirst().description();
    assertThat(description.letters()).containsExactly("a", "b", "c", "d");
    assertThat(description.option("b")).contains(description.options().get(1));
    assertThat(description.option("e")).isEmpty();
    assertThat(description.option("")).isEmpty();
  }
}
