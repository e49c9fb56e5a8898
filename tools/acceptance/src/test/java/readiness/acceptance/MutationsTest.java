package readiness.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Workbook;

/** {@code ready author mutations} as it is packaged, on a workbook of two steps in one class. */
class MutationsTest {
  private static final Path ROOT = Workbook.around(Path.of("")).root();

  private static final String CODE =
      """
      package sums;

      final class Sums {
        private Sums() {}

        static int larger(int a, int b) {
          // tag::larger[]
          return a > b ? a : b;
          // end::larger[]
        }

        static int twice(int a) {
          // tag::twice[]
          return 2 * a;
          // end::twice[]
        }

        // tag::none[]
        static final int NONE = 0;
        // end::none[]
      }
      """;

  @TempDir private Path folder;
  private Path root;
  private String said = "";

  @BeforeEach
  void layOut() throws IOException {
    root = folder.resolve("my workbook");
    write("chapters/course.yaml", "title: Sums\nsubtitle: Sums\nchapters:\n" + chapter());
    Files.createSymbolicLink(root.resolve("tools"), ROOT.resolve("tools"));
    write("labs/01-sums/pom.xml", "<project/>\n");
    write("solutions/01-sums/src/main/java/sums/Sums.java", CODE);
    test("Larger", "if (Sums.larger(1, 2) != 2 || Sums.larger(2, 1) != 2) throw new Error();");
    test("Twice", "Sums.twice(2);");
    test("None", "if (Sums.NONE != 0 || Sums.twice(2) != 4) throw new Error();");
  }

  @AfterEach
  void unlink() throws IOException {
    Files.delete(root.resolve("tools"));
  }

  private static String chapter() {
    StringBuilder yaml =
        new StringBuilder("  - id: 01-sums\n    number: 1\n    title: Sums\n    package: sums\n")
            .append("    steps:\n");
    for (String step : List.of("larger", "twice", "none")) {
      yaml.append(
          """
                - id: %s
                  title: Sums
                  points: 1
                  minutes: 1
                  files: [sums/Sums.java]
                  test: sums.%s%sTest
          """
              .formatted(step, step.substring(0, 1).toUpperCase(), step.substring(1)));
    }
    return yaml.toString();
  }

  private void test(String name, String code) throws IOException {
    write(
        "labs/01-sums/src/test/java/sums/%sTest.java".formatted(name),
        """
        package sums;

        class %sTest {
          @org.junit.jupiter.api.Test
          void sums() {
            %s
          }
        }
        """
            .formatted(name, code));
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private int mutations(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dreadiness.root=" + root);
    command.add("-jar");
    command.add(ROOT.resolve("tools/ready/target/ready.jar").toString());
    command.addAll(List.of("author", "mutations"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    said = new String(process.getInputStream().readAllBytes());
    return process.waitFor();
  }

  @Test
  void survivorsAreListedWhereTheyAreUntilTheyAreExcused() throws Exception {
    assertThat(mutations("larger")).as(said).isEqualTo(1);
    assertThat(said)
        .contains(
            "✗ larger: 2 of 3 killed, 0 excused",
            "under 90 of 100 are killed",
            "sums/Sums.java:8 in larger: changed conditional boundary",
            "return a > b ? a : b;")
        .endsWith("2 of 3 killed, 0 excused\n");

    write(
        "solutions/mutants.yaml",
        """
        larger:
          - file: sums/Sums.java
            method: larger
            mutation: changed conditional boundary
            code: "return a > b ? a : b;"
            reason: of two equal numbers either is the larger one
        """);

    assertThat(mutations("larger")).as(said).isZero();
    assertThat(said).contains("✓ larger: 2 of 3 killed, 1 excused");
  }

  @Test
  void whatOnlyALaterTestNoticesSurvives() throws Exception {
    assertThat(mutations("1.2")).as(said).isEqualTo(1);
    assertThat(said).contains("✗ twice: 0 of 2 killed, 0 excused", "Sums.java:14 in twice");
  }

  @Test
  void nothingMadeIsNoSuccess() throws Exception {
    assertThat(mutations("none")).as(said).isEqualTo(1);
    assertThat(said).contains("PIT has made or tried no mutant on none", "Generated 0 mutations");
  }
}
