package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Workbook;

/**
 * The script {@code ready} with JDKs and a Maven that are scripts too: which one it takes, when it
 * builds, and what it says when it cannot.
 */
class LauncherTest {
  @TempDir private Path folder;
  private Path root;
  private Path home;
  private Path programs;
  private final Map<String, String> environment = new HashMap<>();

  /** What a call of the launcher came to. */
  private record Said(int status, String out, String err) {}

  @BeforeEach
  void layOut() throws IOException {
    root = folder.resolve("a clone");
    home = folder.resolve("home");
    programs = folder.resolve("programs");
    Path own = Workbook.around(Path.of("")).root().resolve("ready");
    script(root.resolve("ready"), Files.readString(own));
    for (String source :
        List.of(
            "labs/pom.xml",
            "labs/kit/kernel/pom.xml",
            "labs/kit/kernel/src/main/A.java",
            "solutions/03-epoll/pom.xml",
            "solutions/03-epoll/src/main/B.java",
            "tools/course/pom.xml",
            "tools/course/src/main/C.java",
            "tools/ready/pom.xml",
            "tools/ready/src/main/D.java",
            "tools/bench/pom.xml",
            "tools/bench/src/main/F.java",
            "tools/book/pom.xml",
            "tools/book/src/main/E.java")) {
      write(root.resolve(source), "");
    }
    script(
        programs.resolve("mvn"),
        """
        #!/bin/sh
        echo "$JAVA_HOME: $*" >>"%s/mvn.log"
        """
            .formatted(folder));
    jdk(home.resolve(".jdks/jdk-old"), "17.0.15");
    jdk(home.resolve(".jdks/jdk-new"), "26.0.1");
    environment.put("HOME", home.toString());
    environment.put("PATH", programs + ":/usr/bin:/bin");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void script(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A JDK whose java prints its own place and its arguments, and ends with 7. */
  private static void jdk(Path place, String version) throws IOException {
    write(
        place.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%s\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\n"
            .formatted(version, version));
    script(place.resolve("bin/javac"), "#!/bin/sh\n");
    script(
        place.resolve("bin/java"),
        "#!/bin/sh\necho \"$0\"\nfor each in \"$@\"; do echo \"<$each>\"; done\nexit 7\n");
  }

  private Said ready(String... arguments) throws IOException, InterruptedException {
    return call(root.resolve("ready"), arguments);
  }

  private Said call(Path launcher, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(err));
  }

  private List<String> builds() throws IOException {
    Path log = folder.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  @Test
  void takesTheJdkThatIsNewEnoughAndHandsEverythingOn() throws Exception {
    environment.put("JAVA_HOME", home.resolve(".jdks/jdk-old").toString());

    Said said = ready("check", "with a space", "*");

    assertThat(said.status()).as("the exit code is Java's").isEqualTo(7);
    assertThat(said.out())
        .startsWith(home.resolve(".jdks/jdk-new/bin/java").toString())
        .contains("<-Dreadiness.root=" + root.toRealPath() + ">")
        .endsWith("<check>\n<with a space>\n<*>\n");
  }

  @Test
  void buildsOnceWithThatJdkAndAgainWhenASourceIsNewer() throws Exception {
    Said first = ready();
    assertThat(first.err()).isEqualTo("Building the tool, once …\n");
    assertThat(builds())
        .singleElement()
        .asString()
        .startsWith(home.resolve(".jdks/jdk-new") + ": ")
        .contains("-pl tools/ready -am", "-Dmaven.test.skip=true package");

    assertThat(ready().err()).isEmpty();
    assertThat(builds()).hasSize(1);

    Files.setLastModifiedTime(
        root.resolve("solutions/03-epoll/src/main/B.java"),
        FileTime.from(Instant.now().plusSeconds(5)));
    ready();
    assertThat(builds()).hasSize(2);
  }

  @Test
  void buildsTheBooksGeneratorForStartOnly() throws Exception {
    ready("check");
    assertThat(builds()).hasSize(1);

    ready("start");

    assertThat(builds()).hasSize(2).last().asString().contains("-pl tools/book -am");
  }

  @Test
  void buildsTheMeasurementsForBenchOnly() throws Exception {
    ready("start");
    assertThat(builds()).noneMatch(each -> each.contains("tools/bench"));

    Said said = ready("bench", "epoll");

    assertThat(builds()).last().asString().contains("-pl tools/bench -am");
    assertThat(said.err()).isEqualTo("Building the measurements, once …\n");
    assertThat(said.out()).endsWith("<bench>\n<epoll>\n");
  }

  @Test
  void worksThroughALinkFromAnywhere() throws Exception {
    Path link = programs.resolve("ready");
    Files.createSymbolicLink(link, Path.of("../a clone/ready"));

    assertThat(call(link).out()).contains("<-Dreadiness.root=" + root.toRealPath() + ">");
  }

  @Test
  void saysThatTheJdkThatWasNamedIsNone() throws Exception {
    environment.put("READY_JAVA_HOME", home.resolve(".jdks/jdk-old").toString());

    Said said = ready();

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err())
        .startsWith("ready: READY_JAVA_HOME is '")
        .contains("jdk-old', and no JDK 25 or newer is there.")
        .contains("has bin/javac")
        .hasLineCount(2);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void saysWhyABuildFailedAndWhereItsLogIs() throws Exception {
    script(
        programs.resolve("mvn"),
        """
        #!/bin/sh
        echo "[INFO] a wall of words"
        echo "[ERROR] D.java:[1,1] class expected"
        exit 1
        """);

    Said said = ready();

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err())
        .contains("[ERROR] D.java:[1,1] class expected")
        .contains("building the tool failed, see above", root.toRealPath() + "/.ready/build.log")
        .doesNotContain("wall of words");
    assertThat(ready().status()).as("it tries again").isEqualTo(3);
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    script(
        programs.resolve("mvn"),
        "#!/bin/sh\nsleep 1\necho built >>\"%s/mvn.log\"\n".formatted(folder));
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ProcessBuilder builder = new ProcessBuilder(root.resolve("ready").toString());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().clear();
      builder.environment().putAll(environment);
      both.add(builder.start());
    }
    for (Process each : both) {
      assertThat(each.waitFor()).isEqualTo(7);
    }

    assertThat(builds()).containsExactly("built");
    assertThat(root.resolve(".ready/building")).doesNotExist();
  }

  @Test
  void whatADeadBuildLeftBehindIsCleanedUp() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    write(root.resolve(".ready/building/pid"), dead.pid() + "\n");

    assertThat(ready().status()).isEqualTo(7);
  }

  @Test
  void saysThatMavenIsMissing() throws Exception {
    Files.delete(programs.resolve("mvn"));
    Path few = folder.resolve("few");
    for (String tool : List.of("find", "mkdir", "rm")) {
      Path real =
          Stream.of("/bin", "/usr/bin")
              .map(each -> Path.of(each, tool))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow();
      script(few.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
    }
    environment.put("PATH", few.toString());

    Said said = ready();

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err())
        .startsWith("ready: mvn is not on the PATH")
        .contains("apt install maven");
  }
}
