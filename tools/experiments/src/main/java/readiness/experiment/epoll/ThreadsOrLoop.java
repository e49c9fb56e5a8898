package readiness.experiment.epoll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import readiness.chart.Axis;
import readiness.chart.Bar;
import readiness.chart.BarChart;
import readiness.chart.Chart;
import readiness.chart.Colour;
import readiness.chart.Group;
import readiness.chart.Value;
import readiness.chart.Words;
import readiness.experiment.Conclusion;
import readiness.experiment.Conclusion.Verdict;
import readiness.experiment.Description;
import readiness.experiment.Description.Trial;
import readiness.experiment.Experiment;
import readiness.experiment.Setting;
import readiness.experiment.Size;
import readiness.experiment.Table;
import readiness.experiment.Table.Column;
import readiness.experiment.Table.Row;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/** The same echo server twice: a virtual thread for each connection, and the loop of chapter 3. */
final class ThreadsOrLoop implements Experiment {
  private static final String THREADS = "virtual threads";
  private static final String LOOP = "the loop";

  private static final String LINES = "lines";
  private static final String EPOLLS = "epolls";
  private static final String HEAP = "heap-bytes-a-connection";
  private static final String CPU = "cpu-micros-a-message";
  private static final String RATE = "messages-a-second";

  private static final Description DESCRIPTION =
      new Description(
          "threads-or-loop",
          "A virtual thread for each connection, or one loop for all",
          List.of(
              new Trial(
                  "00-setting-out",
                  "lightweight threads make asynchronous code simple, so an event loop is for"
                      + " others"),
              new Trial(
                  "03-epoll", "where the runtime offers epoll, use it directly, for performance")),
          "The same echo server twice: a virtual thread for each connection, and the loop of"
              + " chapter 3. Beside the threads, what does the loop need?",
          List.of(
              "Less memory for an idle connection, and less processor time for a message.",
              "Less memory, but no less processor time.",
              "Less processor time, but no less memory.",
              "Neither is less: both stand on the same epoll."));

  @Override
  public Description description() {
    return DESCRIPTION;
  }

  /** A server, and what has been measured of it. */
  private record Server(String name, Respondent jvm, int port, Map<String, Value> values)
      implements AutoCloseable {

    static Server start(String name, String which) {
      Respondent jvm =
          Jvm.own()
              .with("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m")
              .start(name, EchoChild.class, which);
      return new Server(name, jvm, (int) jvm.number(), new HashMap<>());
    }

    @Override
    public void close() {
      jvm.close();
    }
  }

  @Override
  public Table measure(Setting setting) throws Exception {
    long room = DescriptorLimit.raise();
    int idle = (int) Math.min(room, setting.size().of(200, 2_000, 10_000));
    try (Server threads = Server.start(THREADS, "threads");
        Server loop = Server.start(LOOP, EchoChild.LOOP)) {
      List<Server> servers = List.of(threads, loop);
      threads.values.put(LINES, Value.exactly(threadLines(setting.root())));
      loop.values.put(LINES, Value.exactly(loopLines(setting.root())));
      measureLoad(setting, servers);
      for (Server server : servers) {
        setting.at("%s: %,d idle connections".formatted(server.name, idle));
        measureIdle(server, idle);
      }
      return new Table(
          "server",
          List.of(
              new Column(LINES, "lines of code"),
              new Column(EPOLLS, "epolls"),
              new Column(HEAP, "heap an idle connection, B"),
              new Column(CPU, "processor time a message, µs"),
              new Column(RATE, "messages a second")),
          servers.stream().map(server -> new Row(server.name, server.values)).toList(),
          List.of(
              ("Seen with %,d idle connections. 1,024 B of a thread's heap are its buffer; what the"
                      + " kernel keeps for a socket comes on top of either.")
                  .formatted(idle),
              "Each connection has one message under way, and sends the next when it is back: the"
                  + " two servers are not compared at the same rate, but each at the highest it"
                  + " reaches.",
              "The threads may use all processors, the loop uses one. Its lines are all of chapter"
                  + " 3's."));
    }
  }

  private static void measureLoad(Setting setting, List<Server> servers) throws IOException {
    Size size = setting.size();
    int connections = size.of(8, 64, 64);
    int rounds = size.of(3, 3, 7);
    int millis = size.of(250, 1_000, 3_000);
    double[][] cpu = new double[servers.size()][rounds];
    double[][] rate = new double[servers.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int i = 0; i < servers.size(); i++) {
        Server server = servers.get(i);
        setting.at(
            "%s: %s".formatted(server.name, round < 0 ? "warm-up" : "load, round " + (round + 1)));
        try (EchoClients clients = new EchoClients(server.port)) {
          double before = server.jvm.proc().cpuSeconds();
          long start = System.nanoTime();
          long echoes = clients.load(connections, millis);
          double seconds = (System.nanoTime() - start) / 1e9;
          if (round >= 0) {
            cpu[i][round] = (server.jvm.proc().cpuSeconds() - before) * 1e6 / echoes;
            rate[i][round] = echoes / seconds;
          }
        }
      }
    }
    for (int i = 0; i < servers.size(); i++) {
      servers.get(i).values.put(CPU, Value.of(cpu[i]));
      servers.get(i).values.put(RATE, Value.of(rate[i]));
    }
  }

  private static void measureIdle(Server server, int idle) throws IOException {
    try (EchoClients clients = new EchoClients(server.port)) {
      // What the first connections bring along once is not theirs.
      clients.idle(Math.min(100, idle));
      long heap = server.jvm.number("heap");
      clients.idle(idle);
      heap = server.jvm.number("heap") - heap;
      server.values.put(HEAP, Value.exactly((double) heap / idle));
      server.values.put(EPOLLS, Value.exactly(epolls(server)));
    }
  }

  private static long epolls(Server server) {
    return server.jvm.proc().descriptors().stream()
        .filter(target -> target.endsWith("anon_inode:[eventpoll]"))
        .count();
  }

  private static long threadLines(Path root) throws IOException {
    return lines(
        root.resolve("tools/experiments/src/main/java/readiness/experiment/epoll")
            .resolve("VirtualThreadEcho.java"));
  }

  private static long loopLines(Path root) throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(root.resolve("solutions/03-epoll/src/main/java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    long lines = 0;
    for (Path source : sources) {
      lines += lines(source);
    }
    return lines;
  }

  /** Lines that are neither empty nor comment. */
  private static long lines(Path source) throws IOException {
    return Files.readAllLines(source).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("/") && !line.startsWith("*"))
        .count();
  }

  /** What the loop needs for each that the threads need. */
  private static double ratio(Table table, String key) {
    return table.row(LOOP).at(key) / table.row(THREADS).at(key);
  }

  @Override
  public Conclusion conclude(Table table) {
    Row threads = table.row(THREADS);
    Row loop = table.row(LOOP);
    Value threadsCpu = threads.values().get(CPU);
    Value loopCpu = loop.values().get(CPU);
    boolean lessMemory = loop.at(HEAP) < 0.8 * threads.at(HEAP);
    boolean lessCpu = loopCpu.high() < threadsCpu.low();
    boolean apart = lessCpu || loopCpu.low() > threadsCpu.high();
    String because =
        ("The loop is %,.0f lines, the threads are %.0f. An idle connection costs the threads %,.0f"
             + " bytes of heap and the loop %,.0f; a message %.1f µs of processor time and %.1f"
             + " (%.2f of it%s), while %,.0f messages a second went through the threads and %,.0f"
             + " through the loop. Both stand on epoll: the JDK made %.0f, the loop %.0f.")
            .formatted(
                loop.at(LINES),
                threads.at(LINES),
                threads.at(HEAP),
                loop.at(HEAP),
                threads.at(CPU),
                loop.at(CPU),
                ratio(table, CPU),
                apart ? "" : ", though the rounds overlap",
                threads.at(RATE),
                loop.at(RATE),
                threads.at(EPOLLS),
                loop.at(EPOLLS));
    if (!apart) {
      return Conclusion.open(because);
    }
    String right = lessMemory ? lessCpu ? "a" : "b" : lessCpu ? "c" : "d";
    return new Conclusion(right, Verdict.HALF, because);
  }

  @Override
  public Chart chart(Table table) {
    List<Bar> bars = new ArrayList<>();
    bars.add(bar("lines of code", ratio(table, LINES)));
    bars.add(bar("heap for an idle connection", ratio(table, HEAP)));
    bars.add(bar("processor time for a message", ratio(table, CPU)));
    return new BarChart(
        new Words(
            DESCRIPTION.id(),
            "What the loop takes, virtual threads being 1",
            "Horizontal bars on a logarithmic axis, with a line at 1, which is as much as the"
                + " virtual threads."),
        Axis.logarithmic("the loop's, virtual threads being 1"),
        List.of(new Group("", bars)),
        List.of(1.0));
  }

  private static Bar bar(String label, double ratio) {
    return new Bar(label, Value.exactly(ratio), Colour.ACCENT);
  }
}
