package readiness.experiment.epoll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import readiness.chart.Axis;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Line;
import readiness.chart.LineChart;
import readiness.chart.Point;
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
import readiness.experiment.Size;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;

/** What it costs to ask which of many connections are ready, in three ways. */
final class SelectPollEpoll implements Experiment {
  /** So many descriptors are looked at in a round: a few milliseconds' worth. */
  private static final int DESCRIPTORS_IN_A_ROUND = 50_000;

  private static final int MOST_CALLS = 5_000;

  /** Growth that is no accident of a noisy machine. */
  private static final double CLEARLY = 3;

  private static final Map<String, Function<int[], Waiting>> CALLS = new LinkedHashMap<>();

  static {
    CALLS.put("select", Waiting::select);
    CALLS.put("poll", Waiting::poll);
    CALLS.put("epoll", Waiting::epoll);
  }

  /** Columns: microseconds for a call when one is ready; and for each ready one when all are. */
  private static final String ONE = "-one-ready-micros";

  private static final String ALL = "-each-when-all-ready-micros";

  private static final String SELECT_NOTE =
      "The C library's select has no room for descriptors from FD_SETSIZE, %,d, on."
          .formatted(Waiting.Select.FD_SETSIZE);

  private static final Description DESCRIPTION =
      new Description(
          "select-poll-epoll",
          "What it costs to ask which connections are ready",
          List.of(
              new Trial(
                  "03-epoll",
                  "select and poll are synchronous, epoll is not: epoll tells, while with the"
                      + " others an application has to ask")),
          "Many connections are watched, and one of them has something to read. You watch a hundred"
              + " times as many, and still one has. What becomes of the cost of one call?",
          List.of(
              "It stays the same with poll and with epoll.",
              "It grows with poll, and stays the same with epoll.",
              "It grows with both, since each call is a look at every connection.",
              "It grows with epoll, whose tree gets deeper, and stays the same with poll."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    List<Row> rows = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    long room = DescriptorLimit.raise();
    try (Accepted connections = new Accepted()) {
      for (int many : sizes(setting.size())) {
        if (many > room) {
          notes.add(
              "%,d connections are more than the limit of descriptors allows (ulimit -Hn)."
                  .formatted(many));
          break;
        }
        setting.at("%,d connections".formatted(many));
        rows.add(row(setting, connections, many, notes));
      }
    }
    List<Column> columns = new ArrayList<>();
    for (String call : CALLS.keySet()) {
      columns.add(new Column(call + ONE, call + ", one ready, µs a call"));
    }
    for (String call : CALLS.keySet()) {
      columns.add(new Column(call + ALL, call + ", all ready, µs each"));
    }
    return new Table("watched", columns, rows, List.copyOf(notes));
  }

  private static List<Integer> sizes(Size size) {
    return size == Size.SMALL ? List.of(10, 200) : List.of(10, 100, 1_000, 10_000);
  }

  private static Row row(Setting setting, Accepted connections, int many, Set<String> notes)
      throws Exception {
    int[] fds = connections.grow(many);
    Map<String, Waiting> waiting = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Function<int[], Waiting>> call : CALLS.entrySet()) {
        if (call.getKey().equals("select") && !selectable(fds)) {
          notes.add(SELECT_NOTE);
        } else {
          waiting.put(call.getKey(), call.getValue().apply(fds));
        }
      }
      Map<String, Value> values = new LinkedHashMap<>();
      connections.makeReady(1);
      measure(setting, waiting, many, 1).forEach((call, value) -> values.put(call + ONE, value));
      connections.makeReady(many);
      measure(setting, waiting, many, many).forEach((call, value) -> values.put(call + ALL, value));
      connections.drain();
      return new Row("%,d".formatted(many), values);
    } finally {
      waiting.values().forEach(Waiting::close);
    }
  }

  private static boolean selectable(int[] fds) {
    return Arrays.stream(fds).max().orElse(0) < Waiting.Select.FD_SETSIZE;
  }

  /** Microseconds, divided by the ready ones. */
  private static Map<String, Value> measure(
      Setting setting, Map<String, Waiting> waiting, int many, int ready) throws Exception {
    List<Repeated> work =
        waiting.entrySet().stream()
            .map(each -> {
              int looked = each.getKey().equals("epoll") ? ready : many;
              int times = Math.min(MOST_CALLS, DESCRIPTORS_IN_A_ROUND / looked);
              return new Repeated(times, calls -> ask(each.getValue(), calls, ready));
            })
            .toList();
    List<Value> nanos = Rounds.nanos(5, setting.size().of(5, 9, 31), work);
    Map<String, Value> micros = new LinkedHashMap<>();
    int i = 0;
    for (String call : waiting.keySet()) {
      Value value = nanos.get(i++);
      double scale = 1e-3 / ready;
      micros.put(
          call, new Value(value.middle() * scale, value.low() * scale, value.high() * scale));
    }
    return micros;
  }

  private static long ask(Waiting waiting, int calls, int ready) {
    long sum = 0;
    for (int i = 0; i < calls; i++) {
      int found = waiting.ready();
      if (found != ready) {
        throw new IllegalStateException("%d are ready, %d were found".formatted(ready, found));
      }
      sum += found;
    }
    return sum;
  }

  private static int watched(Row row) {
    return Integer.parseInt(row.label().replace(",", ""));
  }

  @Override
  public Conclusion conclude(Table table) {
    if (table.rows().size() < 2) {
      return Conclusion.open("One size says nothing of growth: " + String.join(" ", table.notes()));
    }
    Row few = table.rows().get(Math.max(0, table.rows().size() - 3));
    Row many = table.rows().getLast();
    double poll = many.at("poll" + ONE) / few.at("poll" + ONE);
    double epoll = many.at("epoll" + ONE) / few.at("epoll" + ONE);
    String because =
        ("With one ready of %,d instead of %,d, poll's call takes %.0f times as long (%s µs), and"
                + " epoll's %.1f times (%s µs). All three say at once what is ready, and leave the"
                + " reading to you; they differ in who keeps the list.")
            .formatted(
                watched(many),
                watched(few),
                poll,
                text(many.at("poll" + ONE)),
                epoll,
                text(many.at("epoll" + ONE)));
    boolean pollGrows = poll > CLEARLY;
    boolean epollGrows = epoll > CLEARLY;
    String right = pollGrows ? epollGrows ? "c" : "b" : epollGrows ? "d" : "a";
    return new Conclusion(right, right.equals("b") ? Verdict.WRONG : Verdict.OPEN, because);
  }

  private static String text(double value) {
    return Value.exactly(value).text();
  }

  @Override
  public Chart chart(Table table) {
    List<Line> lines = new ArrayList<>();
    List<Colour> colours = List.of(Colour.WARN, Colour.DOUBT, Colour.ACCENT);
    for (String call : CALLS.keySet()) {
      List<Point> points =
          table.rows().stream()
              .filter(row -> row.has(call + ONE))
              .map(row -> new Point(watched(row), row.values().get(call + ONE)))
              .toList();
      if (!points.isEmpty()) {
        lines.add(new Line(call, colours.get(lines.size()), points));
      }
    }
    return new LineChart(
        new Words(
            DESCRIPTION.id(),
            "What one call costs when one connection of many is ready",
            "Lines over the number of watched connections. Those of select and poll rise with it,"
                + " the one of epoll stays level."),
        Axis.logarithmic("connections watched, one of them ready"),
        Axis.logarithmic("microseconds of processor time for one call"),
        lines);
  }
}
