package readiness.timeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import readiness.kernel.Call;

/** What a recording adds up to. */
final class Tally {
  /**
   * The calls of one kind.
   *
   * @param call which
   * @param count how many
   * @param again to how many the answer was "not now"
   * @param errors how many were refused otherwise
   * @param partial how many were granted in part
   * @param bytes how many bytes they moved
   */
  record Row(Call call, long count, long again, long errors, long partial, long bytes) {}

  private final List<Row> rows;
  private final List<Line> lines;

  Tally(List<Line> lines) {
    this.lines = lines;
    Map<Call, List<Line>> kinds = new EnumMap<>(Call.class);
    for (Line each : lines) {
      if (!each.isNote()) {
        kinds.computeIfAbsent(each.call(), _ -> new ArrayList<>()).add(each);
      }
    }
    rows = kinds.entrySet().stream().map(each -> row(each.getKey(), each.getValue())).toList();
  }

  private static Row row(Call call, List<Line> of) {
    return new Row(
        call,
        of.size(),
        of.stream().filter(Line::isAgain).count(),
        of.stream().filter(Line::isError).count(),
        of.stream().filter(Line::isPartial).count(),
        of.stream().mapToLong(Line::bytes).sum());
  }

  /** The kinds of calls that were made, each once. */
  List<Row> rows() {
    return rows;
  }

  /** How often the loop waited and went on. A wait that a signal cuts short is not a turn. */
  long turns() {
    return lines.stream().filter(line -> line.isWait() && !line.isError()).count();
  }

  long bytesIn() {
    return lines.stream().filter(Line::receives).mapToLong(Line::bytes).sum();
  }

  long bytesOut() {
    return lines.stream().filter(Line::sends).mapToLong(Line::bytes).sum();
  }

  /** How often a client began to send. */
  long messages() {
    return lines.stream()
        .filter(line -> line.isNote() && line.entry().text().contains(" sends "))
        .count();
  }

  /** The calls from the first wait on: what serving takes, without what was needed to begin. */
  long callsServing() {
    return lines.stream().filter(line -> !line.isNote()).dropWhile(line -> !line.isWait()).count();
  }
}
