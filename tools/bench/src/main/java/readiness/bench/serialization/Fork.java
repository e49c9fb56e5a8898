package readiness.bench.serialization;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.CompilerHints;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;
import readiness.bench.serialization.Task.Operation;
import readiness.measure.Jvm;
import readiness.measure.Respondent;

/**
 * A JVM in which JMH measures one side with every message, reading and writing.
 *
 * <p>JMH would start a JVM for each of these by itself, and all of one side's before the other's.
 * We start them: so the sides take turns, have the class path that is asked for, and a whole
 * comparison takes minutes. All that is measured in a JVM is warmed up before any of it is.
 */
final class Fork {
  /**
   * protobuf-java and JMH are at their best with the first. The last has code that is called often
   * wait for the compiler, so that it is warm after as many calls on a busy machine as on another.
   */
  private static final List<String> FLAGS =
      List.of(
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-Xms512m",
          "-Xmx512m",
          "-XX:-BackgroundCompilation");

  private Fork() {}

  /** How these JVMs are started, with what JMH asks of the compiler. */
  static List<String> flags() {
    List<String> hints = new ArrayList<>();
    CompilerHints.addCompilerHints(hints);
    return Stream.concat(FLAGS.stream(), hints.stream()).toList();
  }

  /** Flags as a report keeps them: without the file of hints, whose name is by chance. */
  static List<String> settings() {
    return FLAGS;
  }

  /**
   * Measures one side.
   *
   * @param classPath with the codecs that are ours
   * @param seconds for each task, and as many before it to warm up
   * @return what each task costs
   */
  static Map<Task, Cost> measure(String classPath, Format format, Library library, double seconds) {
    Map<Task, Cost> costs = new LinkedHashMap<>();
    try (Respondent fork =
        Jvm.on(classPath)
            .with(flags().toArray(String[]::new))
            .start(
                "%s, %s".formatted(format.label(), library.name()),
                Fork.class,
                format.name(),
                library.name(),
                String.valueOf(Math.round(seconds * 1000)))) {
      for (int left = (int) fork.number(); left > 0; left--) {
        String[] words = fork.line().split(" ");
        costs.put(
            new Task(Message.valueOf(words[0]), Operation.valueOf(words[1])),
            new Cost(Double.parseDouble(words[2]), Double.parseDouble(words[3])));
      }
    }
    return costs;
  }

  /**
   * Measures, and prints how many lines will come and a line for each task.
   *
   * @param args the format, the library, and the milliseconds for each task
   */
  public static void main(String[] args) throws Exception {
    Locale.setDefault(Locale.ROOT);
    Format format = Format.valueOf(args[0]);
    Library library = Library.valueOf(args[1]);
    TimeValue time = TimeValue.milliseconds(Long.parseLong(args[2]));
    Kinds.meet(format.codec());
    warmUp(format, library, time.convertTo(TimeUnit.NANOSECONDS) / 2);
    var options =
        new OptionsBuilder()
            .include(Work.class.getName() + (library.reads() ? "\\..*" : "\\.write"))
            .param("format", format.name())
            .param("library", library.name())
            .param("message", Stream.of(Message.values()).map(Enum::name).toArray(String[]::new))
            .forks(0)
            .warmupMode(WarmupMode.BULK)
            .warmupIterations(1)
            .warmupTime(time)
            .measurementIterations(1)
            .measurementTime(time)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    List<String> lines = new Runner(options).run().stream().map(Fork::line).toList();
    System.out.println(lines.size());
    lines.forEach(System.out::println);
  }

  /**
   * Reads and writes every message for so much processor time. JMH warms up by the clock, which on
   * a busy machine may be hardly any.
   */
  private static void warmUp(Format format, Library library, long nanos) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (Message message : Message.values()) {
      Side side = library.side(format, message.person());
      long end = threads.getCurrentThreadCpuTime() + nanos;
      while (threads.getCurrentThreadCpuTime() < end) {
        side.read();
        side.write();
      }
    }
  }

  private static String line(RunResult result) {
    String method = result.getParams().getBenchmark();
    return String.join(
        " ",
        result.getParams().getParam("message"),
        method.substring(method.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT),
        String.valueOf(result.getPrimaryResult().getScore() * Work.running(result.getParams())),
        String.valueOf(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
  }
}
