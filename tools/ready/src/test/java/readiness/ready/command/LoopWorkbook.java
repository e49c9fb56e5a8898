package readiness.ready.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import readiness.course.Chapter;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.author.Starter;

/**
 * A copy of one of this workbook's chapters, the one on epoll unless another is asked for, in which
 * a reader has solved some of the steps.
 */
final class LoopWorkbook {
  private final Workbook original = Workbook.around(Path.of(""));
  private final Chapter chapter;
  private final Path root;

  LoopWorkbook(Path folder) throws IOException {
    this(folder, "epoll");
  }

  LoopWorkbook(Path folder, String chapter) throws IOException {
    this.chapter = original.course().chapter(chapter).orElseThrow();
    root = folder.resolve("my workbook");
    for (String each :
        List.of(
            "chapters/course.yaml",
            "solutions/" + this.chapter.id() + "/src/main",
            "labs/" + this.chapter.id() + "/pom.xml")) {
      copy(each);
    }
  }

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.walk(original.root().resolve(name))) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path to = root.resolve(original.root().relativize(each).toString());
        Files.createDirectories(to.getParent());
        Files.copy(each, to);
      }
    }
  }

  /** Takes away what a reader has written and the tool has noted, but not what was compiled. */
  void forget() throws IOException {
    Path compiled = root.resolve(".ready/classes");
    List<Path> notes =
        List.of(root.resolve(".ready"), root.resolve("labs/" + chapter.id() + "/src"));
    for (Path each : notes.stream().filter(Files::isDirectory).toList()) {
      try (Stream<Path> files = Files.walk(each)) {
        for (Path file :
            files
                .filter(Files::isRegularFile)
                .filter(file -> !file.startsWith(compiled))
                .toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Path root() {
    return root;
  }

  /** As it is when the steps up to {@code last} are solved as the solution does. */
  LoopWorkbook solvedUpTo(String last) throws IOException {
    List<String> steps = chapter.steps().stream().map(Step::id).toList();
    List<String> solved = steps.subList(0, steps.indexOf(last) + 1);
    return write(solved::contains);
  }

  /** As it is before anything is solved. */
  LoopWorkbook unsolved() throws IOException {
    return write(_ -> false);
  }

  private LoopWorkbook write(Predicate<String> solved) throws IOException {
    for (Source each : original.sources(chapter)) {
      Path file = file(each.name());
      Files.createDirectories(file.getParent());
      Files.writeString(file, Starter.keeping(each, solved));
    }
    return this;
  }

  private Path file(String name) {
    return root.resolve("labs").resolve(chapter.id()).resolve("src/main/java").resolve(name);
  }

  /** Replaces a text that is there once. */
  LoopWorkbook changed(String name, String from, String to) throws IOException {
    Path file = file("readiness/epoll/" + name);
    String text = Files.readString(file);
    if (text.indexOf(from) < 0 || text.indexOf(from) != text.lastIndexOf(from)) {
      throw new IllegalStateException(name + " does not have this once: " + from);
    }
    Files.writeString(file, text.replace(from, to));
    return this;
  }

  /** Runs a command line on this workbook. */
  ToyWorkbook.Said ready(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String before = System.setProperty("readiness.root", root.toString());
    try {
      int status = Ready.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
      return new ToyWorkbook.Said(status, out.toString(), err.toString());
    } finally {
      if (before == null) {
        System.clearProperty("readiness.root");
      } else {
        System.setProperty("readiness.root", before);
      }
    }
  }
}
