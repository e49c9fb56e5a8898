package readiness.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import readiness.course.Workbook;

/** A book that is made again converts what has changed, and is what a first build makes of it. */
final class IncrementalTest {
  private static final String PIPE = "solutions/01-pipes/src/main/java/sample/pipes/Pipe.java";

  @TempDir private Path folder;
  private Sample sample;

  @BeforeEach
  void copy(@TempDir Path root) throws IOException {
    sample = new Sample(root);
  }

  private Book book(Cache cache, List<String> progress) throws IOException {
    return Book.of(Workbook.around(sample.root()), cache, progress::add);
  }

  /** Makes the book again, and says which files it converted. */
  private List<String> converted() throws IOException {
    List<String> progress = new ArrayList<>();
    Cache cache = Cache.in(folder);
    book(cache, progress);
    cache.sweep();
    return progress.stream()
        .filter(line -> line.startsWith("Converting "))
        .map(line -> line.substring(line.lastIndexOf('/') + 1))
        .toList();
  }

  @Test
  void onlyWhatChangedIsConverted() throws IOException {
    assertThat(converted())
        .as("at first")
        .containsExactly("book.adoc", "chapter.adoc", "chapter.adoc", "fill.adoc", "drain.adoc");
    assertThat(converted()).as("after no change").isEmpty();

    sample.change("chapters/01-pipes/fill.adoc", "Because memory is.", "Memory is, too.");
    assertThat(converted()).as("after a sentence").containsExactly("fill.adoc");

    sample.change("chapters/01-pipes/hints/drain.adoc", "The rest moves", "What is left moves");
    assertThat(converted()).as("after a hint").containsExactly("drain.adoc");

    sample.change(PIPE, "int given = Math.min(length, used);", "int given = min(length, used);");
    assertThat(converted()).as("after code").containsExactly("fill.adoc", "drain.adoc");

    sample.change("chapters/01-pipes/figures/pipe.svg", ">writer<", ">a writer<");
    assertThat(converted()).as("after a figure").containsExactly("chapter.adoc");

    sample.change("chapters/theme/page.html", "Skip to", "Go to");
    assertThat(converted()).as("after the frame of all pages").isEmpty();
  }

  @Test
  void aLinkShowsTheNewTitleOfWhatItLeadsTo() throws IOException {
    converted();
    sample.change("chapters/01-pipes/fill.adoc", "=== Why is there a limit?", "=== Why a limit?");

    List<String> progress = new ArrayList<>();
    Book again = book(Cache.in(folder), progress);

    assertThat(progress).doesNotContain("Converting chapters/01-pipes/drain.adoc");
    assertThat(new String(again.files().get("01-pipes/drain.html"))).contains(">Why a limit?</a>");
  }

  @Test
  void whatIsWrongIsSaidAgain() throws IOException {
    sample.change("chapters/01-pipes/drain.adoc", "[tag=fill]", "[tag=flood]");
    sample.append("chapters/01-pipes/chapter.adoc", "See link:nowhere.html[there].");

    List<String> first = book(Cache.in(folder), new ArrayList<>()).problems();
    List<String> second = book(Cache.in(folder), new ArrayList<>()).problems();

    assertThat(first).hasSize(2);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void whatCannotBeReadIsMadeAnew() throws IOException {
    converted();
    try (Stream<Path> kept = Files.list(folder)) {
      for (Path each : (Iterable<Path>) kept::iterator) Files.writeString(each, "torn");
    }

    assertThat(converted()).hasSize(5);
    assertThat(converted()).isEmpty();
  }

  @Test
  void whatIsGoneIsNotKept() throws IOException {
    converted();
    long before = kept();
    sample.change(
        "chapters/01-pipes/chapter.adoc", "== What we left out", "== And\n\n[#gone]\n== Gone");
    converted();
    assertThat(kept()).isEqualTo(before + 1);
    sample.change(
        "chapters/01-pipes/chapter.adoc", "== And\n\n[#gone]\n== Gone", "== What we left out");
    converted();
    assertThat(kept()).isEqualTo(before);
  }

  private long kept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  /** A place where a text may be edited again and again, and what may stand there. */
  private record Edit(String file, String mark, List<String> variants) {}

  private static final List<Edit> EDITS =
      List.of(
          new Edit(
              "chapters/01-pipes/fill.adoc",
              "Because memory is.",
              List.of("It has to end.", "See xref:drain[].", "See footnote:[This.].", "x", "")),
          new Edit(
              "chapters/01-pipes/fill.adoc",
              "=== Why is there a limit?",
              List.of("=== Why?", "=== Why _is_ there a `limit`?")),
          new Edit(
              "chapters/01-pipes/fill.adoc", "[[why-room]]", List.of("[[why]]", "[#why-room]")),
          new Edit(
              "chapters/01-pipes/drain.adoc",
              "code::01-pipes/Pipe.java[tag=fill]",
              List.of("code::01-pipes/Drop.java[tag=drain]", "figure::pipe[Again]", "Nothing.")),
          new Edit(
              "chapters/01-pipes/chapter.adoc",
              "include::drain.adoc[]",
              List.of("", "[#more]\n== More\n\nfigure::pipe[]\n\ninclude::drain.adoc[]")),
          new Edit("chapters/01-pipes/chapter.adoc", "== What we left out", List.of("== Left out")),
          new Edit("chapters/00-begin/chapter.adoc", "xref:fill[", List.of("xref:drain[")),
          new Edit("chapters/01-pipes/hints/fill.adoc", "Subtract.", List.of("Add.", "")),
          new Edit("chapters/01-pipes/figures/pipe.svg", ">writer<", List.of(">who<")),
          new Edit("chapters/course.yaml", "points: 15", List.of("points: 16")),
          new Edit("chapters/course.yaml", ", sample/pipes/Drop.java]", List.of("]")),
          new Edit("chapters/course.yaml", "title: Pipes", List.of("title: Tubes")),
          new Edit("chapters/book.adoc", "This is where", List.of("Here is where")),
          new Edit("chapters/theme/page.html", "Skip to", List.of("Go to")),
          new Edit(PIPE, "used -= given;", List.of("used = used - given;", "")),
          new Edit(PIPE, "// end::drain[]", List.of("")));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void afterAnyEditsItIsWhatAFirstBuildMakes(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> done = new ArrayList<>();
    String[] now = EDITS.stream().map(Edit::mark).toArray(String[]::new);
    for (int i = 0; i < 12; i++) {
      int chosen = random.nextInt(EDITS.size());
      Edit edit = EDITS.get(chosen);
      List<String> choices = new ArrayList<>(edit.variants());
      choices.add(edit.mark());
      String next = choices.get(random.nextInt(choices.size()));
      write(edit.file(), chosen, now, next);
      done.add(edit.file() + ": " + next);

      Cache cache = Cache.in(folder);
      Book again = book(cache, new ArrayList<>());
      if (random.nextBoolean()) cache.sweep();
      Book first = book(Cache.none(), new ArrayList<>());

      assertThat(again.problems()).as("seed %d, after %s", seed, done).isEqualTo(first.problems());
      assertThat(again.files().keySet()).isEqualTo(first.files().keySet());
      first
          .files()
          .forEach((path, bytes) ->
              assertThat(again.files().get(path))
                  .as("seed %d, %s after %s", seed, path, done)
                  .isEqualTo(bytes));
      assertThat(again.summary()).isEqualTo(first.summary());
    }
  }

  /** Writes a file from the sample's text and all the edits of it that hold now. */
  private void write(String file, int changed, String[] now, String next) throws IOException {
    now[changed] = next;
    Path original = Path.of("src/test/resources/sample").resolve(file);
    if (!Files.exists(original)) original = Sample.REPOSITORY.resolve(file);
    String text = Files.readString(original);
    for (int i = 0; i < now.length; i++) {
      Edit edit = EDITS.get(i);
      if (edit.file().equals(file)) text = text.replace(edit.mark(), now[i]);
    }
    Files.writeString(sample.root().resolve(file), text);
  }
}
