package readiness.ready.check;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import readiness.ready.child.Child;

/**
 * How a child JVM is started. There are two kinds. The usual one is quick, and gives the code under
 * test a loader of its own. The other is for Lincheck, the model checker: that puts an agent into
 * its JVM and rewrites classes, and sees those on the class path alone.
 *
 * @param classPath the kit, JUnit, AssertJ and the child's own classes, and nothing else: least of
 *     all a solution
 * @param options what the JVM is told besides
 * @param cache the JVM's cache of classes that are loaded and linked ahead of time, which halves
 *     its start; null for none
 * @param training whether this run makes the cache instead of using it
 */
record TestJvm(List<Path> classPath, List<String> options, @Nullable Path cache, boolean training) {
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

  /** One class of each jar that Lincheck needs besides. */
  private static final List<String> NEEDED_BY_LINCHECK =
      List.of(
          "org/jetbrains/lincheck/Lincheck",
          "org/jetbrains/lincheck/util/Logger",
          "org/jetbrains/lincheck/jvm/agent/LincheckClassVisitor",
          "org/jetbrains/lincheck/trace/TRTracePoint",
          "kotlin/Unit",
          "kotlin/reflect/full/KClasses",
          "kotlinx/coroutines/CoroutineScope",
          "kotlinx/atomicfu/AtomicFU",
          "net/bytebuddy/agent/ByteBuddyAgent",
          "org/objectweb/asm/ClassReader",
          "org/objectweb/asm/commons/GeneratorAdapter",
          "org/objectweb/asm/tree/ClassNode",
          "org/objectweb/asm/tree/analysis/Analyzer",
          "org/objectweb/asm/util/CheckClassAdapter");

  /** What labs/pom.xml tells Maven's JVM, too, for Lincheck's agent. */
  private static final List<String> LINCHECKS_OPTIONS =
      List.of(
          "-XX:+EnableDynamicAgentLoading",
          "-XX:-PrintWarnings",
          "-Djdk.attach.allowAttachSelf=true");

  /** The usual kind. */
  static TestJvm find() {
    List<Path> classPath = new ArrayList<>();
    Path own = ClassPath.home(Child.class.getName().replace('.', '/'));
    Path slim = own.resolveSibling("ready-child.jar");
    boolean packaged = Files.isRegularFile(own) && Files.exists(slim);
    classPath.add(packaged ? slim : own);
    NEEDED.forEach(type -> classPath.add(ClassPath.home(type)));
    String cache = System.getProperty("readiness.child.cache");
    return new TestJvm(
        classPath,
        List.of(),
        packaged && cache != null ? Path.of(cache) : null,
        Boolean.getBoolean("readiness.child.train"));
  }

  /**
   * The kind for the model checker.
   *
   * @param code folders and jars with the code under test and what it stands on
   * @param scratch a folder for temporary files, which Lincheck does not take away itself
   */
  TestJvm forModelChecker(List<Path> code, Path scratch) {
    List<Path> more = NEEDED_BY_LINCHECK.stream().map(ClassPath::home).toList();
    return new TestJvm(
        Stream.of(classPath, more, code).flatMap(List::stream).toList(),
        Stream.concat(LINCHECKS_OPTIONS.stream(), Stream.of("-Djava.io.tmpdir=" + scratch))
            .toList(),
        null,
        false);
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
            // libthrift asks for a logger when its classes are loaded, and there is none.
            "-Dslf4j.internal.verbosity=ERROR",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
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
