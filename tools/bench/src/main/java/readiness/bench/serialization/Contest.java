package readiness.bench.serialization;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import readiness.bench.Comparison;
import readiness.bench.Display;
import readiness.bench.ResultFile;
import readiness.bench.Settings;
import readiness.bench.serialization.Task.Operation;
import readiness.measure.Testbed;

/**
 * The codecs beside the libraries: what it takes to make a record of a message in memory, and a
 * message of a record.
 *
 * <p>In each round every side has a JVM that is started for it, ours first and then its peers, in
 * the opposite order in the next round. The peer's time is divided by ours of the same round; the
 * middle of these ratios counts.
 */
final class Contest {
  private final Setup setup;
  private final Display display;

  /** By format and library, in each round what the tasks cost. */
  private final Map<Format, Map<Library, List<Map<Task, Cost>>>> rounds = new LinkedHashMap<>();

  private int done;
  private boolean doubtful;

  private Contest(Setup setup, Display display) {
    this.setup = setup;
    this.display = display;
    for (Format format : setup.formats()) {
      Map<Library, List<Map<Task, Cost>>> each = new LinkedHashMap<>();
      sides(format).forEach(library -> each.put(library, new ArrayList<>()));
      rounds.put(format, each);
    }
  }

  private static List<Library> sides(Format format) {
    return Stream.concat(Stream.of(Library.OURS), format.peers().stream()).toList();
  }

  /** Measures, shows and writes. */
  static void run(Settings settings, Display display) throws IOException {
    new Contest(Setup.of(settings), display).run();
  }

  private void run() throws IOException {
    Settings settings = setup.settings();
    display.line(" " + machine());
    display.line(
        " %s beside the libraries · %d × %s s for each of %d tasks · about %s"
            .formatted(
                setup.ours(),
                settings.rounds(),
                Display.plain(settings.seconds()),
                tasks(),
                Display.duration(expectedSeconds())));
    Map<Format, int[]> lengths = new LinkedHashMap<>();
    for (Format format : setup.formats()) {
      display.progress("comparing what is written and read, " + format.label(), 0);
      lengths.put(format, Agreement.lengths(setup.classPath(), format));
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      round(round);
    }
    SpeedChart chart = new SpeedChart();
    List<Map<String, Object>> results = new ArrayList<>();
    for (Format format : setup.formats()) {
      for (Message message : Message.values()) {
        results.add(show(format, message, lengths.get(format)[message.ordinal()], chart));
      }
    }
    if (doubtful) {
      display.line();
      display.line(
          " ? no conclusion: fewer than 5 rounds, or their interval is wider than the difference");
    }
    display.line();
    ResultFile report = new ResultFile("serialization", machine(), Fork.settings());
    report.put("ours", setup.ours());
    report.put("rounds", settings.rounds());
    report.put("seconds", settings.seconds());
    report.put("messages", results);
    report.write(settings.json(), display);
    ResultFile.write(settings.svg(), chart.svg(setup.ours()), display);
  }

  private static String machine() {
    return Testbed.description();
  }

  private int tasks() {
    int tasks = 0;
    for (Format format : setup.formats()) {
      for (Library library : sides(format)) {
        tasks += Message.values().length * (library.reads() ? 2 : 1);
      }
    }
    return tasks;
  }

  private double expectedSeconds() {
    double start = 1;
    Settings settings = setup.settings();
    int jvms = setup.formats().stream().mapToInt(each -> sides(each).size()).sum();
    return setup.formats().size()
        + settings.rounds() * (jvms * start + tasks() * (settings.warmUp() + settings.seconds()));
  }

  private void round(int number) {
    rounds.forEach((format, sides) -> {
      List<Library> order = sides(format);
      for (Library library : number % 2 == 1 ? order : order.reversed()) {
        display.progress(
            "round %d of %d · %s · %s"
                .formatted(number, setup.settings().rounds(), format.label(), setup.label(library)),
            (double) done / (setup.settings().rounds() * jvms()));
        sides
            .get(library)
            .add(Fork.measure(setup.classPath(), format, library, setup.settings().seconds()));
        done++;
      }
    });
  }

  private int jvms() {
    return rounds.values().stream().mapToInt(Map::size).sum();
  }

  /** Shows what the rounds say of one message in one format. */
  private Map<String, Object> show(Format format, Message message, int bytes, SpeedChart chart) {
    display.line();
    display.line(
        " %-40s%s"
            .formatted(
                "%s, %s, %,d bytes".formatted(format.label(), message.label(), bytes),
                "  read ns     heap B  times as long           write ns     heap B  times as"
                    + " long"));
    Map<String, Object> sides = new LinkedHashMap<>();
    rounds
        .get(format)
        .forEach((library, each) -> {
          StringBuilder columns = new StringBuilder();
          Map<String, Object> entries = new LinkedHashMap<>();
          for (Operation operation : Operation.values()) {
            Task task = new Task(message, operation);
            if (!each.getFirst().containsKey(task)) {
              columns.append(" ".repeat(44));
              continue;
            }
            Comparison ratio = ratio(format, library, task);
            columns.append(columns(each, task, ratio));
            entries.put(operation.label(), entries(each, task, ratio));
            if (ratio != null) {
              doubtful |= !ratio.conclusive();
              chart.add(
                  "%s, %s, %s".formatted(operation.label(), format.label(), message.label()),
                  library.label(),
                  ratio);
            }
          }
          display.line(" %-40s%s".formatted("  " + setup.label(library), columns).stripTrailing());
          sides.put(setup.label(library), entries);
        });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("format", format.label());
    result.put("message", message.label());
    result.put("bytes", bytes);
    result.put("sides", sides);
    return result;
  }

  /** How many times as long as ours the library takes; null for ours. */
  private @Nullable Comparison ratio(Format format, Library library, Task task) {
    return library == Library.OURS
        ? null
        : Comparison.of(
            rounds.get(format).get(library),
            rounds.get(format).get(Library.OURS),
            costs -> costs.get(task).nanos());
  }

  private static double middle(
      List<Map<Task, Cost>> rounds, Task task, ToDoubleFunction<Cost> number) {
    return Comparison.middle(
        rounds.stream().mapToDouble(each -> number.applyAsDouble(each.get(task))).toArray());
  }

  private static String columns(
      List<Map<Task, Cost>> rounds, Task task, @Nullable Comparison ratio) {
    String found =
        ratio == null
            ? ""
            : String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)%s",
                ratio.middle(),
                ratio.low(),
                ratio.high(),
                ratio.conclusive() ? "" : " ?");
    return String.format(
        Locale.ROOT,
        "%,9.0f  %,9.0f  %-22s",
        middle(rounds, task, Cost::nanos),
        middle(rounds, task, Cost::allocated),
        found);
  }

  private static Map<String, Object> entries(
      List<Map<Task, Cost>> rounds, Task task, @Nullable Comparison ratio) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("nanos", rounds.stream().map(each -> each.get(task).nanos()).toList());
    entries.put("allocated", middle(rounds, task, Cost::allocated));
    if (ratio != null) {
      entries.put("ratio", ratio.entries());
    }
    return entries;
  }
}
