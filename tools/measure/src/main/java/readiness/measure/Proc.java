package readiness.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel tells about a process, proc(5).
 *
 * @param pid its id
 */
public record Proc(long pid) {
  /** How many ticks of utime and stime make a second: USER_HZ, 100 on all of Linux today. */
  private static final double TICKS_PER_SECOND = 100;

  private static final long KIB = 1024;

  /** This process. */
  public static Proc self() {
    return new Proc(ProcessHandle.current().pid());
  }

  private Path file(String name) {
    return Path.of("/proc/" + pid, name);
  }

  /**
   * Seconds of processor time that the process has used, in user and kernel mode, by all its
   * threads: utime and stime, proc_pid_stat(5).
   */
  public double cpuSeconds() {
    try {
      String stat = Files.readString(file("stat"));
      // The second field is a name in brackets that may hold anything: count from its end.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Seconds for which its threads were running, or ready to run and waiting for a processor: the
   * first two fields of each thread's schedstat (Documentation/scheduler/sched-stats.rst). What
   * else the machine does changes how the two share it, but hardly their sum.
   */
  public double wantedSeconds() {
    try (Stream<Path> threads = Files.list(file("task"))) {
      return threads.mapToDouble(Proc::wantedSeconds).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double wantedSeconds(Path thread) {
    try {
      String[] fields = Files.readString(thread.resolve("schedstat")).split(" ");
      return (Long.parseLong(fields[0]) + Long.parseLong(fields[1])) / 1e9;
    } catch (IOException e) {
      // Ended since it was listed.
      return 0;
    }
  }

  /**
   * Bytes of memory that the process has resident: Rss of proc_pid_smaps_rollup(5), which is
   * counted at this moment, while VmRSS may lag behind by some pages for each processor.
   */
  public long residentBytes() {
    try (Stream<String> lines = Files.lines(file("smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Rss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst()
          .orElseThrow(() -> new IOException("no Rss in " + file("smaps_rollup")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its open descriptors lead. */
  public List<String> descriptors() {
    try (Stream<Path> links = Files.list(file("fd"))) {
      return links.map(Proc::target).filter(target -> !target.isEmpty()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      // Closed since it was listed.
      return "";
    }
  }

  /** How many descriptors it may have open: the soft limit, which a JVM raises to the hard one. */
  public long descriptorLimit() {
    try (Stream<String> lines = Files.lines(file("limits"))) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.split("\\s{2,}")[1])
          .mapToLong(soft -> soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft))
          .findFirst()
          .orElseThrow(() -> new IOException("no limit of open files in " + file("limits")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
