package readiness.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import readiness.kernel.Finding;
import readiness.testing.Seeds;

/**
 * Plays every scenario on the simulation and on the kernel of this machine, and compares all that
 * can be observed: results, errnos, events with their flags, order and tokens, data.
 */
class ConformanceTest {
  private static final int VARIATIONS = 40;

  /** So often must the kernel differ from the simulation before it is a finding. */
  private static final int TRIES = 4;

  private static int variations;
  private static long observations;
  private static long events;

  static List<Scenario> scenarios() {
    List<Scenario> all = new ArrayList<>();
    all.addAll(Listening.all());
    all.addAll(Connecting.all());
    all.addAll(Transfer.all());
    all.addAll(Ending.all());
    all.addAll(Watching.all());
    all.addAll(Descriptors.all());
    all.addAll(RandomWalk.all());
    return all;
  }

  @TestFactory
  Stream<DynamicTest> behavesAsTheKernelDoes() {
    return scenarios().stream().map(each -> dynamicTest(each.name(), () -> compare(each)));
  }

  private static void compare(Scenario scenario) {
    // Once for nothing: classes that are loaded on the way open descriptors of their own.
    play(scenario, Kernel.real(), 0);
    Seeds.each(VARIATIONS, seed -> compare(scenario, seed));
  }

  /**
   * Holds one against the other. On a machine that is busy, the kernel may take longer over
   * something than a scenario waits for it, an acknowledgement for instance. Such a difference goes
   * away when the variation is played again; one between the kernels does not.
   */
  private static void compare(Scenario scenario, long seed) {
    World simulated = play(scenario, Kernel.simulated(seed), seed);
    World real = play(scenario, Kernel.real(), seed);
    for (int again = 1;
        again < TRIES && !simulated.observations().equals(real.observations());
        again++) {
      real = play(scenario, Kernel.real(), seed);
    }
    hold(scenario, simulated.observations(), real.observations());
    variations++;
    observations += real.observations().size();
    events += real.events();
  }

  private static World play(Scenario scenario, Kernel kernel, long seed) {
    World world = new World(kernel, seed);
    try (world) {
      scenario.play().on(world);
    }
    return world;
  }

  private static void hold(Scenario scenario, List<String> simulated, List<String> real) {
    int length = Math.min(simulated.size(), real.size());
    int same = 0;
    while (same < length && simulated.get(same).equals(real.get(same))) {
      same++;
    }
    if (same == simulated.size() && same == real.size()) {
      return;
    }
    throw new Finding(
        real.subList(0, same),
        "step %d of “%s” on the kernel: %s".formatted(same + 1, scenario.name(), at(real, same)),
        "on the simulation: " + at(simulated, same));
  }

  private static String at(List<String> observations, int index) {
    return index < observations.size() ? observations.get(index) : "nothing more";
  }

  @Test
  void theBooksTableOfEndingsIsTrueOnBoth() {
    for (Kernel kernel : List.of(Kernel.simulated(0), Kernel.real())) {
      List<String> flags =
          play(new Scenario("the table of endings", Ending::table), kernel, 0)
              .observations()
              .stream()
              .filter(each -> each.startsWith("epoll_wait"))
              .map(each -> each.replaceAll(".*→ ", ""))
              .toList();
      Assertions.assertThat(flags)
          .containsExactly(
              "1 0x2001 of 1",
              "1 0x1 of 1",
              "0",
              "1 0x2011 of 1",
              "1 0x11 of 1",
              "1 0x10 of 1",
              "1 0x2019 of 1",
              "1 0x19 of 1",
              "1 0x18 of 1");
    }
  }

  @Test
  void thereAreEnoughScenariosAndTheyHaveNamesOfTheirOwn() {
    Assertions.assertThat(scenarios()).hasSizeGreaterThanOrEqualTo(60);
    Assertions.assertThat(scenarios().stream().map(Scenario::name)).doesNotHaveDuplicates();
  }

  @AfterAll
  static void sum() {
    System.out.printf(
        "Conformance: %d scenarios, %,d variations, %,d observations, %,d of them events,"
            + " equal on the simulation and on Linux %s%n",
        scenarios().size(), variations, observations, events, System.getProperty("os.version"));
  }
}
