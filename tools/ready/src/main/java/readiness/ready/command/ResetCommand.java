package readiness.ready.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import readiness.course.Chapter;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.Desk;
import readiness.ready.WholeFile;
import readiness.ready.author.Starter;

/** {@code ready reset}: puts starters back, and keeps what was there. */
@Command(
    name = "reset",
    description = {
      "Puts the starter of a file back, or of all files of a step.",
      "What was there is kept in .ready/attic, and the copy is named."
    })
final class ResetCommand extends Action {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss");

  @Parameters(
      paramLabel = "STEP|FILE",
      description = "A step, or a file under labs/: its path or its name.")
  private String asked = "";

  /**
   * A starter.
   *
   * @param name below src/main/java
   */
  private record Target(Chapter chapter, String name) {}

  @Override
  int run(Desk desk) throws IOException {
    List<Target> targets = targets(desk);
    Path attic = desk.folder().resolve("attic").resolve(LocalDateTime.now().format(STAMP));
    for (Target target : targets) {
      reset(desk, target, attic);
    }
    List<Step> others =
        desk.course().steps().stream()
            .filter(step -> desk.progress().passed(step))
            .filter(step -> targets.stream().anyMatch(target -> has(step, target)))
            .toList();
    for (Step step : others) {
      desk.progress().passed(step, false);
    }
    desk.progress().save();
    if (!others.isEmpty()) {
      desk.screen()
          .paragraph(
              1, "No longer passed: " + String.join(", ", others.stream().map(Step::id).toList()));
    }
    return RIGHT;
  }

  private static boolean has(Step step, Target target) {
    return step.chapter().equals(target.chapter.id()) && step.files().contains(target.name);
  }

  private List<Target> targets(Desk desk) {
    Optional<Step> step = stepOf(desk, asked);
    if (step.isPresent()) {
      Chapter chapter = desk.course().chapter(step.get());
      return step.get().files().stream().map(name -> new Target(chapter, name)).toList();
    }
    List<Target> all = all(desk);
    List<Target> found = all.stream().filter(target -> isAsked(desk, target)).toList();
    if (found.size() == 1) {
      return found;
    }
    if (found.isEmpty()) {
      throw wrong(
          "there is no step, and no file with a starter, named '" + asked + "'.",
          asked,
          Stream.concat(ids(desk.course().steps()), all.stream().map(ResetCommand::simpleName)));
    }
    throw wrong(
        "'%s' is in more than one chapter; name its path.".formatted(asked), "", Stream.of());
  }

  private static List<Target> all(Desk desk) {
    List<Target> all = new ArrayList<>();
    for (Chapter chapter : desk.course().chapters()) {
      Workbook.names(desk.workbook().solution(chapter))
          .forEach(name -> all.add(new Target(chapter, name)));
    }
    return all;
  }

  private boolean isAsked(Desk desk, Target target) {
    Path file = desk.workbook().starter(target.chapter).resolve(target.name);
    Path here = Path.of(asked).toAbsolutePath().normalize();
    Path fromRoot = desk.workbook().root().resolve(asked).normalize();
    return file.equals(here)
        || file.equals(fromRoot)
        || target.name.equals(asked)
        || simpleName(target).equals(asked);
  }

  private static String simpleName(Target target) {
    return target.name.substring(target.name.lastIndexOf('/') + 1);
  }

  private static void reset(Desk desk, Target target, Path attic) throws IOException {
    Path file = desk.workbook().starter(target.chapter).resolve(target.name);
    String starter = Starter.of(desk.workbook().source(target.chapter, target.name));
    if (Files.exists(file)) {
      if (Files.readString(file).equals(starter)) {
        desk.screen().paragraph(1, desk.shown(file) + " is the starter already.");
        return;
      }
      Path kept = free(attic.resolve(target.chapter.id()).resolve(target.name));
      Files.createDirectories(kept.getParent());
      Files.copy(file, kept);
      desk.screen().paragraph(1, "Kept   " + desk.shown(kept));
    }
    WholeFile.write(file, starter);
    desk.screen().paragraph(1, "Reset  " + desk.shown(file));
  }

  /** Two resets within a second must not meet. */
  private static Path free(Path wanted) {
    Path free = wanted;
    for (int i = 2; Files.exists(free); i++) {
      free = wanted.resolveSibling(wanted.getFileName() + "." + i);
    }
    return free;
  }
}
