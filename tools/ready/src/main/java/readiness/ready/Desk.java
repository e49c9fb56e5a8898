package readiness.ready;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import readiness.course.Chapter;
import readiness.course.Course;
import readiness.course.Step;
import readiness.course.Workbook;

/**
 * What a reader's commands work with.
 *
 * @param workbook the folders
 * @param progress what has been reached
 * @param screen what the reader sees
 */
public record Desk(Workbook workbook, Progress progress, Screen screen) {

  /** The desk in the workbook that the launcher belongs to, else in the one around us. */
  public static Desk open(PrintWriter out) {
    Workbook workbook = Workbook.around(Path.of(System.getProperty("readiness.root", "")));
    return new Desk(workbook, new Progress(folder(workbook)), Screen.of(out));
  }

  /** The same desk with the progress that is on the disk now: another terminal may have written. */
  public Desk anew() {
    return new Desk(workbook, new Progress(folder()), screen);
  }

  private static Path folder(Workbook workbook) {
    return workbook.root().resolve(".ready");
  }

  /** Where the tool keeps what is the reader's: progress, the attic, the book. */
  public Path folder() {
    return folder(workbook);
  }

  /** Where compiled classes are kept from one check to the next. */
  public Path classes() {
    return folder().resolve("classes");
  }

  /** The course that is being worked through. */
  public Course course() {
    return workbook.course();
  }

  /** The step to work on: the first that has not passed and is not optional. */
  public Optional<Step> current() {
    return course().steps().stream()
        .filter(step -> !step.optional() && !progress.passed(step))
        .findFirst();
  }

  /** The step behind this one that has not passed; optional ones count only within a chapter. */
  public Optional<Step> next(Step step) {
    List<Step> steps = course().steps();
    return steps.stream()
        .skip(steps.indexOf(step) + 1L)
        .filter(each -> !progress.passed(each) && !each.optional())
        .findFirst()
        .or(this::current);
  }

  /** What {@code check STEP} proves: the steps of the chapter as far as this one. */
  public List<Step> asFarAs(Step step) {
    Chapter chapter = course().chapter(step);
    int last = chapter.steps().indexOf(step);
    return IntStream.rangeClosed(0, last)
        .mapToObj(chapter.steps()::get)
        .filter(each -> !each.optional() || each.equals(step) || progress.passed(each))
        .toList();
  }

  /** A path as readers see it. */
  public String shown(Path path) {
    return workbook.shown(path).toString();
  }
}
