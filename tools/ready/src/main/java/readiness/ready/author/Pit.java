package readiness.ready.author;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import readiness.course.Chapter;
import readiness.course.Malformed;
import readiness.course.Workbook;
import readiness.ready.check.Pieces;

/**
 * PIT, which makes random mutations, on a chapter's solution. It runs in a process of its own, on
 * what {@code tools/mutation} has brought along.
 *
 * <p>It runs on the JDK that runs us. Started from an older one it would not load a single class,
 * and call that a success.
 */
final class Pit implements AutoCloseable {
  private static final String MAIN = "org.pitest.mutationtest.commandline.MutationCoverageReport";

  /** As `labs/pom.xml` tells Maven's JVM, and few seeds: each mutant runs its tests. */
  private static final List<String> OPTIONS =
      List.of(
          "-ea",
          "-Xmx768m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dreadiness.seeds=10");

  /** How long a test may take beyond what it took on the solution, in milliseconds. */
  private static final int PATIENCE = 8000;

  private static final int LINES_OF_LOG = 15;

  private final Workbook workbook;
  private final Chapter chapter;
  private final Path folder;
  private final List<Path> libraries;

  /**
   * Compiles the chapter's solution and its tests.
   *
   * @throws IOException if PIT is not there, or the code does not compile
   */
  Pit(Workbook workbook, Chapter chapter) throws IOException {
    this.workbook = workbook;
    this.chapter = chapter;
    this.libraries = libraries(workbook.root().resolve("tools/mutation/target"));
    this.folder = Files.createTempDirectory("readiness-mutations");
    List<Path> path = new ArrayList<>(libraries);
    path.addAll(Pieces.of(workbook, chapter));
    compile(List.of(workbook.solution(chapter)), path, code());
    path.add(code());
    compile(List.of(workbook.tests(chapter), workbook.testsOfTheGiven(chapter)), path, tests());
  }

  private static List<Path> libraries(Path target) throws IOException {
    Path jar = target.resolve("mutation.jar");
    if (!Files.isRegularFile(jar)) {
      throw new IOException(
          "PIT is not there: no "
              + jar
              + "; ./ready author mutations builds it, or mvn -pl tools/mutation -am"
              + " -Dmaven.test.skip package");
    }
    List<Path> libraries = new ArrayList<>(List.of(jar));
    try (Stream<Path> files = Files.list(target.resolve("lib"))) {
      files.sorted().forEach(libraries::add);
    }
    return libraries;
  }

  private Path code() {
    return folder.resolve("code");
  }

  private Path tests() {
    return folder.resolve("tests");
  }

  private static void compile(List<Path> roots, List<Path> path, Path classes) throws IOException {
    Files.createDirectories(classes);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<Path> names =
          roots.stream().flatMap(root -> Workbook.names(root).stream().map(root::resolve)).toList();
      List<String> options =
          List.of("-g", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", joined(path));
      boolean well =
          javac
              .getTask(
                  complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(names))
              .call();
      if (!well) {
        throw new Malformed(roots.getFirst(), 0, "does not compile:\n" + complaints);
      }
    }
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Makes every mutation on a ground of the chapter and runs its tests.
   *
   * @return each with its end; never empty
   * @throws Malformed if PIT has failed, or has made or tried nothing: then nothing is known
   */
  List<Mutant> mutate(Ground ground) throws IOException {
    Path report = folder.resolve("report-" + ground.name());
    Path log = folder.resolve("log-" + ground.name());
    Process process =
        new ProcessBuilder(command(ground, report))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Thread stop = new Thread(() -> end(process), "stop-pit");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      if (process.waitFor() != 0) {
        throw failed(ground, "fails", log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(process);
      throw new InterruptedIOException("interrupted while PIT ran");
    } finally {
      Runtime.getRuntime().removeShutdownHook(stop);
    }
    Path xml = report.resolve("mutations.xml");
    List<Mutant> mutants = Files.exists(xml) ? Mutant.read(xml, texts()) : List.of();
    if (mutants.stream().noneMatch(Mutant::wasTried)) {
      throw failed(ground, "has made or tried no mutant", log);
    }
    return mutants;
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private Malformed failed(Ground ground, String how, Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_OF_LOG), lines.size()));
    return new Malformed(
        workbook.solution(chapter), 0, "PIT %s on %s:%n%s".formatted(how, ground.name(), last));
  }

  private List<String> command(Ground ground, Path report) throws IOException {
    List<Path> path = new ArrayList<>(List.of(code(), tests()));
    path.addAll(libraries);
    path.addAll(Pieces.of(workbook, chapter));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Dreadiness.mutable="
            + ground.spans().stream().map(Object::toString).collect(Collectors.joining(" ")),
        "-cp",
        joined(path),
        MAIN,
        "--reportDir",
        report.toString(),
        "--targetClasses",
        String.join(",", ground.classes()),
        "--targetTests",
        String.join(",", ground.tests()),
        "--sourceDirs",
        workbook.solution(chapter).toString(),
        "--mutableCodePaths",
        code().toString(),
        "--outputFormats",
        "XML",
        "--timestampedReports=false",
        "--threads",
        String.valueOf(Runtime.getRuntime().availableProcessors()),
        "--timeoutConst",
        String.valueOf(PATIENCE),
        "--jvmArgs",
        String.join(",", OPTIONS),
        "--verbosity",
        "NO_SPINNER");
  }

  private Map<String, List<String>> texts() throws IOException {
    Map<String, List<String>> texts = new HashMap<>();
    Path root = workbook.solution(chapter);
    for (String name : Workbook.names(root)) {
      texts.put(name, Files.readAllLines(root.resolve(name)));
    }
    return texts;
  }

  /** Takes its folder away. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
