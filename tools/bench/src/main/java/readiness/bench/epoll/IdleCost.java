package readiness.bench.epoll;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import readiness.bench.Comparison;
import readiness.bench.Display;
import readiness.bench.ResultFile;
import readiness.bench.Settings;
import readiness.bench.Stopped;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/**
 * What idle connections cost an echo server: memory, and the time of those that are busy beside
 * them.
 *
 * <p>In each round each contender's server is started anew, warmed up, and measured with the idle
 * connections and without: first without in one round, first with them in the next.
 *
 * <p>The servers' heap is resident as a whole from their beginning (AlwaysPreTouch). So what their
 * process grows by is what lies beside the heap, and what lives on the heap is counted after a full
 * collection; a connection holds both. What the kernel holds for a socket belongs to no process,
 * and is the same for all.
 */
final class IdleCost {
  /** What a JVM has open besides its connections, generously. */
  private static final int OTHER_DESCRIPTORS = 100;

  private static final String MEMORY = "%14s%14s%14s";

  /**
   * What one idle connection holds, in bytes.
   *
   * @param heap live objects
   * @param beside memory of the process that is not heap
   */
  record Memory(double heap, double beside) {
    double together() {
      return heap + beside;
    }
  }

  /** One contender in one round. */
  record Round(Memory memory, Sample alone, Sample beside) {}

  private final Setup setup;
  private final Display display;
  private final LoadClient client;
  private final List<Contender> contenders;
  private final Map<Contender, List<Round>> rounds = new LinkedHashMap<>();

  private IdleCost(Setup setup, Display display, LoadClient client) {
    this.setup = setup;
    this.display = display;
    this.client = client;
    contenders = List.of(setup.ours(), setup.peer());
    contenders.forEach(each -> rounds.put(each, new ArrayList<>()));
  }

  /**
   * Measures, shows and writes.
   *
   * @throws Stopped if a process may not have as many descriptors open as that takes
   */
  static void run(Settings settings, Display display) throws IOException, InterruptedException {
    try (LoadClient client = new LoadClient()) {
      IdleCost cost = new IdleCost(Setup.of(settings), display, client);
      cost.requireDescriptors();
      cost.run();
    }
  }

  private void requireDescriptors() {
    long limit = client.proc().descriptorLimit();
    long others = setup.connections() + OTHER_DESCRIPTORS;
    if (limit < setup.idle() + others) {
      throw new Stopped(
          Stopped.NOT_RIGHT,
          """
          %,d idle connections need %,d descriptors in one process, and the limit is %,d.
                 Raise the hard limit, which `ulimit -Hn` shows (limits.conf(5), or the container's \
          --ulimit nofile=N)%s.\
          """
              .formatted(
                  setup.idle(),
                  setup.idle() + others,
                  limit,
                  limit > others ? ", or take fewer: --idle " + (limit - others) : ""));
    }
  }

  private void run() throws IOException, InterruptedException {
    display.line(" " + Served.machine());
    display.line(
        " %s beside %s · echo · %d connections busy, %,d idle · %d × %s s · about %s"
            .formatted(
                setup.ours().label(),
                setup.peer().label(),
                setup.connections(),
                setup.idle(),
                setup.rounds(),
                Display.plain(setup.seconds()),
                Display.duration(expectedSeconds())));
    for (int round = 1; round <= setup.rounds(); round++) {
      for (Contender each : round % 2 == 1 ? contenders : contenders.reversed()) {
        rounds.get(each).add(round(round, each));
      }
    }
    ResultFile report = new ResultFile("idle", Served.machine(), Served.FLAGS);
    report.put("rounds", setup.rounds());
    report.put("seconds", setup.seconds());
    report.put("connections", setup.connections());
    report.put("idle", setup.idle());
    report.put("contenders", labelled(rounds));
    showMemory();
    report.put("ratios", showTime());
    report.write(setup.settings().json(), display);
    ResultFile.write(setup.settings().svg(), chart(), display);
  }

  private String chart() {
    Map<String, double[]> memory = new LinkedHashMap<>();
    rounds.forEach(
        (contender, each) -> memory.put(contender.label(), bytes(each, Memory::together)));
    return MemoryChart.svg(memory, setup.idle());
  }

  private double expectedSeconds() {
    double opening = setup.idle() / 8000.0;
    double each = 1 + opening + 2 * setup.warmUp() + 2 * setup.seconds();
    return setup.rounds() * contenders.size() * each;
  }

  private Round round(int number, Contender contender) throws InterruptedException {
    int done = rounds.values().stream().mapToInt(List::size).sum();
    display.progress(
        "round %d of %d · %s".formatted(number, setup.rounds(), contender.label()),
        (double) done / (setup.rounds() * contenders.size()));
    Jvm jvm = contender.jvm().with("-XX:+AlwaysPreTouch");
    try (var measurement =
        new Measurement(setup, client, Work.ECHO, contender.start(jvm, Work.ECHO))) {
      measurement.warmUp(1);
      Sample alone = number % 2 == 1 ? measurement.measure(1) : null;
      Memory memory = open(measurement);
      measurement.warmUp(1);
      Sample beside = measurement.measure(1);
      measurement.closeIdle();
      return new Round(memory, alone == null ? measurement.measure(1) : alone, beside);
    }
  }

  /** Opens the idle connections, and sees what the server's memory grows by. */
  private Memory open(Measurement measurement) throws InterruptedException {
    Respondent server = measurement.server();
    long live = server.number("live");
    long resident = server.proc().residentBytes();
    measurement.openIdle();
    live = server.number("live") - live;
    resident = server.proc().residentBytes() - resident;
    return new Memory((double) live / setup.idle(), (double) resident / setup.idle());
  }

  private void showMemory() {
    display.line();
    display.row(
        "bytes per idle connection", MEMORY.formatted("on the heap", "beside it", "together"));
    rounds.forEach((contender, each) ->
        display.row(
            "  " + contender.label(),
            MEMORY.formatted(
                middle(each, Memory::heap),
                middle(each, Memory::beside),
                middle(each, Memory::together))));
  }

  private static String middle(List<Round> rounds, ToDoubleFunction<Memory> part) {
    return "%.0f".formatted(Comparison.middle(bytes(rounds, part)));
  }

  private static double[] bytes(List<Round> rounds, ToDoubleFunction<Memory> part) {
    return rounds.stream().map(Round::memory).mapToDouble(part).toArray();
  }

  private Map<String, Object> showTime() {
    Map<String, Object> ratios = new LinkedHashMap<>();
    String idle = "%,d idle".formatted(setup.idle());
    for (Contender contender : contenders) {
      String label = contender.label();
      List<Sample> alone = rounds.get(contender).stream().map(Round::alone).toList();
      List<Sample> beside = rounds.get(contender).stream().map(Round::beside).toList();
      display.line();
      display.row("echo, one at a time", Sample.headings());
      display.row("  " + label + ", none idle", Sample.middle(alone).columns());
      display.row("  " + label + ", " + idle, Sample.middle(beside).columns());
      compare(idle + " / none", label, beside, alone, ratios);
    }
    display.line();
    String both = setup.ours().label() + " / " + setup.peer().label();
    compare(
        both + ", " + idle,
        both,
        rounds.get(setup.ours()).stream().map(Round::beside).toList(),
        rounds.get(setup.peer()).stream().map(Round::beside).toList(),
        ratios);
    display.line();
    return ratios;
  }

  private void compare(
      String label, String name, List<Sample> ours, List<Sample> others, Map<String, Object> into) {
    Comparison comparison = Comparison.of(ours, others, Sample::cpuMicros);
    display.compared(label, comparison);
    into.put(name, comparison.entries());
  }

  private static Map<String, List<Round>> labelled(Map<Contender, List<Round>> rounds) {
    Map<String, List<Round>> labelled = new LinkedHashMap<>();
    rounds.forEach((contender, each) -> labelled.put(contender.label(), each));
    return labelled;
  }
}
