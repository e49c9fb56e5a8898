package readiness.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
 * connections, one request at a time and pipelined.
 *
 * <p>In each round both servers run, in JVMs started for that round, one after the other; who is
 * first changes from round to round. Each is warmed up and then measured. The client is one process
 * for all rounds, so that it is equally warm for both.
 *
 * <pre>
 * AgainstNetty [--rounds 5] [--seconds 5] [--connections 64] [--depth 16] [--json FILE]
 * </pre>
 */
final class AgainstNetty {
  private final Options options;

  /** The process that makes the requests. */
  private final Child client;

  private record Options(int rounds, int seconds, int connections, int depth, Path json) {}

  /** Who answers. */
  enum Server {
    BARE_LOOP("bare loop", BareLoop.class),
    NETTY("netty", NettyServer.class);

    final String label;
    private final Class<?> main;

    Server(String label, Class<?> main) {
      this.label = label;
      this.main = main;
    }

    /** Starts it in a process of its own; the first line that this prints is the port. */
    Child start() {
      return new Child(main);
    }
  }

  /**
   * One server in one round.
   *
   * @param cpuMicros processor time for a request, in microseconds
   * @param busy how much of the time the server's process was running, 1 being one processor
   * @param allocated bytes of heap for a request
   * @param load what the client saw
   */
  private record Sample(double cpuMicros, double busy, double allocated, Load.Result load) {}

  private AgainstNetty(Options options, Child client) {
    this.options = options;
    this.client = client;
  }

  public static void main(String[] args) throws IOException {
    Options options = parse(args);
    try (Child client = new Child(Load.class)) {
      new AgainstNetty(options, client).run();
    }
  }

  private static Options parse(String[] args) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      given.put(args[i], args[i + 1]);
    }
    Options options =
        new Options(
            number(given, "--rounds", 5),
            number(given, "--seconds", 5),
            number(given, "--connections", 64),
            number(given, "--depth", 16),
            Path.of(given.getOrDefault("--json", "target/against-netty.json")));
    given.remove("--json");
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown: " + given.keySet());
    }
    return options;
  }

  private static int number(Map<String, String> given, String name, int otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private void run() throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("date", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    report.put("machine", machine());
    report.put("flags", Child.FLAGS);
    report.put("connections", options.connections);
    report.forEach((name, value) -> IO.println(name + ": " + value));
    describeAnswers();

    List<Map<Integer, Map<Server, Sample>>> rounds = new ArrayList<>();
    for (int round = 1; round <= options.rounds; round++) {
      rounds.add(round(round));
    }
    List<Map<String, Object>> results = new ArrayList<>();
    for (int depth : depths()) {
      results.add(conclude(depth, rounds.stream().map(round -> round.get(depth)).toList()));
    }
    report.put("results", results);
    write(report);
  }

  private int[] depths() {
    return options.depth == 1 ? new int[] {1} : new int[] {1, options.depth};
  }

  /** Both servers must do the same work, so their answers are shown and compared. */
  private void describeAnswers() throws IOException {
    List<String> heads = new ArrayList<>();
    for (Server server : Server.values()) {
      try (Child child = server.start()) {
        String answer = Load.fetch(Integer.parseInt(child.line()));
        IO.println("\n%s answers:\n%s".formatted(server.label, answer.indent(2)));
        heads.add(answer.lines().map(AgainstNetty::fieldName).sorted().toList().toString());
      }
    }
    if (!heads.get(0).equals(heads.get(1))) {
      throw new IllegalStateException("the servers do not answer alike: " + heads);
    }
  }

  /** A line of the answer; of a header field its name alone, since a date differs. */
  private static String fieldName(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon).toLowerCase();
  }

  private Map<Integer, Map<Server, Sample>> round(int number) {
    Map<Integer, Map<Server, Sample>> round = new LinkedHashMap<>();
    for (int depth : depths()) {
      round.put(depth, new LinkedHashMap<>());
    }
    List<Server> order = List.of(Server.values());
    for (Server server : number % 2 == 1 ? order : order.reversed()) {
      try (Child child = server.start()) {
        int port = Integer.parseInt(child.line());
        for (int depth : depths()) {
          load(port, depth, 3000); // compiled by the end of this
          Sample sample = measure(child, port, depth);
          round.get(depth).put(server, sample);
          print(number, server, depth, sample);
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

  private static void print(int round, Server server, int depth, Sample sample) {
    if (round == 1 && depth == 1 && server == Server.BARE_LOOP) {
      IO.println(
          "%-6s%-11s%6s%12s%7s%11s%12s%9s%9s%9s"
              .formatted(
                  "round",
                  "server",
                  "depth",
                  "cpu/req µs",
                  "busy",
                  "heap B/req",
                  "requests/s",
                  "p50 µs",
                  "p99 µs",
                  "p99.9"));
    }
    Load.Result load = sample.load;
    IO.println(
        "%-6d%-11s%6d%12.3f%7.2f%11.1f%12.0f%9.0f%9.0f%9.0f"
            .formatted(
                round,
                server.label,
                depth,
                sample.cpuMicros,
                sample.busy,
                sample.allocated,
                load.rate(),
                load.micros()[0],
                load.micros()[1],
                load.micros()[2]));
  }

  private static Map<String, Object> conclude(int depth, List<Map<Server, Sample>> rounds) {
    Comparison cpu =
        new Comparison(
            rounds.stream()
                .mapToDouble(r -> r.get(Server.BARE_LOOP).cpuMicros / r.get(Server.NETTY).cpuMicros)
                .toArray());
    String verdict =
        cpu.verdict(
            "Processor time per request, %s"
                .formatted(depth == 1 ? "one at a time" : "pipelined " + depth + " deep"));
    IO.println("\n" + verdict);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("depth", depth);
    result.put("ratios", cpu.ratios());
    result.put("median", cpu.median());
    result.put("conclusive", cpu.conclusive());
    result.put("verdict", verdict);
    result.put("rounds", rounds);
    return result;
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
            io.netty.util.Version.identify().get("netty-common").artifactVersion());
  }
}
