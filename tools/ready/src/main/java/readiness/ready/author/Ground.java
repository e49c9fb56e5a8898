package readiness.ready.author;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.course.Chapter;
import readiness.course.Region;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;

/**
 * Where random mutations are made, and which tests are to notice them.
 *
 * <p>A mutant belongs to the step in whose region it lies, and what a check of that step runs is to
 * notice it: its tests and those of the steps before. What lies in no region is given; it belongs
 * to the chapter, and any test of it may notice. Lines and not classes divide them, since several
 * steps write in one class.
 *
 * @param name the step's id, or the chapter's for what is given
 * @param spans the lines, in the order of the files
 * @param tests full names of the test classes
 */
record Ground(String name, Chapter chapter, List<Span> spans, List<String> tests) {
  /**
   * Lines of a file.
   *
   * @param file relative to {@code src/main/java}
   * @param first from 1
   * @param last itself included
   */
  record Span(String file, int first, int last) {
    @Override
    public String toString() {
      return file + ":" + first + "-" + last;
    }
  }

  /** The grounds of a chapter: its steps in order, then what is given. */
  static List<Ground> of(Workbook workbook, Chapter chapter, Set<String> modelChecked) {
    List<Source> sources =
        workbook.sources(chapter).stream()
            .filter(source -> !modelChecked.contains(source.name()))
            .toList();
    List<Ground> grounds = new ArrayList<>();
    List<String> tests = new ArrayList<>();
    for (Step step : chapter.steps()) {
      if (!step.modelChecked()) {
        tests.add(step.test());
        List<Span> spans = sources.stream().flatMap(source -> written(source, step)).toList();
        grounds.add(new Ground(step.id(), chapter, spans, List.copyOf(tests)));
      }
    }
    List<Span> given = sources.stream().flatMap(source -> given(source).stream()).toList();
    grounds.add(new Ground(chapter.id(), chapter, given, allTests(workbook, chapter)));
    return grounds.stream().filter(ground -> !ground.spans().isEmpty()).toList();
  }

  private static Stream<Span> written(Source source, Step step) {
    return source.regions(step.id()).stream()
        .map(region -> new Span(source.name(), region.opens(), region.closes()));
  }

  private static List<Span> given(Source source) {
    List<Span> given = new ArrayList<>();
    int next = 1;
    for (Region region : source.regions()) {
      given.add(new Span(source.name(), next, region.opens()));
      next = region.closes();
    }
    given.add(new Span(source.name(), next, Integer.MAX_VALUE));
    return given;
  }

  private static List<String> allTests(Workbook workbook, Chapter chapter) {
    Set<String> slow =
        chapter.steps().stream()
            .filter(Step::modelChecked)
            .map(Step::test)
            .collect(Collectors.toSet());
    return Stream.of(workbook.tests(chapter), workbook.testsOfTheGiven(chapter))
        .flatMap(root -> Workbook.names(root).stream())
        .filter(name -> name.endsWith("Test.java"))
        .map(name -> name.replaceFirst("\\.java$", "").replace('/', '.'))
        .filter(name -> !slow.contains(name))
        .toList();
  }

  /** The classes whose sources have a part in it, as PIT's patterns. */
  Set<String> classes() {
    return spans.stream()
        .map(span -> span.file().replaceFirst("\\.java$", "").replace('/', '.'))
        .flatMap(name -> Stream.of(name, name + "$*"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
