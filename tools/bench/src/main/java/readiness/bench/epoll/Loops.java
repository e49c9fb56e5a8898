package readiness.bench.epoll;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import readiness.bench.Comparison;
import readiness.bench.Display;
import readiness.bench.ResultFile;
import readiness.bench.Settings;
import readiness.bench.Stopped;
import readiness.measure.Respondent;

/**
 * The HTTP server with several loops beside the same with one: {@code LoopGroup} of chapter 3,
 * which hands connections out.
 *
 * <p>Two questions. What does a request cost when loops share the machine: processor time, which
 * needs no spare processor to be told. And how many more are answered: that can be told only where
 * the loops were the limit. So there are as many clients as loops, each a process of its own, and
 * unless the loops kept their processors busy nothing is concluded about the rate.
 */
final class Loops {
  /** A loop that is busy for less than that has waited for work. */
  private static final double SATURATED = 0.9;

  private static final String HEADINGS = "%10s%6s%14s%12s";
  private static final String NUMBERS = "%10.3f%6.2f%14.2f%12.0f";

  /**
   * A server in one round.
   *
   * @param cpuMicros processor time for a request, in microseconds
   * @param busy how many processors the server kept busy
   * @param clientsBusy how many the clients did
   * @param rate requests answered in a second
   */
  record Round(double cpuMicros, double busy, double clientsBusy, double rate) {
    /** The middle of the rounds, of each number by itself. */
    static Round middle(List<Round> rounds) {
      return new Round(
          Comparison.middle(rounds.stream().mapToDouble(Round::cpuMicros).toArray()),
          Comparison.middle(rounds.stream().mapToDouble(Round::busy).toArray()),
          Comparison.middle(rounds.stream().mapToDouble(Round::clientsBusy).toArray()),
          Comparison.middle(rounds.stream().mapToDouble(Round::rate).toArray()));
    }

    String columns() {
      return String.format(Locale.ROOT, NUMBERS, cpuMicros, busy, clientsBusy, rate);
    }
  }

  private final Setup setup;
  private final Display display;
  private final int loops;
  private final List<LoadClient> clients;
  private final Map<Integer, List<Round>> rounds = new LinkedHashMap<>();

  private Loops(Setup setup, Display display, int loops, List<LoadClient> clients) {
    this.setup = setup;
    this.display = display;
    this.loops = loops;
    this.clients = clients;
    rounds.put(1, new ArrayList<>());
    rounds.put(loops, new ArrayList<>());
  }

  /** Measures, shows and writes. */
  static void run(Settings settings, Display display) throws IOException, InterruptedException {
    int loops = settings.number("loops", 2);
    List<LoadClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < loops; i++) {
        clients.add(new LoadClient());
      }
      new Loops(Setup.of(settings), display, loops, clients).run();
    } finally {
      clients.forEach(LoadClient::close);
    }
  }

  private void run() throws IOException, InterruptedException {
    String label = setup.ours().label();
    display.line(" " + Served.machine());
    display.line(
        " %s's HTTP server, %s beside %s · %d × %s s · %d connections from %s"
            .formatted(
                label,
                counted(loops, "loop"),
                counted(1, "loop"),
                setup.rounds(),
                Display.plain(setup.seconds()),
                setup.connections(),
                counted(loops, "client")));
    for (int round = 1; round <= setup.rounds(); round++) {
      List<Integer> order = List.copyOf(rounds.keySet());
      for (int each : round % 2 == 1 ? order : order.reversed()) {
        int done = rounds.values().stream().mapToInt(List::size).sum();
        display.progress(
            "round %d of %d · %s".formatted(round, setup.rounds(), counted(each, "loop")),
            (double) done / (2 * setup.rounds()));
        rounds.get(each).add(round(each));
      }
    }
    display.line();
    display.row(
        "http, %d pipelined".formatted(setup.depth()),
        HEADINGS.formatted("cpu µs/req", "busy", "clients busy", "requests/s"));
    rounds.forEach((number, each) ->
        display.row("  " + counted(number, "loop"), Round.middle(each).columns()));
    Comparison cost = Comparison.of(rounds.get(loops), rounds.get(1), Round::cpuMicros);
    Comparison rate = Comparison.of(rounds.get(loops), rounds.get(1), Round::rate);
    String ratio = "%d / 1, ".formatted(loops);
    display.compared(ratio + "processor time", cost);
    String limit = limit(rounds);
    if (limit.isEmpty()) {
      display.compared(ratio + "requests/s", rate);
    } else {
      display.row("  " + ratio + "requests/s", "     " + rate.found());
      display.row("", "     no conclusion: " + limit);
    }
    display.line();
    ResultFile file = new ResultFile("loops", Served.machine(), Served.FLAGS);
    file.put("server", label);
    file.put("rounds", setup.rounds());
    file.put("seconds", setup.seconds());
    file.put("connections", setup.connections());
    file.put("depth", setup.depth());
    file.put("clients", clients.size());
    file.put("loops", rounds);
    file.put("processor time", cost.entries());
    file.put("rate", rate.entries());
    file.put("limit", limit);
    file.write(setup.settings().json(), display);
  }

  /**
   * What else than the loops was the limit; empty if they were.
   *
   * @param rounds by the number of loops
   */
  static String limit(Map<Integer, List<Round>> rounds) {
    for (Map.Entry<Integer, List<Round>> each : rounds.entrySet()) {
      int loops = each.getKey();
      Round middle = Round.middle(each.getValue());
      if (middle.busy() < SATURATED * loops) {
        return String.format(
            Locale.ROOT,
            "%s kept %.2f processors busy, and the clients %.2f of the machine's %d",
            counted(loops, "loop"),
            middle.busy(),
            middle.clientsBusy(),
            Runtime.getRuntime().availableProcessors());
      }
    }
    return "";
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private Round round(int number) throws InterruptedException {
    try (Respondent server =
        setup.ours().start(Work.HTTP, LoopHttp.LOOPS, Integer.toString(number))) {
      int port = (int) server.number();
      load(server, port, setup.warmUp());
      double before = clientsCpu();
      double cpu = server.proc().cpuSeconds();
      List<Load.Result> results = load(server, port, setup.seconds());
      cpu = server.proc().cpuSeconds() - cpu;
      double clientsCpu = clientsCpu() - before;
      long requests = results.stream().mapToLong(Load.Result::requests).sum();
      double seconds = results.stream().mapToDouble(Load.Result::seconds).max().orElseThrow();
      return new Round(
          cpu * 1e6 / requests, cpu / seconds, clientsCpu / seconds, requests / seconds);
    }
  }

  private double clientsCpu() {
    return clients.stream().mapToDouble(client -> client.proc().cpuSeconds()).sum();
  }

  /** All clients at the same time, each with its share of the connections. */
  private List<Load.Result> load(Respondent server, int port, double seconds)
      throws InterruptedException {
    int each = Math.max(1, setup.connections() / clients.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Load.Result>> loads = new ArrayList<>();
      for (LoadClient client : clients) {
        loads.add(() -> client.load(server, port, Work.HTTP, each, setup.depth(), seconds));
      }
      List<Load.Result> results = new ArrayList<>();
      for (Future<Load.Result> result : threads.invokeAll(loads)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Stopped stopped) {
        throw stopped;
      }
      throw new IllegalStateException(e);
    }
  }
}
