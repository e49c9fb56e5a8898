package readiness.ready;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import readiness.course.Chapter;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.check.CheckRequest;
import readiness.ready.check.Pieces;
import readiness.ready.check.SourceText;
import readiness.ready.check.StepPlan;
import readiness.testing.Seeds;

/**
 * Steps of one chapter that are to be proven together.
 *
 * @param chapter the chapter
 * @param steps of it, in order
 * @param asked the one of them that was asked for, and is proven first; null if it was all of them
 */
public record Examination(Chapter chapter, List<Step> steps, @Nullable Step asked) {

  /**
   * The steps, by chapters.
   *
   * @param asked the one of them that was asked for; null if it was all of them
   */
  public static List<Examination> of(Desk desk, List<Step> steps, @Nullable Step asked) {
    Map<Chapter, List<Step>> chapters = new LinkedHashMap<>();
    for (Step step : steps) {
      chapters.computeIfAbsent(desk.course().chapter(step), _ -> new ArrayList<>()).add(step);
    }
    return chapters.entrySet().stream()
        .map(each ->
            new Examination(
                each.getKey(), each.getValue(), each.getValue().contains(asked) ? asked : null))
        .toList();
  }

  /**
   * The request for it.
   *
   * @param solution whether the solution stands in for the reader's code
   * @param seed the one seed; null for all
   * @param complete whether to run what can be run, instead of stopping where something fails
   */
  public CheckRequest request(
      Workbook workbook, boolean solution, @Nullable String seed, boolean complete)
      throws IOException {
    return new CheckRequest(
        code(workbook, chapter, solution),
        tests(workbook),
        Pieces.of(workbook, chapter),
        steps.stream().map(StepPlan::of).toList(),
        asked == null ? null : asked.id(),
        seed == null ? Map.of() : Map.of(Seeds.PROPERTY, seed),
        !complete,
        complete);
  }

  /** The chapter's code: the reader's, or the solution's in its place. */
  public static List<SourceText> code(Workbook workbook, Chapter chapter, boolean solution)
      throws IOException {
    return solution
        ? workbook.sources(chapter).stream().map(Examination::text).toList()
        : SourceText.under(workbook.starter(chapter));
  }

  /**
   * The tests of these steps, what they share, and the tests of other steps whose stories they tell
   * again. What is left would only cost time.
   */
  private List<SourceText> tests(Workbook workbook) throws IOException {
    Set<String> others =
        chapter.steps().stream()
            .filter(step -> !steps.contains(step))
            .map(step -> step.test().replace('.', '/') + ".java")
            .collect(Collectors.toSet());
    Map<Boolean, List<SourceText>> all =
        SourceText.under(workbook.tests(chapter)).stream()
            .collect(Collectors.partitioningBy(source -> others.contains(source.name())));
    List<SourceText> tests = new ArrayList<>(all.get(false));
    List<SourceText> left = new ArrayList<>(all.get(true));
    for (int i = 0; i < tests.size(); i++) {
      String text = tests.get(i).text();
      List<SourceText> told = left.stream().filter(each -> text.contains(call(each))).toList();
      tests.addAll(told);
      left.removeAll(told);
    }
    return tests;
  }

  /** How a call of a static method begins there. */
  private static String call(SourceText test) {
    String name = test.name();
    return name.substring(name.lastIndexOf('/') + 1, name.length() - ".java".length()) + ".";
  }

  private static SourceText text(Source source) {
    return new SourceText(source.name(), source.file(), source.complete());
  }
}
