package readiness.ready.author;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import readiness.course.Workbook;

/**
 * A workbook of one chapter with two steps, whole but for its starters; tests break it where they
 * please.
 */
final class SampleWorkbook {
  static final String SOLUTION = "solutions/01-sums/src/main/java/sums/Sums.java";
  static final String STARTER = "labs/01-sums/src/main/java/sums/Sums.java";
  static final String TEST = "labs/01-sums/src/test/java/sums/AddTest.java";
  static final String MISTAKE = "solutions/01-sums/mistakes/add/first-only.yaml";

  private final Path root;
  private final StringWriter said = new StringWriter();

  SampleWorkbook(Path root) {
    this.root = root;
    write("README.adoc", "See link:chapters/01-sums/chapter.adoc[].\n");
    write(
        "chapters/course.yaml",
        """
        title: Sums
        subtitle: Add and double
        chapters:
          - id: 01-sums
            number: 1
            title: Sums
            package: sums
            steps:
              - id: add
                title: Add
                points: 1
                minutes: 1
                files: [sums/Sums.java]
                test: sums.AddTest
              - id: twice
                title: Double
                points: 1
                minutes: 1
                files: [sums/Sums.java]
                test: sums.TwiceTest
        """);
    write("labs/01-sums/pom.xml", "<project/>\n");
    write(
        "chapters/01-sums/chapter.adoc",
        "= Sums\n\ninclude::add.adoc[leveloffset=+1]\n\ninclude::twice.adoc[leveloffset=+1]\n");
    section("add", "Add");
    section("twice", "Double");
    write(
        SOLUTION,
        """
        package sums;

        import java.util.List;

        /** Adds numbers. */
        final class Sums {
          private Sums() {}

          /** The sum of all. */
          static int add(List<Integer> numbers) {
            // tag::add[]
            int sum = 0;
            for (int number : numbers) {
              sum += number;
            }
            return sum;
            // end::add[]
          }

          /** The sum of all, two times. */
          static int twice(List<Integer> numbers) {
            // tag::twice[]
            // > return add(numbers);
            return 2 * add(numbers);
            // end::twice[]
          }
        }
        """);
    test("add", "Add", "Sums.add(List.of(1, 2))", 3);
    test("twice", "Twice", "Sums.twice(List.of(1, 2))", 6);
    mistake("add", "first-only", "sum += number;", "return number;", "the sum is 1");
    mistake("add", "off-by-one", "int sum = 0;", "int sum = 1;", "the sum is 4");
    mistake("twice", "once", "2 * add(numbers)", "add(numbers)", "the sum is 3");
    mistake("twice", "squared", "2 * add(numbers)", "9", "the sum is 9");
  }

  private void section(String step, String title) {
    write("chapters/01-sums/%s.adoc".formatted(step), "[#%s]\n== %s\n".formatted(step, title));
    write("chapters/01-sums/hints/%s.adoc".formatted(step), "== Why?\nSo.\n\n== How?\nThus.\n");
  }

  private void test(String step, String name, String call, int expected) {
    write(
        "labs/01-sums/src/test/java/sums/%sTest.java".formatted(name),
        """
        package sums;

        import java.util.List;
        import org.junit.jupiter.api.Tag;
        import org.junit.jupiter.api.Test;
        import readiness.kernel.Finding;
        import readiness.testing.Step;

        @Step("%1$s")
        @Tag("%1$s")
        class %2$sTest {
          @Test
          void sum() {
            int sum = %3$s;
            if (sum != %4$d) {
              throw new Finding(List.of(), "the sum is %4$d", "the sum is " + sum);
            }
          }
        }
        """
            .formatted(step, name, call, expected));
  }

  private void mistake(String step, String name, String old, String fresh, String says) {
    write(
        "solutions/01-sums/mistakes/%s/%s.yaml".formatted(step, name),
        """
        step: %s
        name: %s
        misconception: That will do.
        replace:
          - file: sums/Sums.java
            old: %s
            new: %s
        caught-by: %sTest#sum
        says: %s
        """
            .formatted(step, name, old, fresh, step.equals("add") ? "Add" : "Twice", says));
  }

  Path path(String name) {
    return root.resolve(name);
  }

  Workbook workbook() {
    return Workbook.around(root);
  }

  String read(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void write(String name, String text) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.writeString(path(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Changes a file, and makes sure that it did. */
  void replace(String name, String old, String fresh) {
    String text = read(name);
    if (!text.contains(old)) {
      throw new AssertionError(name + " does not contain " + old);
    }
    write(name, text.replace(old, fresh));
  }

  void delete(String name) {
    try {
      Files.delete(path(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs {@code ready author} with arguments; returns its exit code. */
  int author(String... arguments) {
    said.getBuffer().setLength(0);
    PrintWriter writer = new PrintWriter(said, true);
    return new CommandLine(new AuthorCommand(root))
        .setOut(writer)
        .setErr(writer)
        .execute(arguments);
  }

  /** What the last run printed. */
  String said() {
    return said.toString();
  }
}
