package readiness.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command: the real book, and what it says and does when it makes none. */
final class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Object... arguments) {
    out.reset();
    err.reset();
    return Main.run(
        List.of(arguments).stream().map(Object::toString).toList(),
        new PrintStream(out),
        new PrintStream(err));
  }

  @Test
  void theRealBookHasNoHoles(@TempDir Path folder) throws IOException {
    Path book = folder.resolve("book");

    assertThat(run(Sample.REPOSITORY, book)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("nothing is missing");
    assertThat(Files.readString(book.resolve("03-epoll/echo.html"))).contains("./ready check echo");

    assertThat(run("--if-changed", Sample.REPOSITORY, book)).isZero();
    assertThat(out.toString()).as("what a second build says").isEmpty();
  }

  @Test
  void aBrokenBookLeavesTheLastGoodOneInPlace(@TempDir Path root, @TempDir Path folder)
      throws IOException {
    Sample sample =
        new Sample(root).change("chapters/00-begin/chapter.adoc", "xref:fill", "xref:f");
    Path book = folder.resolve("book");
    new Shelf(book).put(Map.of("index.html", "good".getBytes()), FileTime.from(Instant.EPOCH));

    assertThat(run(sample.root(), book)).isEqualTo(1);

    assertThat(err.toString())
        .startsWith("The book is not made. One thing is wrong:")
        .contains("chapters/00-begin/chapter.adoc:16: ", "8 pages");
    assertThat(book.resolve("index.html")).hasContent("good");
  }

  @Test
  void aFolderWithSomethingElseInItIsNotReplaced(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "my only copy");

    assertThat(run(Sample.REPOSITORY, folder)).isEqualTo(2);

    assertThat(err.toString()).contains(folder.toString(), "not a book");
    assertThat(folder.resolve("thesis.txt")).hasContent("my only copy");
  }

  @Test
  void aBookIsOldWhenAFileCameOrWentOrChanged(@TempDir Path sources, @TempDir Path folder)
      throws IOException {
    Path chapter = Files.createDirectory(sources.resolve("chapter"));
    Path text = Files.writeString(chapter.resolve("a.adoc"), "text");
    Shelf shelf = new Shelf(folder.resolve("book"));
    FileTime before = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
    FileTime made = FileTime.from(Instant.parse("2026-01-02T00:00:00Z"));
    FileTime after = FileTime.from(Instant.parse("2026-01-03T00:00:00Z"));
    for (Path each : List.of(sources, chapter, text)) Files.setLastModifiedTime(each, before);

    assertThat(shelf.isNewerThan(List.of(sources))).as("without a book").isFalse();
    shelf.put(Map.of("index.html", new byte[0]), made);
    assertThat(shelf.isNewerThan(List.of(sources))).as("with one").isTrue();
    Files.setLastModifiedTime(text, after);
    assertThat(shelf.isNewerThan(List.of(sources))).as("after a change").isFalse();
    Files.setLastModifiedTime(text, before);
    Files.setLastModifiedTime(chapter, after);
    assertThat(shelf.isNewerThan(List.of(sources))).as("after a file came or went").isFalse();
  }

  @Test
  void aCommandThatMakesNoSenseIsExplained(@TempDir Path folder) {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("usage:");
    assertThat(run("--what", folder)).isEqualTo(2);
    assertThat(err.toString()).startsWith("usage:");
    assertThat(run(folder)).isEqualTo(2);
    assertThat(err.toString()).contains(folder.toString(), "chapters/course.yaml");
  }
}
