package readiness.experiment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Another process that takes part: it answers lines with lines, and ends when its input does, so
 * that none is left behind however the experiment ends.
 */
final class ChildJvm implements AutoCloseable {
  /** How many ticks of utime and stime make a second: USER_HZ, 100 on all of Linux today. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int SECONDS_TO_END = 10;

  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;

  /**
   * Starts {@code main} on this JVM's own class path.
   *
   * @param flags the JVM's options
   */
  ChildJvm(Class<?> main, List<String> flags, String... arguments) throws IOException {
    name = main.getSimpleName();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** The next line that it prints. */
  String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(name + " ended before it answered");
    }
    return line;
  }

  /** The next line, a number; if it is none, the child has said why. */
  long number() throws IOException {
    String line = line();
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw new IOException(name + ": " + line);
    }
  }

  long ask(String question) throws IOException {
    questions.println(question);
    return number();
  }

  /**
   * Seconds of processor time that its threads have used, in user and kernel mode: utime and stime
   * of /proc/PID/stat, proc_pid_stat(5).
   */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(proc("stat"));
    // The second field is a name in brackets that may hold anything: count from its end.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** How many of its descriptors are epolls. */
  long epolls() throws IOException {
    long epolls = 0;
    try (Stream<Path> descriptors = Files.list(proc("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          epolls += Files.readSymbolicLink(descriptor).endsWith("anon_inode:[eventpoll]") ? 1 : 0;
        } catch (NoSuchFileException e) {
          // Closed between the listing and the look.
        }
      }
    }
    return epolls;
  }

  private Path proc(String file) {
    return Path.of("/proc/" + process.pid(), file);
  }

  @Override
  public void close() {
    questions.close();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
