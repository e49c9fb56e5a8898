package readiness.bench.epoll;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import readiness.bench.Comparison;
import readiness.bench.Display;
import readiness.bench.RatioChart;
import readiness.bench.ResultFile;
import readiness.bench.Settings;

/**
 * Two contenders with the same work: echo, HTTP, and HTTP with the answer in a file on our side and
 * the same constant one on the peer's, over keep-alive connections, one request at a time and
 * pipelined.
 *
 * <p>In each round every server runs in a JVM started for that round, one after the other, in an
 * order that is turned round from one round to the next. Each is warmed up and then measured. The
 * client is one process for all rounds, so that it is equally warm for all.
 *
 * <p>Rates and percentiles are shown for information; what is compared is processor time.
 */
final class Contest {
  /** The calls that a request may need; others are left out. */
  private static final List<String> CALLS = List.of("recv", "send", "epoll_wait", "epoll_ctl");

  /** What is measured of each server. */
  record Load(Work work, int depth) {
    String label() {
      return work.label() + (depth == 1 ? ", one at a time" : ", %d pipelined".formatted(depth));
    }
  }

  private final Setup setup;
  private final Display display;
  private final LoadClient client;
  private final List<Contender> contenders;
  private final List<Load> loads = new ArrayList<>();

  /** By load and contender, a sample of each round. */
  private final Map<Load, Map<Contender, List<Sample>>> samples = new LinkedHashMap<>();

  private int done;

  private Contest(Setup setup, Display display, LoadClient client) {
    this.setup = setup;
    this.display = display;
    this.client = client;
    this.contenders = List.of(setup.ours(), setup.peer());
    for (Work work : Work.values()) {
      depths().forEach(depth -> loads.add(new Load(work, depth)));
    }
    for (Load load : loads) {
      Map<Contender, List<Sample>> rounds = new LinkedHashMap<>();
      contenders.forEach(each -> rounds.put(each, new ArrayList<>()));
      samples.put(load, rounds);
    }
  }

  private List<Integer> depths() {
    return setup.depth() == 1 ? List.of(1) : List.of(1, setup.depth());
  }

  /** Measures, shows and writes. */
  static void run(Settings settings, Display display) throws IOException, InterruptedException {
    try (LoadClient client = new LoadClient()) {
      new Contest(Setup.of(settings), display, client).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    display.line(" " + Served.machine());
    display.line(
        " %s beside %s · %d × %s s for each load · %d connections · about %s"
            .formatted(
                setup.ours().label(),
                setup.peer().label(),
                setup.rounds(),
                Display.plain(setup.seconds()),
                setup.connections(),
                Display.duration(expectedSeconds())));
    tryOut();
    for (int round = 1; round <= setup.rounds(); round++) {
      round(round);
    }
    List<Map<String, Object>> results = loads.stream().map(this::show).toList();
    Map<String, Map<String, Double>> calls = countCalls();
    ResultFile report = new ResultFile("contest", Served.machine(), Served.FLAGS);
    report.put("ours", setup.ours().label());
    report.put("peer", setup.peer().label());
    report.put("rounds", setup.rounds());
    report.put("seconds", setup.seconds());
    report.put("connections", setup.connections());
    report.put("loads", results);
    report.put("calls", calls);
    report.write(setup.settings().json(), display);
    ResultFile.write(setup.settings().svg(), chart(), display);
  }

  private String chart() {
    Map<String, Comparison> ratios = new LinkedHashMap<>();
    loads.forEach(load -> ratios.put(load.label(), compare(load)));
    return RatioChart.svg("bench-epoll", setup.ours().label(), setup.peer().label(), ratios);
  }

  private double expectedSeconds() {
    double start = 0.7;
    double works = Work.values().length;
    double each = start + depths().size() * (setup.warmUp() + setup.seconds());
    return works * (contenders.size() * setup.rounds() * each + start + each / 2);
  }

  /** Lets everyone answer a little, so that who cannot is found out before anything is measured. */
  private void tryOut() throws InterruptedException {
    for (Contender contender : contenders) {
      for (Work work : Work.values()) {
        display.progress("trying " + contender.label() + ", " + work.label(), 0);
        try (var measurement = measurement(contender, work)) {
          for (int depth : depths()) {
            measurement.load(depth, 0.01);
          }
        }
      }
    }
  }

  private Measurement measurement(Contender contender, Work work, String... arguments) {
    return new Measurement(setup, client, work, contender.start(work, arguments));
  }

  private void round(int number) throws InterruptedException {
    for (Contender contender : number % 2 == 1 ? contenders : contenders.reversed()) {
      for (Work work : Work.values()) {
        try (var measurement = measurement(contender, work)) {
          for (int depth : depths()) {
            Load load = new Load(work, depth);
            display.progress(
                "round %d of %d · %s · %s"
                    .formatted(number, setup.rounds(), contender.label(), load.label()),
                (double) done / (setup.rounds() * contenders.size() * loads.size()));
            measurement.warmUp(depth);
            samples.get(load).get(contender).add(measurement.measure(depth));
            done++;
          }
        }
      }
    }
  }

  private Comparison compare(Load load) {
    Map<Contender, List<Sample>> rounds = samples.get(load);
    return Comparison.of(rounds.get(setup.ours()), rounds.get(setup.peer()), Sample::cpuMicros);
  }

  /** Shows what the rounds say about one load. */
  private Map<String, Object> show(Load load) {
    display.line();
    display.row(load.label(), Sample.headings());
    Map<String, Object> rounds = new LinkedHashMap<>();
    samples
        .get(load)
        .forEach((contender, each) -> {
          display.row("  " + contender.label(), Sample.middle(each).columns());
          rounds.put(contender.label(), each);
        });
    Comparison comparison = compare(load);
    display.compared(setup.ours().label() + " / " + setup.peer().label(), comparison);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("work", load.work().label());
    result.put("depth", load.depth());
    result.put("rounds", rounds);
    result.put("ratio", comparison.entries());
    return result;
  }

  /** System calls for a request, counted in a run of its own, since counting has its price. */
  private Map<String, Map<String, Double>> countCalls() throws InterruptedException {
    display.line();
    display.line(" System calls of %s for a request".formatted(setup.ours().label()));
    Map<String, Map<String, Double>> counts = new LinkedHashMap<>();
    for (Work work : Work.values()) {
      try (var measurement = measurement(setup.ours(), work, LoopServer.COUNT)) {
        for (int depth : depths()) {
          String label = new Load(work, depth).label();
          display.progress("counting calls · " + label, 1);
          Map<String, Double> calls = count(measurement, depth);
          counts.put(label, calls);
          StringBuilder text = new StringBuilder();
          calls.forEach((call, n) -> text.append("  %s %.4f".formatted(call, n)));
          display.row("  " + label, text.toString());
        }
      }
    }
    display.line();
    return counts;
  }

  private Map<String, Double> count(Measurement measurement, int depth)
      throws InterruptedException {
    Map<String, Long> before = new LinkedHashMap<>();
    CALLS.forEach(call -> before.put(call, measurement.server().number(call)));
    long requests = measurement.load(depth, setup.warmUp()).requests();
    Map<String, Double> calls = new LinkedHashMap<>();
    before.forEach(
        (call, n) -> calls.put(call, (double) (measurement.server().number(call) - n) / requests));
    return calls;
  }
}
