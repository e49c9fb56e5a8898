package readiness.ready.check;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of compiling a chapter. It never changes, so several threads may compile what differs
 * from it.
 */
public final class Compilation {
  private final List<CompileError> errors;
  private final List<CompiledUnit> main;
  private final List<CompiledUnit> tests;
  private final List<CompiledUnit> others;
  private final String ground;

  /**
   * @param errors why there are no classes; empty if there are
   * @param main the code under test, in the order of the sources
   * @param tests its tests, likewise
   * @param others tests that were not asked for this time and are as good as before
   * @param ground what it was compiled on, as {@link ClassPath#ground} says it
   */
  Compilation(
      List<CompileError> errors,
      List<CompiledUnit> main,
      List<CompiledUnit> tests,
      List<CompiledUnit> others,
      String ground) {
    this.errors = List.copyOf(errors);
    this.main = List.copyOf(main);
    this.tests = List.copyOf(tests);
    this.others = List.copyOf(others);
    this.ground = ground;
  }

  List<CompileError> errors() {
    return errors;
  }

  List<CompiledUnit> main() {
    return main;
  }

  List<CompiledUnit> tests() {
    return tests;
  }

  List<CompiledUnit> others() {
    return others;
  }

  /** Whether the other one holds the very same units, in whatever order. */
  boolean isSameAs(Compilation other) {
    return ground.equals(other.ground) && all().equals(other.all());
  }

  private Set<CompiledUnit> all() {
    return Stream.concat(units(), others.stream()).collect(Collectors.toSet());
  }

  String ground() {
    return ground;
  }

  private Stream<CompiledUnit> units() {
    return Stream.concat(main.stream(), tests.stream());
  }

  /** All classes, by binary name. */
  Map<String, byte[]> classes() {
    return classes(units());
  }

  static Map<String, byte[]> classes(Stream<CompiledUnit> units) {
    Map<String, byte[]> classes = new HashMap<>();
    units.forEach(unit -> classes.putAll(unit.classes()));
    return classes;
  }

  /** The tests by the top-level class that declares them, in the order of the sources. */
  Map<String, List<PlannedTest>> planned() {
    return units()
        .flatMap(unit -> unit.tests().stream())
        .collect(
            Collectors.groupingBy(PlannedTest::topClass, LinkedHashMap::new, Collectors.toList()));
  }

  /** What is still to be written, in the order of the sources. */
  List<Gap> gaps() {
    return units().flatMap(unit -> unit.gaps().stream()).toList();
  }
}
