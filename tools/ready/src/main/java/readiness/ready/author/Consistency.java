package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import readiness.course.Chapter;
import readiness.course.Excuse;
import readiness.course.Excuses;
import readiness.course.Hint;
import readiness.course.Malformed;
import readiness.course.Mistake;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;

/**
 * Whether every step is whole: section, test, regions, starter, hints and mistakes stand and agree
 * with course.yaml and with each other; and whether the links between the pages that a forge shows
 * lead somewhere.
 *
 * <p>Gathers all that is wrong, since one fault often has several ends.
 */
final class Consistency {
  private static final int LEAST_HINTS = 2;
  private static final int LEAST_MISTAKES = 2;

  /** A link or picture of AsciiDoc to something in the repository. */
  private static final Pattern LINK =
      Pattern.compile("(?:link:|xref:|image::?)([^\\[\\s:{#]+)(?:#[^\\[]*)?\\[");

  private final Workbook workbook;
  private final List<String> problems = new ArrayList<>();

  private Consistency(Workbook workbook) {
    this.workbook = workbook;
  }

  /** What is wrong, one line for each, beginning with the file; empty if nothing is. */
  static List<String> problems(Workbook workbook) throws IOException {
    Consistency consistency = new Consistency(workbook);
    for (Chapter chapter : workbook.course().chapters()) {
      consistency.chapter(chapter);
    }
    consistency.tolerating(consistency::excuses);
    consistency.links();
    return List.copyOf(consistency.problems);
  }

  private void chapter(Chapter chapter) throws IOException {
    Path text = workbook.text(chapter).resolve("chapter.adoc");
    require(text, "is missing: every chapter has its text");
    for (Step step : chapter.steps()) {
      section(step, text);
      hints(step);
      test(chapter, step);
    }
    tolerating(() -> code(chapter, workbook.sources(chapter)));
    Set<String> steps = chapter.steps().stream().map(Step::id).collect(Collectors.toSet());
    strangers(workbook.text(chapter).resolve("hints"), ".adoc", steps::contains);
    strangers(
        workbook.solution(chapter).resolve("../../../mistakes").normalize(), "", steps::contains);
    strayTests(chapter);
  }

  private void section(Step step, Path chapterText) throws IOException {
    Path section = workbook.section(step);
    if (!require(section, "is missing: the section of step " + step.id())) {
      return;
    }
    String text = Files.readString(section);
    if (!text.contains("[#" + step.id() + "]\n== " + step.title() + "\n")) {
      report(section, "should begin with '[#%s]' and '== %s'".formatted(step.id(), step.title()));
    }
    if (Files.exists(chapterText)
        && !Files.readString(chapterText).contains("include::" + step.id() + ".adoc[")) {
      report(chapterText, "does not include %s.adoc".formatted(step.id()));
    }
  }

  private void hints(Step step) {
    tolerating(() -> {
      Path file = workbook.hints(step);
      List<Hint> hints = Hint.read(file);
      if (hints.size() < LEAST_HINTS) {
        report(file, "has %d of at least %d hints".formatted(hints.size(), LEAST_HINTS));
      }
      for (Hint hint : hints) {
        if (!hint.question().endsWith("?")) {
          report(file, hint.line(), "'%s' is not a question".formatted(hint.question()));
        }
      }
    });
  }

  private void test(Chapter chapter, Step step) throws IOException {
    Path file = workbook.test(step);
    if (!step.test().startsWith(chapter.packageName() + ".")) {
      report(file, "is not in the chapter's package " + chapter.packageName());
    }
    if (!require(file, "is missing: the test of step " + step.id())) {
      return;
    }
    String text = Files.readString(file);
    for (String mark : List.of("@Step(\"" + step.id() + "\")", "@Tag(\"" + step.id() + "\")")) {
      if (!text.contains(mark)) {
        report(file, "is not marked " + mark);
      }
    }
    if (text.contains("Interleavings.") != step.modelChecked()) {
      report(
          file,
          step.modelChecked()
              ? "tries no Interleavings, but course.yaml says 'model-checked: true'"
              : "tries Interleavings, so course.yaml should say 'model-checked: true'");
    }
    Matcher other = Pattern.compile("@(?:Step|Tag)\\(\"([^\"]*)\"\\)").matcher(text);
    while (other.find()) {
      if (!other.group(1).equals(step.id())) {
        report(file, "is marked %s, but proves step %s".formatted(other.group(), step.id()));
      }
    }
  }

  private void code(Chapter chapter, List<Source> sources) {
    for (Step step : chapter.steps()) {
      regions(chapter, step, sources);
      tolerating(() -> mistakes(step, sources));
    }
  }

  private void regions(Chapter chapter, Step step, List<Source> sources) {
    Path course = workbook.root().resolve("chapters/course.yaml");
    for (String name : step.files()) {
      Optional<Source> source =
          sources.stream().filter(each -> each.name().equals(name)).findFirst();
      if (source.isEmpty()) {
        report(course, "step %s: no file %s in the solution".formatted(step.id(), name));
      } else if (source.get().regions(step.id()).isEmpty()) {
        report(source.get().file(), "has no region of step " + step.id());
      }
      require(workbook.starter(chapter).resolve(name), "is missing; run ./ready author starters");
    }
    for (Source source : sources) {
      if (!source.regions(step.id()).isEmpty() && !step.files().contains(source.name())) {
        report(course, "step %s: 'files' lacks %s".formatted(step.id(), source.name()));
      }
    }
  }

  private void mistakes(Step step, List<Source> sources) throws IOException {
    List<Mistake> mistakes = Mistake.readAll(workbook.mistakes(step));
    if (mistakes.size() < LEAST_MISTAKES) {
      report(
          workbook.mistakes(step),
          "has %d of at least %d mistakes".formatted(mistakes.size(), LEAST_MISTAKES));
    }
    for (Mistake mistake : mistakes) {
      if (!mistake.step().equals(step.id())) {
        report(mistake.file(), "says step " + mistake.step() + ", but lies with " + step.id());
      }
      caughtBy(mistake, step);
      tolerating(() -> mistake.apply(new CompleteSolution(sources)));
    }
  }

  /** Whether the lines are there that excused mutants change. */
  private void excuses() throws IOException {
    Excuses excuses = Excuses.of(workbook);
    for (Excuse excuse : excuses.all()) {
      Chapter chapter =
          workbook.course().chapters().stream()
              .filter(each ->
                  each.id().equals(excuse.ground())
                      || each.steps().stream().anyMatch(s -> s.id().equals(excuse.ground())))
              .findFirst()
              .orElseThrow();
      Path file = workbook.solution(chapter).resolve(excuse.file());
      if (!Files.exists(file)) {
        report(excuses.file(), excuse.line(), "excuses a mutant in no file: " + excuse.file());
      } else if (Files.readAllLines(file).stream()
          .noneMatch(l -> l.strip().equals(excuse.code()))) {
        report(
            excuses.file(),
            excuse.line(),
            "excuses a mutant in a line that %s has not: %s"
                .formatted(excuse.file(), excuse.code()));
      }
    }
  }

  private void caughtBy(Mistake mistake, Step step) throws IOException {
    String test = step.test().substring(step.test().lastIndexOf('.') + 1);
    if (!mistake.test().equals(test)) {
      report(mistake.file(), "'caught-by' should name %s, the test of its step".formatted(test));
      return;
    }
    Path file = workbook.test(step);
    if (mistake.method() != null
        && Files.exists(file)
        && !Files.readString(file).contains("void " + mistake.method() + "(")) {
      report(mistake.file(), "%s has no method %s".formatted(test, mistake.method()));
    }
  }

  /** Files or folders that belong to no step. */
  private void strangers(Path folder, String ending, Predicate<String> known) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(each -> ending.isEmpty() == Files.isDirectory(each)).sorted().toList()) {
        String name = file.getFileName().toString();
        if (!known.test(name.substring(0, name.length() - ending.length()))) {
          report(file, "belongs to no step of course.yaml");
        }
      }
    }
  }

  private void strayTests(Chapter chapter) throws IOException {
    Path root = workbook.tests(chapter);
    List<Path> known = chapter.steps().stream().map(workbook::test).toList();
    for (String name : Workbook.names(root)) {
      Path file = root.resolve(name);
      if (!known.contains(file) && Files.readString(file).contains("@Step(")) {
        report(file, "is marked @Step, but no step of course.yaml names it");
      }
    }
  }

  private void links() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(workbook.root());
        Stream<Path> docs = docs()) {
      Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".adoc"))
          .forEach(pages::add);
    }
    require(workbook.root().resolve("README.adoc"), "is missing");
    for (Path page : pages.stream().sorted().toList()) {
      int number = 0;
      for (String line : Files.readAllLines(page)) {
        number++;
        Matcher link = LINK.matcher(line);
        while (link.find()) {
          if (!Files.exists(page.resolveSibling(link.group(1)))) {
            report(page, number, "leads to %s, which is not there".formatted(link.group(1)));
          }
        }
      }
    }
  }

  private Stream<Path> docs() throws IOException {
    Path docs = workbook.root().resolve("docs");
    return Files.isDirectory(docs) ? Files.walk(docs) : Stream.empty();
  }

  private boolean require(Path file, String otherwise) {
    if (!Files.exists(file)) {
      report(file, otherwise);
    }
    return Files.exists(file);
  }

  private void report(Path file, String what) {
    report(file, 0, what);
  }

  private void report(Path file, int line, String what) {
    problems.add(new Malformed(workbook.shown(file), line, what).getMessage());
  }

  /** Takes down a malformed file and goes on. */
  private void tolerating(Check check) {
    try {
      check.run();
    } catch (Malformed e) {
      report(e.file(), e.line(), e.what());
    } catch (IOException e) {
      problems.add(String.valueOf(e));
    }
  }

  @FunctionalInterface
  private interface Check {
    void run() throws IOException;
  }
}
