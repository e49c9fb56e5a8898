package readiness.ready.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import readiness.ready.Desk;
import readiness.ready.NotRight;

/**
 * Runs the measurements, in a process of their own: they bring along what ours is compared with,
 * which this tool does without.
 */
final class BenchRun {
  private static final String MAIN = "readiness.bench.Bench";

  private BenchRun() {}

  /**
   * Runs one of a chapter; what it prints goes where our own output goes. Returns its exit code.
   */
  static int run(Desk desk, String chapter, String what, List<String> settings)
      throws IOException, InterruptedException {
    Path target = desk.workbook().root().resolve("tools/bench/target");
    Path jar = target.resolve("bench.jar");
    if (!Files.isRegularFile(jar)) {
      throw new NotRight(
          "the measurements are not built: no " + desk.shown(jar) + ".",
          "Call ./ready bench, which builds them; or mvn -pl tools/bench -am"
              + " -Dmaven.test.skip package");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseSerialGC");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.add("-cp");
    command.add(jar + File.pathSeparator + target.resolve("lib") + File.separator + "*");
    command.add(MAIN);
    command.add(chapter);
    command.add(what);
    command.addAll(settings);
    Process process = new ProcessBuilder(command).inheritIO().start();
    // It has children of its own, which end when it does.
    Thread stop = new Thread(process::destroy, "stop-the-measurements");
    Runtime.getRuntime().addShutdownHook(stop);
    int status = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stop);
    return Math.min(status, Ready.NOT_RIGHT);
  }
}
