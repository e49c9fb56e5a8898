package readiness.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left of a report, in whose columns and indentation the order of events is. */
class ScheduleTest {
  private static final List<String> NAMES = List.of("then", "giver", "loop");

  private static List<String> read(String rows) {
    return Schedule.read(
        "= Concurrent test failed =\n\nDetailed trace:\n" + rows, NAMES, ScheduleTest.class);
  }

  @Test
  void onlyTheTestsPackageIsTold() {
    List<String> lines =
        read(
            """
            | Main Thread | Thread 1                                                | Thread 2 |
            |             | run()                                                   |          |
            |             |   box.put(7) at ScheduleTest.a(ScheduleTest.java:3)     |          |
            |             |     q.add(7): true at StepTest.b(StepTest.java:4)       |          |
            |             |       offer(7): true at ArrayDeque.c(ArrayDeque.java:5) |          |
            |             |   loop(2 iterations) at StepTest.b(StepTest.java:6)     |          |
            |             |     size ➜ 1 at StepTest.b(StepTest.java:7)             |          |
            """);

    assertThat(lines)
        .containsExactly(
            "giver  box.put(7)          ScheduleTest.java:3",
            "giver    q.add(7) → true   StepTest.java:4",
            "giver  size → 1            StepTest.java:7");
  }

  @Test
  void aCallThatAnotherThreadComesBetweenIsToldInTwoLines() {
    List<String> lines =
        read(
            """
            | Main Thread | Thread 1                                            | Thread 2                                      |
            |             | q.add(7): true at StepTest.b(StepTest.java:4)       |                                               |
            |             |   offer(7): true at ArrayDeque.c(ArrayDeque.java:5) |                                               |
            |             |     switch                                          |                                               |
            |             |                                                     | q.poll(): null at StepTest.d(StepTest.java:8) |
            |             |     tail = 1 at ArrayDeque.c(ArrayDeque.java:6)     |                                               |
            """);

    assertThat(lines)
        .containsExactly(
            "giver  q.add(7) …          StepTest.java:4",
            "loop   q.poll() → null     StepTest.java:8",
            "giver  … q.add(7) → true   StepTest.java:4");
  }

  @Test
  void aReportWithoutATraceLeavesNothing() {
    assertThat(Schedule.read("no trace", NAMES, ScheduleTest.class)).isEmpty();
  }
}
