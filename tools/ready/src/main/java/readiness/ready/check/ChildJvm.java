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
 * @param cache the JVM's cache of classes that are loaded and linked ahead of time, which halves
 *     its start; null for none
 * @param training whether this run makes the cache instead of using it
 */
record ChildJvm(List<Path> classPath, @Nullable Path cache, boolean training) {
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
    String cache = System.getProperty("readiness.child.cache");
    return new ChildJvm(
        classPath,
        packaged && cache != null ? Path.of(cache) : null,
        Boolean.getBoolean("readiness.child.train"));
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
            "-XX:+IgnoreUnrecognizedVMOptions",
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
    if (cache != null) {
      command.add((training ? "-XX:AOTCacheOutput=" : "-XX:AOTCache=") + cache);
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
