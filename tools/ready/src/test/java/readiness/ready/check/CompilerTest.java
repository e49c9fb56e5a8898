package readiness.ready.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiling what has changed comes to the same as compiling everything. */
class CompilerTest {
  private static final Compiler COMPILER = new Compiler();
  private static final List<Path> GROUND = TestJvm.find().classPath();

  private static final String WALL =
      """
      package toy;
      import readiness.kernel.NotYet;
      class Wall {
        static final int HEIGHT = 3;
        private static final int WIDTH = 4;
        enum Side { NORTH, SOUTH }
        int area() { return HEIGHT * WIDTH; }
        int doors() { throw new NotYet("doors"); }
        private int secret() { return 5; }
      }
      """;

  private static final String HOUSE =
      """
      package toy;
      class House {
        private final Wall wall = new Wall();
        int height() { return Wall.HEIGHT; }
        int area() { return 4 * wall.area(); }
        String face(Wall.Side side) {
          return switch (side) { case NORTH -> "cold"; case SOUTH -> "warm"; };
        }
      }
      """;

  private static final String HOUSE_TEST =
      """
      package toy;
      import org.junit.jupiter.api.Test;
      class HouseTest {
        @Test void itIsHigh() { Assert.that(new House().height() == 3 && Wall.HEIGHT == 3); }
      }
      """;

  private static final String WALL_TEST =
      """
      package toy;
      import org.junit.jupiter.api.Test;
      class WallTest {
        @Test void itHasAnArea() { Assert.that(new Wall().area() == 12); }
      }
      """;

  private static final String ASSERT =
      """
      package toy;
      class Assert {
        static void that(boolean so) { if (!so) throw new AssertionError(); }
      }
      """;

  private static final List<SourceText> MAIN = List.of(text("House", HOUSE), text("Wall", WALL));

  private static final List<SourceText> TESTS =
      List.of(text("Assert", ASSERT), text("HouseTest", HOUSE_TEST), text("WallTest", WALL_TEST));

  private static final Compilation BASE = COMPILER.compile(MAIN, TESTS, GROUND);

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    COMPILER.close();
  }

  private static SourceText text(String type, String text) {
    return new SourceText("toy/" + type + ".java", Path.of(type + ".java"), text);
  }

  private static List<SourceText> changed(List<SourceText> sources, String old, String by) {
    List<SourceText> changed = new ArrayList<>();
    for (SourceText each : sources) {
      changed.add(new SourceText(each.name(), each.file(), each.text().replace(old, by)));
    }
    assertThat(changed).as("'%s' is there to be changed", old).isNotEqualTo(sources);
    return changed;
  }

  /** Compiles on top of the base, and asserts that it came to the same as compiling everything. */
  private static Compilation recompile(List<SourceText> main, List<SourceText> tests) {
    Compilation some = COMPILER.compile(BASE, main, tests, GROUND);
    Compilation all = COMPILER.compile(main, tests, GROUND);
    assertThat(some.errors()).isEqualTo(all.errors());
    assertThat(some.gaps()).isEqualTo(all.gaps());
    assertThat(some.planned()).isEqualTo(all.planned());
    Map<String, byte[]> expected = all.classes();
    assertThat(some.classes().keySet()).isEqualTo(expected.keySet());
    some.classes()
        .forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    return some;
  }

  /** The sources that were compiled anew, by the names of their types. */
  private static List<String> anew(Compilation compiled) {
    return Stream.concat(compiled.main().stream(), compiled.tests().stream())
        .filter(unit ->
            Stream.concat(BASE.main().stream(), BASE.tests().stream()).noneMatch(unit::equals))
        .map(unit -> unit.name().replaceAll("toy/|\\.java", ""))
        .toList();
  }

  @Test
  void nothingIsCompiledWhereNothingHasChanged() {
    assertThat(BASE.errors()).isEmpty();
    assertThat(anew(recompile(MAIN, TESTS))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return HEIGHT * WIDTH; => return WIDTH * HEIGHT;",
        "throw new NotYet(\"doors\"); => return 2;",
        "WIDTH = 4 => WIDTH = 5",
        "private int secret() { return 5; } => private String secret() { return \"5\"; }",
        "return HEIGHT * WIDTH; => Runnable r = () -> {}; r.run(); return HEIGHT * WIDTH;",
        "return HEIGHT * WIDTH; => return new Object() { int all() { return 12; } }.all();",
        "return HEIGHT * WIDTH; => return java.util.Map.entry(1, 12).getValue();",
      })
  void whatNobodyElseSeesIsCompiledAlone(String change) {
    String[] parts = change.split(" => ");

    assertThat(anew(recompile(changed(MAIN, parts[0], parts[1]), TESTS))).containsExactly("Wall");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEIGHT = 3 => HEIGHT = 2",
        "int area() { return HEIGHT => long area() { return HEIGHT",
        "NORTH, SOUTH => SOUTH, NORTH",
        "private int secret() => int secret()",
        "class Wall { => class Wall implements Comparable<Wall> { public int compareTo(Wall o) {"
            + " return 0; }",
        "int doors() => int gates()",
        "class Wall { => class Wall { int size() { return 1; }",
      })
  void whatOthersSeeHasEverythingCompiled(String change) {
    String[] parts = change.split(" => ");

    Compilation compiled = recompile(changed(MAIN, parts[0], parts[1]), TESTS);

    // Where it does not compile in the end, there is nothing to tell apart.
    if (compiled.errors().isEmpty()) {
      assertThat(compiled.main()).noneMatch(unit -> BASE.main().stream().anyMatch(u -> u == unit));
      assertThat(compiled.tests())
          .noneMatch(unit -> BASE.tests().stream().anyMatch(u -> u == unit));
    }
  }

  @Test
  void theValueOfAConstantIsNeverAnOldOne() {
    Compilation compiled = recompile(changed(MAIN, "HEIGHT = 3", "HEIGHT = 2"), TESTS);

    assertThat(anew(compiled)).contains("Wall", "House", "HouseTest");
  }

  @Test
  void aTestThatNoLongerFitsIsToldAtItsPlace() {
    Compilation compiled = recompile(changed(MAIN, "int height()", "int tallness()"), TESTS);

    assertThat(compiled.errors())
        .extracting(CompileError::file, CompileError::line)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Path.of("HouseTest.java"), 4L));
  }

  @Test
  void everyErrorIsToldAndNotThatOfTheChangedSourceAlone() {
    List<SourceText> main = changed(MAIN, "int area() { return HEIGHT", "int size() { return NONE");

    assertThat(recompile(main, TESTS).errors())
        .extracting(CompileError::file)
        .contains(Path.of("House.java"), Path.of("Wall.java"));
  }

  @Test
  void aSourceThatComesOrGoesHasAllOfTheCodeCompiled() {
    List<SourceText> more = new ArrayList<>(MAIN);
    more.add(text("String", "package toy; class String { }"));

    assertThat(recompile(more, TESTS).errors())
        .as("House means another String now")
        .extracting(CompileError::file)
        .contains(Path.of("House.java"));
    assertThat(recompile(List.of(MAIN.getLast()), TESTS).errors()).isNotEmpty();
  }

  @Test
  void aTestThatIsEditedIsCompiledAlone() {
    List<SourceText> tests = changed(TESTS, "area() == 12", "area() == 13");

    assertThat(anew(recompile(MAIN, tests))).containsExactly("WallTest");
  }

  @Test
  void whatTestsShareHasAllTestsCompiledAndNoCode() {
    List<SourceText> tests = changed(TESTS, "boolean so", "Boolean so");

    Compilation compiled = recompile(MAIN, tests);

    assertThat(anew(compiled)).containsExactly("Assert", "HouseTest", "WallTest");
  }

  @Test
  void testsThatAreNotAskedForStayGood() {
    Compilation fewer = recompile(MAIN, TESTS.subList(0, 2));
    Compilation again = COMPILER.compile(fewer, MAIN, TESTS, GROUND);

    assertThat(fewer.planned()).containsOnlyKeys("toy.HouseTest");
    assertThat(anew(again)).isEmpty();
  }

  @Test
  void testsThatAreNotAskedForAreForgottenWhenTheirCompanyChanges() {
    List<SourceText> shared = changed(TESTS, "boolean so", "Boolean so");
    Compilation fewer = COMPILER.compile(BASE, MAIN, shared.subList(0, 2), GROUND);
    Compilation again = COMPILER.compile(fewer, MAIN, shared, GROUND);

    assertThat(anew(again)).contains("WallTest");
    assertThat(again.classes().get("toy.WallTest"))
        .isEqualTo(COMPILER.compile(MAIN, shared, GROUND).classes().get("toy.WallTest"));
  }

  @Test
  void anotherGroundHasEverythingCompiled() throws Exception {
    List<Path> more = new ArrayList<>(GROUND);
    more.add(Files.createDirectory(folder.resolve("piece")));
    Files.writeString(folder.resolve("piece/Something"), "new");

    Compilation compiled = COMPILER.compile(BASE, MAIN, TESTS, more);

    assertThat(compiled.main()).noneMatch(unit -> BASE.main().stream().anyMatch(u -> u == unit));
  }

  @Test
  void whatIsKeptComesBackWhole() {
    new ClassCache(folder).keep(MAIN, BASE);

    Compilation kept = new ClassCache(folder).find(MAIN).orElseThrow();

    Compilation compiled = COMPILER.compile(kept, MAIN, TESTS, GROUND);
    assertThat(compiled.main()).as("nothing had to be compiled").isEqualTo(kept.main());
    assertThat(compiled.gaps()).isEqualTo(BASE.gaps()).isNotEmpty();
    assertThat(compiled.planned()).isEqualTo(BASE.planned());
    BASE.classes()
        .forEach((name, bytes) -> assertThat(compiled.classes().get(name)).isEqualTo(bytes));
  }

  @Test
  void whatIsNotWholeIsNotBelieved() throws Exception {
    new ClassCache(folder).keep(MAIN, BASE);
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[flipped.length / 2] ^= 1;

    for (byte[] bad :
        List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), flipped, new byte[4096])) {
      Files.write(file, bad);
      assertThat(new ClassCache(folder).find(MAIN)).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsPassedOver() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    ClassCache cache = new ClassCache(file);

    cache.keep(MAIN, BASE);

    assertThat(cache.find(MAIN)).as("in memory it is there").contains(BASE);
    assertThat(new ClassCache(file).find(MAIN)).isEmpty();
  }
}
