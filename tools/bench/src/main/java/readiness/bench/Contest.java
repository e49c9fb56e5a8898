package readiness.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two contenders with the same work: echo and HTTP over keep-alive connections, one request at a
 * time and pipelined.
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

  private final Settings settings;
  private final Screen screen;
  private final Client client;
  private final List<Contender> contenders;
  private final List<Load> loads = new ArrayList<>();

  /** By load and contender, a sample of each round. */
  private final Map<Load, Map<Contender, List<Sample>>> samples = new LinkedHashMap<>();

  private int done;

  private Contest(Settings settings, Screen screen, Client client) {
    this.settings = settings;
    this.screen = screen;
    this.client = client;
    this.contenders = List.of(settings.ours(), settings.peer());
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
    return settings.depth() == 1 ? List.of(1) : List.of(1, settings.depth());
  }

  /** Measures, shows and writes. */
  static void run(Settings settings, Screen screen) throws IOException, InterruptedException {
    try (Client client = new Client()) {
      new Contest(settings, screen, client).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    screen.line(" " + Report.machine());
    screen.line(
        " %s beside %s · %d × %s s for each load · %d connections · about %s"
            .formatted(
                settings.ours().label(),
                settings.peer().label(),
                settings.rounds(),
                Numbers.plain(settings.seconds()),
                settings.connections(),
                Screen.duration(expectedSeconds())));
    tryOut();
    for (int round = 1; round <= settings.rounds(); round++) {
      round(round);
    }
    List<Map<String, Object>> results = loads.stream().map(this::show).toList();
    Map<String, Map<String, Double>> calls = countCalls();
    Report report = new Report("contest");
    report.put("ours", settings.ours().label());
    report.put("peer", settings.peer().label());
    report.put("rounds", settings.rounds());
    report.put("seconds", settings.seconds());
    report.put("connections", settings.connections());
    report.put("loads", results);
    report.put("calls", calls);
    report.write(settings.json(), screen);
    Report.write(settings.svg(), chart(), screen);
  }

  private String chart() {
    Map<String, Comparison> ratios = new LinkedHashMap<>();
    loads.forEach(load -> ratios.put(load.label(), compare(load)));
    return Charts.ratios(settings.ours().label(), settings.peer().label(), ratios);
  }

  private double expectedSeconds() {
    double start = 0.7;
    double works = Work.values().length;
    double each = start + depths().size() * (settings.warmUp() + settings.seconds());
    return works * (contenders.size() * settings.rounds() * each + start + each / 2);
  }

  /** Lets everyone answer a little, so that who cannot is found out before anything is measured. */
  private void tryOut() throws InterruptedException {
    for (Contender contender : contenders) {
      for (Work work : Work.values()) {
        screen.progress("trying " + contender.label() + ", " + work.label(), 0);
        try (var measurement = measurement(contender, work)) {
          for (int depth : depths()) {
            measurement.load(depth, 0.01);
          }
        }
      }
    }
  }

  private Measurement measurement(Contender contender, Work work, String... arguments) {
    return new Measurement(settings, client, work, contender.start(work, arguments));
  }

  private void round(int number) throws InterruptedException {
    for (Contender contender : number % 2 == 1 ? contenders : contenders.reversed()) {
      for (Work work : Work.values()) {
        try (var measurement = measurement(contender, work)) {
          for (int depth : depths()) {
            Load load = new Load(work, depth);
            screen.progress(
                "round %d of %d · %s · %s"
                    .formatted(number, settings.rounds(), contender.label(), load.label()),
                (double) done / (settings.rounds() * contenders.size() * loads.size()));
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
    return Comparison.of(
        rounds.get(settings.ours()), rounds.get(settings.peer()), Sample::cpuMicros);
  }

  /** Shows what the rounds say about one load. */
  private Map<String, Object> show(Load load) {
    screen.line();
    screen.row(load.label(), Sample.headings());
    Map<String, Object> rounds = new LinkedHashMap<>();
    samples
        .get(load)
        .forEach((contender, each) -> {
          screen.row("  " + contender.label(), Sample.middle(each).columns());
          rounds.put(contender.label(), each);
        });
    Comparison comparison = compare(load);
    screen.compared(settings.ours().label() + " / " + settings.peer().label(), comparison);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("work", load.work().label());
    result.put("depth", load.depth());
    result.put("rounds", rounds);
    result.put("ratio", comparison.entries());
    return result;
  }

  /** System calls for a request, counted in a run of its own, since counting has its price. */
  private Map<String, Map<String, Double>> countCalls() throws InterruptedException {
    screen.line();
    screen.line(" System calls of %s for a request".formatted(settings.ours().label()));
    Map<String, Map<String, Double>> counts = new LinkedHashMap<>();
    for (Work work : Work.values()) {
      try (var measurement = measurement(settings.ours(), work, LoopServer.COUNT)) {
        for (int depth : depths()) {
          String label = new Load(work, depth).label();
          screen.progress("counting calls · " + label, 1);
          Map<String, Double> calls = count(measurement, depth);
          counts.put(label, calls);
          StringBuilder text = new StringBuilder();
          calls.forEach((call, n) -> text.append("  %s %.4f".formatted(call, n)));
          screen.row("  " + label, text.toString());
        }
      }
    }
    screen.line();
    return counts;
  }

  private Map<String, Double> count(Measurement measurement, int depth)
      throws InterruptedException {
    Map<String, Long> before = new LinkedHashMap<>();
    CALLS.forEach(call -> before.put(call, measurement.server().number(call)));
    long requests = measurement.load(depth, settings.warmUp()).requests();
    Map<String, Double> calls = new LinkedHashMap<>();
    before.forEach(
        (call, n) -> calls.put(call, (double) (measurement.server().number(call) - n) / requests));
    return calls;
  }
}
