package readiness.ready.check;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import readiness.ready.child.Child;

/**
 * How a child JVM is started.
 *
 * @param classPath the kit, JUnit, AssertJ and the child's own classes, and nothing else: least of
 *     all a solution
 * @param archive where the JVM keeps its archive of loaded classes, which halves its start; null
 *     for none. It is of use with jars only.
 */
record ChildJvm(List<Path> classPath, @Nullable Path archive) {
  /** One class of each jar that tests may use; they are found where our own JVM found them. */
  private static final List<String> NEEDED =
      List.of(
          "readiness/kernel/Sockets",
          "readiness/testing/Step",
          "org/junit/platform/launcher/Launcher",
          "org/junit/platform/engine/TestEngine",
          "org/junit/platform/commons/JUnitException",
          "org/junit/jupiter/api/Test",
          "org/junit/jupiter/params/ParameterizedTest",
          "org/junit/jupiter/engine/JupiterTestEngine",
          "org/opentest4j/AssertionFailedError",
          "org/jspecify/annotations/NullMarked",
          "org/assertj/core/api/Assertions",
          "net/bytebuddy/ByteBuddy");

  static ChildJvm find() {
    List<Path> classPath = new ArrayList<>();
    Path own = ClassPath.home(Child.class.getName().replace('.', '/'));
    Path slim = own.resolveSibling("ready-child.jar");
    boolean packaged = Files.isRegularFile(own) && Files.exists(slim);
    classPath.add(packaged ? slim : own);
    NEEDED.forEach(type -> classPath.add(ClassPath.home(type)));
    Path folder = own.getParent();
    boolean archived = packaged && folder != null && Files.isWritable(folder);
    return new ChildJvm(classPath, archived ? own.resolveSibling("ready-child.jsa") : null);
  }

  /** The command line as far as the main class. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xlog:disable",
            "-Xmx768m",
            "-ea",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile="
                + Path.of(System.getProperty("java.io.tmpdir"), "readiness-crash-%p.log"),
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    if (archive != null) {
      command.add("-XX:+AutoCreateSharedArchive");
      command.add("-XX:SharedArchiveFile=" + archive);
    }
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    return command;
  }

  /** Where the JVM with that process id writes its crash report. */
  static Path crashReport(long pid) {
    return Path.of(System.getProperty("java.io.tmpdir"), "readiness-crash-" + pid + ".log");
  }
}
