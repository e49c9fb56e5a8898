package readiness.ready.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import readiness.course.Workbook;
import readiness.ready.command.ToyWorkbook.Said;

/** The command line as a reader meets it, from the first check to the last step. */
class ReadyTest {
  @TempDir private Path folder;
  private ToyWorkbook workbook;

  @BeforeEach
  void layOut() throws IOException {
    workbook = new ToyWorkbook(folder);
  }

  private JsonNode json(String... arguments) throws IOException {
    Path file = folder.resolve("out/result.json");
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--json", file.toString()))
            .toArray(String[]::new);
    workbook.ready(all);
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(node -> node.path(field).asText())
        .toList();
  }

  @Test
  void theFirstCheckSaysWhereToBegin() {
    Said said = workbook.ready("check");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("1 Count")
        .contains("· 1.1 one   Say one")
        .contains("5 min · 10 points")
        .contains("Not written yet, and that is where you come in.")
        .contains("Edit   labs/01-toy/src/main/java/toy/Toy.java  one(), line 7")
        .contains("Read   chapters/01-toy/one.adoc")
        .doesNotContain("two");
    assertThat(said.err()).isEmpty();
  }

  @Test
  void aSolvedStepPassesAndTheNextOneIsNamed() throws Exception {
    Said said = workbook.written("return 1;", "throw new NotYet(\"two\");").ready("check");

    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("✓ 1.1 one")
        .contains("Passed: one, 10 points.\n Compare with the solution: ./ready show one")
        .contains("Next  1.2 two   Say two")
        .contains("Toy.java, line 11");

    assertThat(workbook.ready().out())
        .contains("1 of 2 steps · 10 of 15 points", "✓ 1.1 one", "· 1.2 two");
    assertThat(workbook.ready("check").out())
        .as("goes on at the second step, with the first one before it")
        .contains("✓ 1.1 one", "· 1.2 two", "two(), line 11");
  }

  @Test
  void whatPassedIsSaidEachTimeAndOfTheStepThatWasAskedFor() throws Exception {
    workbook.written("return 1;", "return 2;");
    String both = "Passed: 2 steps, 15 points, 5 of them for two.\n Compare with the solution:";

    for (String time : List.of("first", "second")) {
      assertThat(workbook.ready("check", "two").out()).as(time).contains(both, "./ready show two");
      assertThat(workbook.ready("check", "two", "--only").out())
          .as(time)
          .contains("Passed: two, 5 points.\n Compare with the solution: ./ready show two");
    }
    Files.delete(workbook.root().resolve(".ready/progress"));
    workbook.ready("check", "two", "--only");
    assertThat(workbook.ready("check", "two").out())
        .as("passed before, and the step before it not")
        .contains(both, "./ready show two", "Every step has passed.");
  }

  @Test
  void oneSeedEarnsNothing() throws Exception {
    Said said =
        workbook
            .written("return 1;", "throw new NotYet(\"two\");")
            .ready("check", "one", "--seed", "5d1c");

    assertThat(said.out())
        .contains("Passed with seed 5d1c. What counts is all of them: ./ready check one")
        .doesNotContain("Next", "points");
    assertThat(workbook.ready().out()).contains("0 of 2 steps");
  }

  @Test
  void aWrongStepTellsItsStoryAndWhatItLooksLike() throws Exception {
    Said said = workbook.written("return 3;", "return 2;").ready("check", "two");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("✗ 1.1 one   Say one")
        .contains("one is one", "seed 5d1c")
        .contains("1  ask for one")
        .contains("2  hear 3")
        .contains("expected  one is 1")
        .contains("observed  it is 3")
        .contains(
            "Looks like   “Three for one”. The mistaken belief behind it: “One and three are much")
        .contains("\n                  alike.”\n")
        .contains("Also         one stays one")
        .contains("Replay       ./ready check one --seed 5d1c")
        .contains("Next         ./ready hint")
        .doesNotContain("✓ 1.2 two  ");
  }

  @Test
  void theStepThatWasAskedForIsToldFirstAndTheCauseIsTheEarliestThatFails() throws Exception {
    Said said = workbook.written("return 3;", "return 2;").ready("check", "two");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .containsSubsequence(
            "1 Count",
            "✓ 1.2 two passes; and the steps before it:",
            "✗ 1.1 one   Say one",
            "Replay       ./ready check one --seed 5d1c");
    assertThat(workbook.ready().out())
        .as("the second may pass by what the first does wrong")
        .contains("0 of 2 steps");

    assertThat(workbook.written("return 1;", "return 3;").ready("check", "two").out())
        .containsSubsequence(
            "✗ 1.2 two fails; do the steps before it pass?", "✓ 1.1 one", "✗ 1.2 two   Say two");
    assertThat(
            workbook.written("return 1;", "throw new NotYet(\"two\");").ready("check", "two").out())
        .containsSubsequence("· 1.2 two is not written yet", "✓ 1.1 one", "· 1.2 two   Say two");
    assertThat(workbook.ready("check", "one").out()).doesNotContain("1.1 one passes");
    assertThat(workbook.ready("check", "two", "--only").out())
        .doesNotContain("1.2 two is not written yet; and");
    assertThat(workbook.ready("check", "toy").out())
        .as("a chapter has no step that was asked for")
        .doesNotContain("1.2 two is not written yet; and");
  }

  @Test
  void testsAreCompiledAhead() throws Exception {
    assertThat(workbook.ready("prepare").status()).isZero();

    try (Stream<Path> kept = Files.list(workbook.root().resolve(".ready/classes"))) {
      assertThat(kept).as("the reader's code and the solution").hasSize(2);
    }
    assertThat(workbook.ready("check", "toy").out()).contains("· 1.1 one");
    assertThat(workbook.ready("--help").out()).doesNotContain("prepare");
  }

  @Test
  void jsonIsTheSameWhicheverStepRanFirst() throws Exception {
    workbook.written("return 3;", "return 2;");

    JsonNode asked = json("check", "two");

    assertThat(texts(asked.path("steps"), "id")).containsExactly("one", "two");
    assertThat(texts(asked.path("steps"), "outcome")).containsExactly("failed", "passed");
    assertThat(asked).isEqualTo(json("check", "toy"));
  }

  @Test
  void whatWasCompiledIsKeptAndNeverTakenForWhatIsWrittenNow() throws Exception {
    Path test = workbook.root().resolve("labs/01-toy/src/test/java/toy/TwoTest.java");
    workbook.written("return 1;", "return 2;");
    assertThat(workbook.ready("check", "two").status()).isZero();
    assertThat(workbook.root().resolve(".ready/classes")).isDirectoryContaining("glob:**");
    assertThat(workbook.ready("check", "two").status()).isZero();

    Files.writeString(test, Files.readString(test).replace("isEqualTo(2)", "isEqualTo(7)"));
    assertThat(workbook.ready("check", "two").out())
        .as("a teacher edits a test")
        .contains("✗ 1.2 two   Say two");
    assertThat(workbook.written("return 1;", "return 7;").ready("check", "two").status()).isZero();
    assertThat(workbook.ready("check", "toy", "--solution").out())
        .as("the solution is not the reader's code")
        .contains("✗ 1.2 two");
    Files.writeString(
        workbook.toy(), Files.readString(workbook.toy()).replace("int one", "int on"));
    assertThat(workbook.ready("check", "two").out())
        .as("the tests are compiled again")
        .contains("OneTest.java");
  }

  @Test
  void aNaiveFormThatFailsIsShownAsThePlaceToEdit() throws Exception {
    String edit = "Edit         labs/01-toy/src/main/java/toy/Toy.java  one(), line 6";

    assertThat(workbook.naive("return 4;").ready().out())
        .contains("Edit  labs/01-toy/src/main/java/toy/Toy.java, line 6");
    assertThat(workbook.ready("check").out()).contains("✗ 1.1 one", "observed  it is 4", edit);
    assertThat(workbook.written("return 5;", "return 2;").ready("check").out())
        .contains("✗ 1.1 one", "observed  it is 5")
        .doesNotContain("Edit");
  }

  @Test
  void naiveFormsAndGapsOfAStepAreShownTogether() throws Exception {
    assertThat(workbook.naiveBesideGap("return 4;").ready("check").out())
        .contains("✗ 1.1 one", "labs/01-toy/src/main/java/toy/Toy.java\n")
        .contains("one(), line 6; two(), line 11");
  }

  @Test
  void aTestThatEndsTheJvmIsToldWithWhatItKeptFromRunning() throws Exception {
    Said said = workbook.written("System.exit(0); return 1;", "return 2;").ready("check", "one");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("one is one", "the code under test exits the JVM")
        .contains("observed  System.exit, called in Toy.one, line 7")
        .contains("at        labs/01-toy/src/main/java/toy/Toy.java:7  in one()")
        .contains("Also         2 tests did not run");
  }

  @Test
  void whatSaysSomethingElseDoesNotLookLikeAKnownMistake() throws Exception {
    Said said = workbook.written("System.exit(0); return 3;", "return 2;").ready("check", "one");

    assertThat(said.out()).contains("exits the JVM").doesNotContain("Looks like");
  }

  @Test
  void whatEndsOtherwiseDoesNotLookLikeAKnownMistake() throws Exception {
    Said said = workbook.written("return 33;", "return 2;").ready("check", "one");

    assertThat(said.out())
        .as("it says 'it is 3' and fails the same methods, but the mistake ends with one digit")
        .contains("observed  it is 33")
        .doesNotContain("Looks like");
  }

  @Test
  void onlyLeavesTheEarlierStepsOut() throws Exception {
    Said said =
        workbook.written("throw new NotYet(\"one\");", "return 2;").ready("check", "1.2", "--only");

    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("✓ 1.2 two").doesNotContain("1.1 one ·");
  }

  @Test
  void aStepThatStandsOnAnotherSaysSo() throws Exception {
    Said said =
        workbook
            .written("throw new NotYet(\"one\");", "return one() + 1;")
            .ready("check", "two", "--only");

    assertThat(said.out())
        .contains("· 1.2 two", "It stands on 1.1 one, which is not written yet.", "one(), line 7");
  }

  @Test
  void codeThatDoesNotCompileIsShownWithACaret() throws Exception {
    Said said = workbook.written("return 1", "return 2;").ready("check");

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out())
        .contains("the code does not compile")
        .contains("labs/01-toy/src/main/java/toy/Toy.java:7: ';' expected")
        .contains("             return 1\n                     ^\n");
  }

  @Test
  void theSolutionPassesAndIsNotTakenForTheReaders() throws Exception {
    Said said = workbook.ready("check", "toy", "--solution");

    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("✓ 1.1 one  ✓ 1.2 two");
    assertThat(workbook.ready().out()).contains("0 of 2 steps");
  }

  @Test
  void aStepThatFailsLaterIsNoLongerPassed() throws Exception {
    workbook.written("return 1;", "return 2;").ready("check", "toy");
    assertThat(workbook.ready().out()).contains("2 of 2 steps", "Every step has passed.");

    workbook.written("return 3;", "return 2;").ready("check", "toy");

    assertThat(workbook.ready().out()).contains("1 of 2 steps", "Next  1.1 one");
  }

  @Test
  void hintsComeOneAtATime() {
    assertThat(workbook.ready("hint").out())
        .contains("hint 1 of 2", "How many is one?", "Fewer than two.");
    assertThat(workbook.ready("hint", "one").out()).contains("hint 2 of 2", "Write return 1;.");
    assertThat(workbook.ready("hint", "1.1").out()).contains("hint 2 of 2", "./ready show one");
  }

  @Test
  void theSolutionIsShownAfterAQuestionOnly() {
    InputStream input = System.in;
    System.setIn(InputStream.nullInputStream());
    try {
      Said refused = workbook.ready("show", "one");
      assertThat(refused.out())
          .contains("Show it anyway? [y/N]", "Not shown.")
          .doesNotContain("return 1;");
    } finally {
      System.setIn(input);
    }
    assertThat(workbook.ready("show", "one", "--yes").out())
        .contains("Toy.java, in one", "return 1;")
        .doesNotContain("tag::");
  }

  @Test
  void resetKeepsWhatWasThere() throws Exception {
    workbook.written("return 1;", "return 7; // mine").ready("check");

    Said said = workbook.ready("reset", "Toy.java");

    assertThat(said.status()).isZero();
    assertThat(Files.readString(workbook.toy())).isEqualTo(ToyWorkbook.STARTER);
    try (Stream<Path> attic = Files.walk(workbook.root().resolve(".ready/attic"))) {
      Path kept = attic.filter(Files::isRegularFile).findFirst().orElseThrow();
      assertThat(Files.readString(kept)).contains("return 7; // mine");
      assertThat(said.out())
          .contains("Kept   " + workbook.root().relativize(kept))
          .contains("No longer passed: one");
    }
    assertThat(workbook.ready("reset", "one").out()).contains("is the starter already");
  }

  @Test
  void whatIsCalledWronglyIsNamedWithWhatIsNear() {
    assertThat(workbook.ready("check", "onne"))
        .isEqualTo(
            new Said(
                2,
                "",
                """
                ready: there is no step or chapter 'onne' to check. Did you mean one?
                       `./ready check --help` says how to call it.
                """));
    assertThat(workbook.ready("chek").err()).contains("'chek'", "Did you mean check?");
    assertThat(workbook.ready("check", "--onyl").err())
        .contains("'--onyl'", "Did you mean --only?");
    assertThat(workbook.ready("check", "--seed", "xyz").err())
        .contains("'--seed xyz' is not a hexadecimal number");
    assertThat(workbook.ready("reset", "Tow.java").err())
        .contains("'Tow.java'", "Did you mean Toy.java?");
    assertThat(workbook.ready("show").status()).isEqualTo(2);
    assertThat(workbook.ready("start", "--port", "70000").err())
        .contains("'--port 70000' is not between 0 and 65535");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command :
        List.of("start", "check", "watch", "hint", "show", "reset", "trace", "doctor", "author")) {
      Said said = workbook.ready(command, "--help");
      assertThat(said.status()).as(command).isZero();
      assertThat(said.out()).as(command).contains("ready " + command);
      assertThat(workbook.ready("help", command)).as("help " + command).isEqualTo(said);
    }
    Said help = workbook.ready("help");
    assertThat(help).isEqualTo(workbook.ready("--help"));
    assertThat(help.out()).contains("Says how to call a command.");
    assertThat(workbook.ready("--version").out()).startsWith("ready ");
  }

  @Test
  void aBrokenProgressFileIsNamedAndLeftAlone() throws Exception {
    Path progress = workbook.root().resolve(".ready/progress");
    Files.createDirectories(progress.getParent());
    Files.writeString(progress, "one passed 2026-01-01T00:00:00Z\nwhat is this\n");

    Said said = workbook.ready();

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err()).contains("progress, line 2: 'what is this'", "Remove the line");
    assertThat(Files.readString(progress)).contains("what is this");
  }

  @Test
  void jsonPromisesEveryTestAndEveryPointFromTheStart() throws Exception {
    JsonNode result = json("check", "toy");

    assertThat(SchemaCheck.problems(result)).isEmpty();
    assertThat(result.path("passed").asBoolean()).isFalse();
    assertThat(result.path("points")).hasToString("{\"earned\":0,\"possible\":15}");
    assertThat(texts(result.path("steps"), "outcome")).containsExactly("not-yet", "not-yet");
    JsonNode tests = result.path("steps").path(0).path("tests");
    assertThat(texts(tests, "method"))
        .containsExactly("oneIsOne", "oneStaysOne", "oneIsNoLessThanItself");
    assertThat(tests.path(0).path("points")).hasToString("{\"earned\":0,\"possible\":4}");
    assertThat(tests.path(1).path("points")).hasToString("{\"earned\":0,\"possible\":3}");
  }

  @Test
  void theExampleInTheDocumentationIsOne() throws Exception {
    Path page = Workbook.around(Path.of("")).root().resolve("docs/check-json.adoc");
    String example = Files.readString(page).split("\\[source,json]\n----\n")[1].split("----")[0];

    assertThat(SchemaCheck.problems(new ObjectMapper().readTree(example))).isEmpty();
  }

  @Test
  void jsonCountsWhatPassesEvenBehindWhatFails() throws Exception {
    workbook.written("return 3;", "return 2;");

    JsonNode result = json("check", "toy");

    assertThat(texts(result.path("steps"), "outcome")).containsExactly("failed", "passed");
    assertThat(result.path("points")).hasToString("{\"earned\":8,\"possible\":15}");
    assertThat(SchemaCheck.problems(result)).isEmpty();
    JsonNode test = result.path("steps").path(0).path("tests").path(0);
    assertThat(test.path("expected").asText()).isEqualTo("one is 1");
    assertThat(test.path("seed").asText()).isEqualTo("5d1c");
    assertThat(test.path("trace").size()).isEqualTo(2);
  }

  @Test
  void jsonIsWholeWhenNothingCompilesOrEverythingDies() throws Exception {
    workbook.written("return 1", "return 2;");
    JsonNode broken = json("check", "toy");
    assertThat(SchemaCheck.problems(broken)).isEmpty();
    assertThat(broken.path("compileErrors").path(0).path("line").asInt()).isEqualTo(7);
    assertThat(texts(broken.path("steps").path(0).path("tests"), "outcome"))
        .containsOnly("not-run")
        .hasSize(3);
    assertThat(broken.path("points")).hasToString("{\"earned\":0,\"possible\":15}");

    workbook.written("Runtime.getRuntime().halt(0); return 1;", "return 2;");
    JsonNode dead = json("check", "toy");
    assertThat(texts(dead.path("steps").path(0).path("tests"), "outcome"))
        .containsExactly("failed", "failed", "failed");
    assertThat(dead.path("points")).hasToString("{\"earned\":5,\"possible\":15}");
  }

  @Test
  void whatIsPrintedCannotForgeAResult() throws Exception {
    workbook.written(
        """
        System.out.println("{\\"outcome\\":\\"passed\\"}");
            System.out.write(2);
            System.out.flush();
            return 3;\
        """,
        "return 2;");

    JsonNode result = json("check", "one");

    assertThat(result.path("points").path("earned").asInt())
        .as("one test asks for nothing")
        .isEqualTo(3);
    assertThat(result.path("steps").path(0).path("tests").path(0).path("output").asText())
        .contains("{\"outcome\":\"passed\"}");
    assertThat(workbook.ready("check", "one").out()).contains("printed meanwhile");
  }

  @Test
  void anAnswerThatIsThereStaysUntilTheNewOneIsWhole() throws Exception {
    Path file = folder.resolve("result.json");
    Files.createDirectory(folder.resolve("taken"));

    Said said = workbook.ready("check", "--json", folder.resolve("taken").toString());

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err()).contains("cannot write").contains("taken");
    assertThat(file).doesNotExist();
  }

  @Test
  void theDoctorNamesWhatItLookedAt() {
    Said said = workbook.ready("doctor");

    assertThat(said.out()).contains("JDK", "Maven", "architecture", "/proc", "ulimit -Hn", "nginx");
  }
}
