package readiness.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.netty.util.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference server against Netty's epoll transport: a body of 13 bytes over keep-alive
 * connections, one request at a time and pipelined. The bare loop runs along, to tell what HTTP
 * costs from what the loop costs.
 *
 * <p>In each round every server runs in a JVM started for that round, one after the other, in an
 * order that is turned round from one round to the next. Each is warmed up and then measured. The
 * client is one process for all rounds, so that it is equally warm for all.
 */
final class AgainstNetty {
  private static final String USAGE =
      "AgainstNetty [--rounds 5] [--seconds 5] [--connections 64] [--depth 16] [--json FILE]";

  private static final int WARM_UP_MILLIS = 3000;

  /** The calls that a request may need; others, made once for a connection, are left out. */
  private static final List<String> CALLS =
      List.of("recv", "send", "epoll_wait", "epoll_ctl", "accept4", "close");

  private final Options options;

  /** The process that makes the requests. */
  private final Child client;

  private record Options(int rounds, int seconds, int connections, int depth, Path json) {
    static Options parse(String[] args) {
      Map<String, String> given = new LinkedHashMap<>();
      for (int i = 0; i < args.length; i += 2) {
        if (i + 1 == args.length) {
          throw new IllegalArgumentException(args[i] + " needs a value");
        }
        given.put(args[i], args[i + 1]);
      }
      Options options =
          new Options(
              take(given, "--rounds", 5),
              take(given, "--seconds", 5),
              take(given, "--connections", 64),
              take(given, "--depth", 16),
              Path.of(given.getOrDefault("--json", "target/against-netty.json")));
      given.remove("--json");
      if (!given.isEmpty()) {
        throw new IllegalArgumentException("no such option: " + given.keySet());
      }
      return options;
    }

    private static int take(Map<String, String> given, String name, int otherwise) {
      String value = given.remove(name);
      if (value == null) {
        return otherwise;
      }
      if (!value.matches("[1-9][0-9]{0,4}")) {
        throw new IllegalArgumentException("%s %s: expected 1 to 99999".formatted(name, value));
      }
      return Integer.parseInt(value);
    }

    /** How many requests are under way on a connection: one, and as many as are pipelined. */
    List<Integer> depths() {
      return depth == 1 ? List.of(1) : List.of(1, depth);
    }
  }

  private AgainstNetty(Options options, Child client) {
    this.options = options;
    this.client = client;
  }

  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n" + USAGE);
      System.exit(2);
      return;
    }
    try (Child client = new Child(Load.class)) {
      new AgainstNetty(options, client).run();
    }
  }

  private void run() throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("date", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    report.put("machine", machine());
    report.put("flags", Child.FLAGS);
    report.put("connections", options.connections);
    report.forEach((name, value) -> IO.println(name + ": " + value));

    IO.println("\n" + Sample.HEADING);
    List<Map<Integer, Map<Server, Sample>>> rounds = new ArrayList<>();
    for (int round = 1; round <= options.rounds; round++) {
      rounds.add(round(round));
    }
    List<Map<String, Object>> results = new ArrayList<>();
    for (int depth : options.depths()) {
      results.add(conclude(depth, rounds.stream().map(round -> round.get(depth)).toList()));
    }
    report.put("results", results);
    report.put("calls", countCalls());
    write(report);
  }

  private Map<Integer, Map<Server, Sample>> round(int number) {
    Map<Integer, Map<Server, Sample>> round = new LinkedHashMap<>();
    List<Server> order = List.of(Server.values());
    for (Server server : number % 2 == 1 ? order : order.reversed()) {
      try (Child child = server.start()) {
        int port = Integer.parseInt(child.line());
        for (int depth : options.depths()) {
          load(port, depth, WARM_UP_MILLIS);
          Sample sample = measure(child, port, depth);
          round.computeIfAbsent(depth, _ -> new LinkedHashMap<>()).put(server, sample);
          IO.println(sample.row(number, server, depth));
        }
      }
    }
    return round;
  }

  private Load.Result load(int port, int depth, long millis) {
    return Load.Result.parse(
        client.ask("%d %d %d %d".formatted(port, options.connections, depth, millis)));
  }

  private Sample measure(Child server, int port, int depth) {
    long allocated = Long.parseLong(server.ask("allocated"));
    double cpu = server.cpuSeconds();
    Load.Result load = load(port, depth, options.seconds * 1000L);
    cpu = server.cpuSeconds() - cpu;
    allocated = Long.parseLong(server.ask("allocated")) - allocated;
    return new Sample(
        cpu * 1e6 / load.requests(),
        cpu / load.seconds(),
        (double) allocated / load.requests(),
        load);
  }

  /** What the rounds say about each of our two servers beside the peer. */
  private static Map<String, Object> conclude(int depth, List<Map<Server, Sample>> rounds) {
    String how = depth == 1 ? "one at a time" : "pipelined " + depth + " deep";
    IO.println("\nProcessor time per request, %s:".formatted(how));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("depth", depth);
    for (Server ours : List.of(Server.READINESS, Server.BARE_LOOP)) {
      Comparison comparison =
          new Comparison(
              rounds.stream()
                  .mapToDouble(r -> r.get(ours).cpuMicros() / r.get(Server.NETTY).cpuMicros())
                  .toArray());
      String verdict = comparison.verdict(ours.label);
      IO.println("  " + verdict);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("ratios", comparison.ratios());
      entry.put("median", comparison.median());
      entry.put("conclusive", comparison.conclusive());
      entry.put("verdict", verdict);
      result.put(ours.label, entry);
    }
    result.put("rounds", rounds);
    return result;
  }

  /** System calls for a request, counted in a run of its own, since counting has its price. */
  private Map<String, Map<String, Double>> countCalls() {
    Map<String, Map<String, Double>> counts = new LinkedHashMap<>();
    IO.println("\nSystem calls per request of readiness:");
    try (Child child = Server.READINESS.start("--count")) {
      int port = Integer.parseInt(child.line());
      for (int depth : options.depths()) {
        Map<String, Long> before = counted(child);
        long requests = load(port, depth, WARM_UP_MILLIS).requests();
        Map<String, Double> perRequest = new LinkedHashMap<>();
        counted(child)
            .forEach((call, n) -> perRequest.put(call, (double) (n - before.get(call)) / requests));
        counts.put("depth " + depth, perRequest);
        IO.println("  depth %-3d%s".formatted(depth, text(perRequest)));
      }
    }
    return counts;
  }

  private static Map<String, Long> counted(Child child) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String call : CALLS) {
      counts.put(call, Long.parseLong(child.ask(call)));
    }
    return counts;
  }

  private static String text(Map<String, Double> perRequest) {
    StringBuilder text = new StringBuilder();
    perRequest.forEach((call, n) -> text.append("  %s %.4f".formatted(call, n)));
    return text.toString();
  }

  private void write(Map<String, Object> report) throws IOException {
    if (options.json.getParent() != null) {
      Files.createDirectories(options.json.getParent());
    }
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(options.json.toFile(), report);
    IO.println("\nWritten to " + options.json);
  }

  private static String machine() throws IOException {
    String model =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return "%d × %s, Linux %s, %s %s, Netty %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model,
            System.getProperty("os.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.version"),
            Version.identify().get("netty-common").artifactVersion());
  }
}
