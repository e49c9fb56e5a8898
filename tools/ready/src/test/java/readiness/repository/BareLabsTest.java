package readiness.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Chapter;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.author.Starter;

/** A bare copy of {@code labs/} is a project that Maven builds and tests by itself. */
@Tag("full")
class BareLabsTest {
  private final Workbook workbook = Workbook.around(Path.of(""));
  private final Step step = workbook.course().steps().getFirst();
  private final Chapter chapter = workbook.course().chapter(step);

  @TempDir Path labs;

  @BeforeEach
  void copy() throws IOException {
    Files.walkFileTree(workbook.labs(), new Copy(workbook.labs(), labs));
  }

  @Test
  void anUnsolvedStepIsNotWrittenYet() throws Exception {
    write(chapter, _ -> false);

    String said = mavenTest();

    assertThat(said)
        .contains("not written yet: step " + step.id())
        .doesNotContain("COMPILATION ERROR", "corrupted");
  }

  @Test
  void aSolvedStepPasses() throws Exception {
    write(chapter, step.id()::equals);

    assertThat(mavenTest()).doesNotContain("[ERROR]");
  }

  @Test
  void everyChapterCompiles() throws Exception {
    for (Chapter each : workbook.course().chapters()) {
      if (!each.steps().isEmpty()) {
        write(each, _ -> false);
      }
    }

    assertThat(maven("test-compile")).doesNotContain("[ERROR]");
  }

  /** Puts the chapter's code in place of what a reader may have written. */
  private void write(Chapter chapter, Predicate<String> solved) throws IOException {
    for (Source source : workbook.sources(chapter)) {
      Path file = workbook.withLabs(labs).starter(chapter).resolve(source.name());
      Files.createDirectories(file.getParent());
      Files.writeString(file, Starter.keeping(source, solved));
    }
  }

  /** Runs the tests of the step as a reader would who has nothing but the folder. */
  private String mavenTest() throws IOException, InterruptedException {
    return maven("-pl", chapter.id(), "-am", "test", "-Dgroups=" + step.id());
  }

  private String maven(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-o"));
    String repository = System.getProperty("maven.repo.local");
    if (repository != null) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    command.addAll(List.of(arguments));
    Process maven =
        new ProcessBuilder(command).directory(labs.toFile()).redirectErrorStream(true).start();
    maven.getOutputStream().close();
    String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    maven.waitFor();
    return said;
  }

  private static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (folder.endsWith("target")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(to.resolve(from.relativize(folder)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(file, to.resolve(from.relativize(file)));
      return FileVisitResult.CONTINUE;
    }
  }
}
