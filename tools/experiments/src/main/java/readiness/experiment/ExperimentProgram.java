package readiness.experiment;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import readiness.measure.Testbed;

/**
 * Runs one experiment, in a JVM that is started for it with {@link #FLAGS}. What it is doing goes
 * to standard output in lines that begin with {@link #PROGRESS}, and what it found follows them as
 * a {@link Result}'s JSON. If it cannot be done, the reason goes to standard error and the exit
 * code is 1.
 */
public final class ExperimentProgram {
  /** How a line of progress begins. */
  public static final String PROGRESS = "… ";

  /** The property that names the workbook's folder. */
  public static final String ROOT = "readiness.root";

  /** What its JVM needs: a compiler that does its best, and a collector without threads. */
  public static final String[] FLAGS = {
    "--enable-native-access=ALL-UNNAMED",
    "-XX:+UseSerialGC",
    "-Xms256m",
    "-Xmx256m",
    "-Dstdout.encoding=UTF-8",
    "-Dstderr.encoding=UTF-8"
  };

  private ExperimentProgram() {}

  /**
   * Runs it.
   *
   * @param args the {@link Room}'s name, the experiment's id and its {@link Size}
   */
  public static void main(String[] args) {
    // Whatever the machine's language: this is English, and kept in files.
    Locale.setDefault(Locale.ROOT);
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Experiment experiment = Experiments.in(args[0], args[1]);
    try {
      Setting setting =
          new Setting(
              Size.valueOf(args[2]),
              Path.of(System.getProperty(ROOT, "")).toAbsolutePath(),
              what -> out.println(PROGRESS + what));
      out.print(run(experiment, setting).json());
    } catch (Exception e) {
      System.err.println(e.getMessage() == null ? e : e.getMessage());
      System.exit(1);
    }
  }

  /** Measures and concludes. */
  static Result run(Experiment experiment, Setting setting) throws Exception {
    long start = System.nanoTime();
    Table table = experiment.measure(setting);
    double seconds = Math.round((System.nanoTime() - start) / 1e7) / 100.0;
    return new Result(
        Result.SCHEMA,
        experiment.description().id(),
        Testbed.description(),
        OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        setting.size(),
        seconds,
        null,
        table,
        experiment.conclude(table));
  }
}
