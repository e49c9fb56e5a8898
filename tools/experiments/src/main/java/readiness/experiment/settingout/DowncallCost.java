package readiness.experiment.settingout;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Rounds;
import readiness.experiment.Rounds.Repeated;
import readiness.experiment.Setting;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;

/**
 * What one small system call from Java costs, and what can be added to that by holding it wrong.
 */
final class DowncallCost implements Experiment {
  private static final String CROSSING = "into C and back, no kernel (labs)";
  private static final String CALL = "the call (getppid)";
  private static final String ERRNO = "the call, errno kept in one segment";
  private static final String ARENA = "the call, a new arena each time";
  private static final String VARIABLE = "the call, handle not static final";

  private static final String NANOS = "nanos";

  private static final Description DESCRIPTION =
      new Description(
          "downcall-cost",
          "What a small system call from Java costs",
          List.of(new Trial("00-setting-out", "a foreign call is a convenience like any other")),
          "getppid() asks the kernel the smallest question that there is. How long does one call"
              + " from Java take, once it is warm?",
          List.of(
              "About 1 ns: the compiler turns it into next to nothing.",
              "About 10 ns: the way from Java into C is what costs.",
              "Between 50 and 500 ns: the way into the kernel is what costs.",
              "Some 10 µs: the thread has to be stopped and started again."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  private static long crossing(int times) throws Throwable {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += (long) Parent.LABS.invokeExact((long) -i);
    }
    return sum;
  }

  private static long call(int times) throws Throwable {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += Parent.parent();
    }
    return sum;
  }

  private static long keepingErrno(int times) throws Throwable {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += (int) Parent.GETPPID_ERRNO.invokeExact(Parent.STATE);
    }
    return sum;
  }

  private static long withArena(int times) throws Throwable {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
        sum += (int) Parent.GETPPID_ERRNO.invokeExact(state);
      }
    }
    return sum;
  }

  private static long throughVariable(int times) throws Throwable {
    long sum = 0;
    for (int i = 0; i < times; i++) {
      sum += (int) Parent.variable.invokeExact(Parent.STATE);
    }
    return sum;
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    setting.at("calls in five forms, which take turns");
    int times = setting.size().of(50_000, 500_000, 500_000);
    List<String> labels = List.of(CROSSING, CALL, ERRNO, ARENA, VARIABLE);
    List<Value> nanos =
        Rounds.nanos(
            5,
            setting.size().of(7, 11, 31),
            List.of(
                new Repeated(times, DowncallCost::crossing),
                new Repeated(times, DowncallCost::call),
                new Repeated(times, DowncallCost::keepingErrno),
                new Repeated(times, DowncallCost::withArena),
                new Repeated(times, DowncallCost::throughVariable)));
    return new Table(
        "form",
        List.of(new Column(NANOS, "ns of processor time")),
        IntStream.range(0, labels.size())
            .mapToObj(i -> new Row(labels.get(i), Map.of(NANOS, nanos.get(i))))
            .toList(),
        List.of());
  }

  @Override
  public Conclusion conclude(Table table) {
    double crossing = table.row(CROSSING).at(NANOS);
    double call = table.row(CALL).at(NANOS);
    double errno = table.row(ERRNO).at(NANOS);
    double arena = table.row(ARENA).at(NANOS) - errno;
    double variable = table.row(VARIABLE).at(NANOS) - errno;
    String right = call < 3 ? "a" : crossing > call / 2 ? "b" : call < 2_000 ? "c" : "d";
    String because =
        ("The crossing takes %.0f ns, which is %.0f %% of the smallest system call (%.0f ns). A new"
                + " arena for each call adds %.0f ns to that, a handle that is not constant %.0f.")
            .formatted(crossing, 100 * crossing / call, call, arena, variable);
    return right.equals("c") && arena > 0
        ? new Conclusion(right, Verdict.HALF, because)
        : new Conclusion(right, Verdict.OPEN, because);
  }

  @Override
  public Chart chart(Table table) {
    return BarChart.of(
        new Words(
            DESCRIPTION.id(),
            "What one small system call from Java costs",
            "Horizontal bars. Nearly all of a bar is the kernel; the crossing is a sliver of it, as"
                + " long as nothing is added."),
        Axis.linear("nanoseconds of processor time for one call"),
        table.rows().stream()
            .map(row -> new Bar(row.label(), row.values().get(NANOS), colour(row.label())))
            .toList());
  }

  private static Colour colour(String label) {
    return label.equals(ARENA) || label.equals(VARIABLE) ? Colour.WARN : Colour.ACCENT;
  }
}
