package readiness.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourseTest {
  private static final String GOOD =
      """
      title: Readiness
      subtitle: Build a server
      chapters:
        - id: 00-setting-out
          number: 0
          title: Setting out
        - id: 03-epoll
          number: 3
          title: Wait for many
          package: readiness.epoll
          steps:
            - id: epoll-calls
              title: Bind the three calls
              points: 10
              minutes: 40
              files: [readiness/epoll/LinuxEpoll.java]
              test: readiness.epoll.EpollCallsTest
            - id: echo
              title: Echo
              points: 20
              minutes: 60
              files: [readiness/epoll/EventLoop.java, readiness/epoll/Connection.java]
              test: readiness.epoll.EchoTest
              optional: true
              model-checked: true
      """;

  @TempDir Path folder;

  @Test
  void numbersAreComputedFromTheOrder() {
    Course course = read(GOOD);

    assertThat(course.steps()).extracting(Step::number).containsExactly("3.1", "3.2");
    assertThat(course.step("3.2")).isEqualTo(course.step("echo")).isPresent();
    assertThat(course.step("echo").orElseThrow().optional()).isTrue();
    assertThat(course.step("echo").orElseThrow().modelChecked()).isTrue();
    assertThat(course.step("epoll-calls").orElseThrow().modelChecked()).isFalse();
    assertThat(course.step("eco")).isEmpty();
  }

  @Test
  void aChapterIsFoundByIdNameAndNumber() {
    Course course = read(GOOD);

    assertThat(course.chapter("03-epoll")).isPresent();
    assertThat(course.chapter("epoll")).isEqualTo(course.chapter("03-epoll"));
    assertThat(course.chapter("3")).isEqualTo(course.chapter("03-epoll"));
    assertThat(course.chapter(course.step("echo").orElseThrow()).id()).isEqualTo("03-epoll");
    assertThat(course.chapter("4")).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "points: 20      | point: 20         | 20: unknown field 'point'; known here: id, title",
        "points: 20      | points: many      | 20: field 'points' should be a whole number, but is"
            + " 'many'",
        "points: 20      | points: -1        | 20: field 'points' should be a whole number, but is"
            + " '-1'",
        "points: 20      | points: [1, 2]    | 20: field 'points' should be a plain value",
        "points: 20      | points:           | 20: field 'points' is empty",
        "id: echo        | id: epoll-calls   | 18: id 'epoll-calls' is taken already, in line 12",
        "id: echo        | id: Echo one      | 18: id 'Echo one' should be words in lower case",
        "number: 3       | number: 0         | 8: number '0' is taken already, in line 5",
        "title: Echo     | id: echo          | 19: field 'id' stands twice",
        "minutes: 40     | files: []         | 16: field 'files' stands twice",
        "optional: true  | optional: perhaps | 24: field 'optional' should be true or false",
        "title: Readiness| name: Readiness   | 1: unknown field 'name'; known here: title,"
            + " subtitle",
        "package: readiness.epoll | steps: []| 11: field 'steps' stands twice",
        "chapters:       | chapters: [       | is not YAML",
      })
  void whatIsWrongIsNamedWithFileAndLine(String good, String bad, String complaint) {
    String broken = GOOD.replace(good, bad);
    assertThat(broken).as("the replacement took").isNotEqualTo(GOOD);

    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("course.yaml:")
        .hasMessageContaining(complaint);
  }

  @Test
  void aMissingFieldIsNamedAtItsEntry() {
    assertThatThrownBy(() -> read(GOOD.replace("        test: readiness.epoll.EchoTest\n", "")))
        .hasMessageContaining("course.yaml:18: field 'test' is missing");
  }

  @Test
  void anEmptyAndAMissingFileAreSaidToBe() {
    assertThatThrownBy(() -> read("# nothing\n")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> Course.read(folder.resolve("none.yaml")))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("none.yaml: is missing");
  }

  @Test
  void theWorkbookIsFoundFromAnyFolderInIt() throws IOException {
    Files.createDirectories(folder.resolve("chapters/03-epoll/hints"));
    Files.writeString(folder.resolve("chapters/course.yaml"), GOOD);

    Workbook workbook = Workbook.around(folder.resolve("chapters/03-epoll/hints"));

    assertThat(workbook.root()).isEqualTo(folder.toAbsolutePath());
    Step echo = workbook.course().step("echo").orElseThrow();
    assertThat(workbook.shown(workbook.test(echo)))
        .hasToString("labs/03-epoll/src/test/java/readiness/epoll/EchoTest.java");
    assertThat(workbook.shown(workbook.hints(echo)))
        .hasToString("chapters/03-epoll/hints/echo.adoc");
    assertThat(workbook.withLabs(folder.resolve("copy")).test(echo))
        .isEqualTo(folder.resolve("copy/03-epoll/src/test/java/readiness/epoll/EchoTest.java"));
  }

  @Test
  void outsideOfTheWorkbookItSaysWhatItLookedFor() {
    assertThatThrownBy(() -> Workbook.around(folder))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("no chapters/course.yaml here or above");
  }

  private Course read(String yaml) {
    Path file = folder.resolve("course.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Course.read(file);
  }
}
