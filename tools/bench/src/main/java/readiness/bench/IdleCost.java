package readiness.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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

  private final Settings settings;
  private final Screen screen;
  private final Client client;
  private final List<Contender> contenders;
  private final Map<Contender, List<Round>> rounds = new LinkedHashMap<>();

  private IdleCost(Settings settings, Screen screen, Client client) {
    this.settings = settings;
    this.screen = screen;
    this.client = client;
    contenders = List.of(settings.ours(), settings.peer());
    contenders.forEach(each -> rounds.put(each, new ArrayList<>()));
  }

  /**
   * Measures, shows and writes.
   *
   * @throws Stopped if a process may not have as many descriptors open as that takes
   */
  static void run(Settings settings, Screen screen) throws IOException, InterruptedException {
    try (Client client = new Client()) {
      IdleCost cost = new IdleCost(settings, screen, client);
      cost.requireDescriptors();
      cost.run();
    }
  }

  private void requireDescriptors() {
    long limit = client.proc().descriptorLimit();
    long others = settings.connections() + OTHER_DESCRIPTORS;
    if (limit < settings.idle() + others) {
      throw new Stopped(
          Stopped.NOT_RIGHT,
          """
          %,d idle connections need %,d descriptors in one process, and the limit is %,d.
                 Raise the hard limit, which `ulimit -Hn` shows (limits.conf(5), or the container's \
          --ulimit nofile=N)%s.\
          """
              .formatted(
                  settings.idle(),
                  settings.idle() + others,
                  limit,
                  limit > others ? ", or take fewer: --idle " + (limit - others) : ""));
    }
  }

  private void run() throws IOException, InterruptedException {
    screen.line(" " + Report.machine());
    screen.line(
        " %s beside %s · echo · %d connections busy, %,d idle · %d × %s s · about %s"
            .formatted(
                settings.ours().label(),
                settings.peer().label(),
                settings.connections(),
                settings.idle(),
                settings.rounds(),
                Numbers.plain(settings.seconds()),
                Screen.duration(expectedSeconds())));
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Contender each : round % 2 == 1 ? contenders : contenders.reversed()) {
        rounds.get(each).add(round(round, each));
      }
    }
    Report report = new Report("idle");
    report.put("rounds", settings.rounds());
    report.put("seconds", settings.seconds());
    report.put("connections", settings.connections());
    report.put("idle", settings.idle());
    report.put("contenders", labelled(rounds));
    showMemory();
    report.put("ratios", showTime());
    report.write(settings.json(), screen);
    Report.write(settings.svg(), chart(), screen);
  }

  private String chart() {
    Map<String, double[]> memory = new LinkedHashMap<>();
    rounds.forEach(
        (contender, each) -> memory.put(contender.label(), bytes(each, Memory::together)));
    return Charts.memory(memory, settings.idle());
  }

  private double expectedSeconds() {
    double opening = settings.idle() / 8000.0;
    double each = 1 + opening + 2 * settings.warmUp() + 2 * settings.seconds();
    return settings.rounds() * contenders.size() * each;
  }

  private Round round(int number, Contender contender) throws InterruptedException {
    int done = rounds.values().stream().mapToInt(List::size).sum();
    screen.progress(
        "round %d of %d · %s".formatted(number, settings.rounds(), contender.label()),
        (double) done / (settings.rounds() * contenders.size()));
    Jvm jvm = contender.jvm().with("-XX:+AlwaysPreTouch");
    try (var measurement =
        new Measurement(settings, client, Work.ECHO, contender.start(jvm, Work.ECHO))) {
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
    Child server = measurement.server();
    long live = server.number("live");
    long resident = server.proc().residentBytes();
    measurement.openIdle();
    live = server.number("live") - live;
    resident = server.proc().residentBytes() - resident;
    return new Memory((double) live / settings.idle(), (double) resident / settings.idle());
  }

  private void showMemory() {
    screen.line();
    screen.row(
        "bytes per idle connection", MEMORY.formatted("on the heap", "beside it", "together"));
    rounds.forEach((contender, each) ->
        screen.row(
            "  " + contender.label(),
            MEMORY.formatted(
                middle(each, Memory::heap),
                middle(each, Memory::beside),
                middle(each, Memory::together))));
  }

  private static String middle(List<Round> rounds, ToDoubleFunction<Memory> part) {
    return "%.0f".formatted(Numbers.middle(bytes(rounds, part)));
  }

  private static double[] bytes(List<Round> rounds, ToDoubleFunction<Memory> part) {
    return rounds.stream().map(Round::memory).mapToDouble(part).toArray();
  }

  private Map<String, Object> showTime() {
    Map<String, Object> ratios = new LinkedHashMap<>();
    String idle = "%,d idle".formatted(settings.idle());
    for (Contender contender : contenders) {
      String label = contender.label();
      List<Sample> alone = rounds.get(contender).stream().map(Round::alone).toList();
      List<Sample> beside = rounds.get(contender).stream().map(Round::beside).toList();
      screen.line();
      screen.row("echo, one at a time", Sample.headings());
      screen.row("  " + label + ", none idle", Sample.middle(alone).columns());
      screen.row("  " + label + ", " + idle, Sample.middle(beside).columns());
      compare(idle + " / none", label, beside, alone, ratios);
    }
    screen.line();
    String both = settings.ours().label() + " / " + settings.peer().label();
    compare(
        both + ", " + idle,
        both,
        rounds.get(settings.ours()).stream().map(Round::beside).toList(),
        rounds.get(settings.peer()).stream().map(Round::beside).toList(),
        ratios);
    screen.line();
    return ratios;
  }

  private void compare(
      String label, String name, List<Sample> ours, List<Sample> others, Map<String, Object> into) {
    Comparison comparison = Comparison.of(ours, others, Sample::cpuMicros);
    screen.compared(label, comparison);
    into.put(name, comparison.entries());
  }

  private static Map<String, List<Round>> labelled(Map<Contender, List<Round>> rounds) {
    Map<String, List<Round>> labelled = new LinkedHashMap<>();
    rounds.forEach((contender, each) -> labelled.put(contender.label(), each));
    return labelled;
  }
}
