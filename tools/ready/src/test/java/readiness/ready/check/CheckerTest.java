package readiness.ready.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What readers' code may do to the engine, and what the engine makes of it. */
class CheckerTest {
  private static final Checker CHECKER = new Checker();
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** A chapter of two steps: {@code one} asks for 1, {@code two} for 2. */
  private static final String ONE_TEST =
      """
      package toy;
      import org.junit.jupiter.api.DisplayName;
      import org.junit.jupiter.api.Test;
      import readiness.kernel.Finding;
      class OneTest {
        @Test void second() { ask("second"); }
        @Test @DisplayName("one " + "is one") void first() { ask("first"); }
        static void ask(String test) {
          int one = Toy.one(test);
          if (one != 1) {
            throw new Finding(java.util.List.of("asked for one", "got " + one), "1", "" + one).withSeed("5d1c");
          }
        }
      }
      """;

  private static final String TWO_TEST =
      """
      package toy;
      import org.junit.jupiter.api.AfterAll;
      import org.junit.jupiter.api.Test;
      import static org.assertj.core.api.Assertions.assertThat;
      class TwoTest {
        @Test void twoIsTwo() { assertThat(Toy.two()).as("two").isEqualTo(2); }
        @AfterAll static void twoStaysTwo() { assertThat(Toy.two()).as("two").isEqualTo(2); }
      }
      """;

  @AfterAll
  static void close() {
    CHECKER.close();
  }

  private static Verdict check(String one, String two) throws InterruptedException {
    return check(one, two, true);
  }

  private static Verdict check(String one, String two, boolean goOn) throws InterruptedException {
    return CHECKER.run(request(one, two, goOn));
  }

  private static CheckRequest request(String one, String two, boolean goOn) {
    return request(one, two, null, true, goOn);
  }

  private static CheckRequest request(
      String one, String two, @Nullable String asked, boolean stop, boolean goOn) {
    String toy =
        """
        package toy;
        import readiness.kernel.NotYet;
        final class Toy {
          static int one(String test) {
            %s
          }
          static int two() {
            %s
          }
        }
        """
            .formatted(one, two);
    return new CheckRequest(
        List.of(new SourceText("toy/Toy.java", Path.of("Toy.java"), toy)),
        List.of(
            new SourceText("toy/OneTest.java", Path.of("OneTest.java"), ONE_TEST),
            new SourceText("toy/TwoTest.java", Path.of("TwoTest.java"), TWO_TEST)),
        List.of(),
        List.of(
            new StepPlan("one", "toy.OneTest", LIMIT), new StepPlan("two", "toy.TwoTest", LIMIT)),
        asked,
        Map.of(),
        stop,
        goOn);
  }

  private static Failure failureOf(Verdict verdict, String step) {
    return verdict.step(step).first().orElseThrow().failure();
  }

  @Test
  void whoWaitsIsToldWhatItIsAt() throws Exception {
    List<String> told = new ArrayList<>();
    CheckListener listener =
        new CheckListener() {
          @Override
          public void compiling() {
            told.add("compiling");
          }

          @Override
          public void testing(String step) {
            told.add(step);
          }
        };
    try (Checker checker = new Checker(listener)) {
      checker.run(request("return 1;", "return 2;", true));
    }

    assertThat(told).containsExactly("compiling", "one", "two");
  }

  /** What is told of a check in which the second step was asked for, in order. */
  private static List<String> told(String one, String two, boolean stop) throws Exception {
    List<String> told = new ArrayList<>();
    CheckListener listener =
        new CheckListener() {
          @Override
          public void testing(String step) {
            told.add(step);
          }

          @Override
          public void proved(StepResult asked) {
            told.add(asked.step() + " " + asked.outcome().id());
          }
        };
    try (Checker checker = new Checker(listener)) {
      Verdict verdict = checker.run(request(one, two, "two", stop, !stop));
      verdict.steps().forEach(step -> told.add(step.step() + " is " + step.outcome().id()));
    }
    return told;
  }

  @Test
  void theStepThatWasAskedForComesFirstAndTheEarlierOnesBehindIt() throws Exception {
    for (boolean stop : List.of(true, false)) {
      assertThat(told("return 1;", "return 2;", stop))
          .containsExactly("two", "two passed", "one", "one is passed", "two is passed");
      assertThat(told("return 3;", "return 4;", stop))
          .as("the earlier step is looked at for the cause")
          .containsExactly("two", "two failed", "one", "one is failed", "two is failed");
    }
  }

  @Test
  void aStepIsNotSaidToPassBeforeItsClassIsOver() throws Exception {
    String once = "return calls++ == 0 ? 2 : 3; } static int calls; static void none() {";

    assertThat(told("return 1;", once, true))
        .containsExactly("two", "two failed", "one", "one is passed", "two is failed");
  }

  @Test
  void theEarlierStepsRunThoughTheOneThatWasAskedForBringsTheJvmDown() throws Exception {
    assertThat(told("return 3;", "Runtime.getRuntime().halt(0); return 2;", true))
        .containsExactly("two", "two failed", "one", "one is failed", "two is failed");
  }

  @Test
  void aCheckThatIsCalledOffWhileItCompilesLeavesTheNextOneAsGood() throws Exception {
    check("return 1;", "return 2;");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> check("return 3;", "return 2;"))
        .isInstanceOf(InterruptedException.class);

    Verdict verdict = check("return 1; // and again", "return 2;");

    assertThat(verdict.errors()).as("an interrupt closes the jar that is being read").isEmpty();
    assertThat(verdict.passed()).isTrue();
  }

  @Test
  void ctrlCIsForTheParentAlone() throws Exception {
    Verdict verdict =
        check(
            """
            try {
              String ignored =
                  java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/self/status")).stream()
                      .filter(line -> line.startsWith("SigIgn:"))
                      .findFirst()
                      .orElseThrow();
              return (Long.parseUnsignedLong(ignored.substring(7).strip(), 16) >> 1 & 1) == 1 ? 1 : 0;
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
            """,
            "return 2;");

    assertThat(verdict.passed())
        .as("SIGINT reaches the whole group; a child that dies of it looks like a failing test")
        .isTrue();
  }

  @Test
  void solvedStepsPassInTheOrderOfTheSource() throws Exception {
    Verdict verdict = check("return 1;", "return 2;");

    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.step("one").tests())
        .extracting(TestResult::id, TestResult::title, TestResult::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("OneTest#second", "second", Outcome.PASSED),
            org.assertj.core.groups.Tuple.tuple("OneTest#first", "one is one", Outcome.PASSED));
    assertThat(verdict.gaps()).isEmpty();
  }

  @Test
  void aGapIsNotYetAndItsPlaceIsTold() throws Exception {
    Verdict verdict = check("return 1;", "throw new NotYet(\"two\");");

    assertThat(verdict.step("one").passed()).isTrue();
    assertThat(verdict.step("two").outcome()).isEqualTo(Outcome.NOT_YET);
    assertThat(failureOf(verdict, "two").notYet()).isEqualTo("two");
    assertThat(verdict.gaps()).containsExactly(new Gap("two", Path.of("Toy.java"), "two", 8));
  }

  @Test
  void aGapInAnInitializerIsNotYetTooEvenTheSecondTime() throws Exception {
    Verdict verdict =
        check(
            "return Late.ONE; } static final class Late {"
                + " static final int ONE = of(); static int of() { throw new NotYet(\"one\"); }",
            "return 2;");

    assertThat(verdict.step("one").tests())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.NOT_YET, Outcome.NOT_YET);
  }

  @Test
  void aWrongStepFailsWithItsStoryAndStopsTheOthers() throws Exception {
    Verdict verdict = check("return 3;", "return 2;");

    Failure failure = failureOf(verdict, "one");
    assertThat(failure.trace()).containsExactly("asked for one", "got 3");
    assertThat(failure.expected()).isEqualTo("1");
    assertThat(failure.observed()).isEqualTo("3");
    assertThat(failure.seed()).isEqualTo("5d1c");
    assertThat(verdict.step("two").outcome()).isEqualTo(Outcome.NOT_RUN);
    assertThat(verdict.passed()).isFalse();
  }

  @Test
  void anExceptionTellsWhereItWasThrown() throws Exception {
    Verdict verdict = check("return 1;", "int[] none = {}; return none[2];");

    Failure failure = failureOf(verdict, "two");
    assertThat(failure.message())
        .isEqualTo("ArrayIndexOutOfBoundsException: Index 2 out of bounds for length 0");
    assertThat(failure.frames().getFirst())
        .isEqualTo(new Frame(Path.of("Toy.java"), 8, "Toy", "two", false));
  }

  @Test
  void anEndlessLoopIsStuckAndItsPlaceIsTold() throws Exception {
    Verdict verdict =
        check(
            "if (test.equals(\"first\")) return 1; int i = 0;\nwhile (true)\n { i++;\n }",
            "return 2;");

    assertThat(verdict.step("one").tests())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.STUCK, Outcome.PASSED);
    assertThat(failureOf(verdict, "one").observed())
        .contains("still running after 2 s")
        .containsPattern("(goes round|stands) in Toy.one, lines? [67]");
  }

  @Test
  void anExitIsAFailureAndSaysWhoCalledIt() throws Exception {
    Verdict verdict = check("if (test.equals(\"second\")) System.exit(0); return 1;", "return 2;");

    assertThat(verdict.step("one").tests())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.FAILED, Outcome.PASSED);
    assertThat(failureOf(verdict, "one").observed())
        .isEqualTo("System.exit, called in Toy.one, line 5");
  }

  @Test
  void aHaltIsAFailureToo() throws Exception {
    Verdict verdict = check("Runtime.getRuntime().halt(0); return 1;", "return 2;", false);

    assertThat(verdict.step("one").tests())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.FAILED, Outcome.NOT_RUN);
    assertThat(failureOf(verdict, "one").observed()).isEqualTo("the JVM ended with status 0");
  }

  @Test
  void aCrashOfNativeCodeIsExplained() throws Exception {
    Verdict verdict =
        check(
            "return java.lang.foreign.MemorySegment.ofAddress(64).reinterpret(4)"
                + ".get(java.lang.foreign.ValueLayout.JAVA_INT, 0);",
            "return 2;",
            false);

    assertThat(verdict.step("one").outcome()).isEqualTo(Outcome.CRASH);
    assertThat(failureOf(verdict, "one").observed()).contains("SIGSEGV", "0x0000000000000040");
  }

  @Test
  void aCompileErrorLeavesEveryPlannedTestNotRun() throws Exception {
    Verdict verdict = check("return 1", "return 2;");

    assertThat(verdict.errors()).hasSize(1);
    CompileError error = verdict.errors().getFirst();
    assertThat(error.line()).isEqualTo(5);
    assertThat(error.message()).isEqualTo("';' expected");
    assertThat(error.source().substring((int) error.column() - 1)).isEmpty();
    assertThat(verdict.step("one").tests())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.NOT_RUN, Outcome.NOT_RUN);
    assertThat(verdict.step("two").tests()).hasSize(1);
  }

  @Test
  void whatIsPrintedIsKeptApartByTestAndNeverDisturbs() throws Exception {
    Verdict verdict =
        check(
            "System.out.print(\"of \" + test); try (var raw = new"
                + " java.io.FileOutputStream(\"/dev/fd/1\")) { raw.write(new byte[] {8, 8, 0, 0, 0,"
                + " 1}); } catch (java.io.IOException e) {} return 3;",
            "return 2;");

    assertThat(verdict.step("one").tests())
        .extracting(TestResult::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED);
    assertThat(verdict.step("one").tests().get(0).output()).startsWith("of second");
    assertThat(verdict.step("one").tests().get(1).output()).startsWith("of first");
  }

  @Test
  void aFloodIsClipped() throws Exception {
    Verdict verdict =
        check(
            "for (int i = 0; i < 30_000; i++) System.out.println(\"line \" + i); return 1;",
            "return 2;");

    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.step("one").tests().getFirst().output())
        .startsWith("line 0")
        .contains("bytes left out")
        .endsWith("line 29999")
        .hasSizeLessThan(5_000);
  }

  @Test
  void aGapOnAnotherThreadIsNotYet() throws Exception {
    Verdict verdict =
        check(
            "try { Thread other = new Thread(() -> { throw new NotYet(\"one\"); });"
                + " other.start(); other.join(); } catch (InterruptedException e) {} return 0;",
            "return 2;");

    assertThat(verdict.step("one").outcome()).isEqualTo(Outcome.NOT_YET);
  }

  @Test
  void closingTheStandardDescriptorsDoesNotCutTheLine() throws Exception {
    Verdict verdict =
        check(
            "var linux = new readiness.kernel.Linux(); for (int fd = 0; fd < 4; fd++)"
                + " linux.close(fd); return 1;",
            "return 2;");

    assertThat(verdict.passed()).as("%s", verdict).isTrue();
  }

  @Test
  void closingTheChannelIsAFailureThatSaysSo() throws Exception {
    Verdict verdict =
        check(
            "var linux = new readiness.kernel.Linux(); for (int fd = 4; fd < 40; fd++)"
                + " linux.close(fd); return 1;",
            "return 2;",
            false);

    assertThat(verdict.step("one").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failureOf(verdict, "one").observed()).contains("closes one that is not its own");
  }

  @Test
  void aStepWithoutTestsHasNotPassed() throws Exception {
    Verdict verdict =
        CHECKER.run(
            CheckRequest.ofAll(
                List.of(),
                List.of(),
                List.of(),
                List.of(new StepPlan("none", "toy.NoneTest", LIMIT))));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.step("none").outcome()).isEqualTo(Outcome.NOT_RUN);
  }
}
