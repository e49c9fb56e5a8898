package readiness.book;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import readiness.course.Malformed;
import readiness.course.Workbook;

/**
 * Makes the book: {@code java -jar book.jar [--if-changed] ROOT [OUT]}.
 *
 * <p>Exit codes: 0 the book stands, 1 something is wrong with it (every fault is named, and the
 * last good book is left in place), 2 the command makes no sense.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar book.jar [--if-changed] ROOT [OUT]
        ROOT          the repository: it holds chapters/ and solutions/
        OUT           the folder for the book; ROOT/target/book if left out
        --if-changed  do nothing when no source is younger than the book
      """;

  private Main() {}

  /** Makes the book and ends the process. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    List<String> folders = new ArrayList<>(arguments);
    boolean ifChanged = folders.remove("--if-changed");
    if (folders.isEmpty()
        || folders.size() > 2
        || folders.stream().anyMatch(each -> each.startsWith("-"))) {
      err.print(USAGE);
      return 2;
    }
    Path root = Path.of(folders.getFirst()).toAbsolutePath().normalize();
    if (!Files.isRegularFile(root.resolve("chapters/course.yaml"))) {
      err.println(root + " is not the repository: it has no chapters/course.yaml");
      return 2;
    }
    Path folder = folders.size() > 1 ? Path.of(folders.get(1)) : root.resolve("target/book");
    try {
      return make(root, folder, ifChanged, out, err);
    } catch (Malformed e) {
      err.println("The book is not made:");
      err.println("  " + new Sources(root).shortened(e.getMessage()));
      return 1;
    } catch (IOException e) {
      err.println("The book is not made: " + e);
      return 1;
    }
  }

  private static int make(
      Path root, Path folder, boolean ifChanged, PrintStream out, PrintStream err)
      throws IOException {
    Shelf shelf = new Shelf(folder);
    if (shelf.isTaken()) {
      err.println(
          folder + " holds something that is not a book. Name another folder, or empty it.");
      return 2;
    }
    if (ifChanged && shelf.isNewerThan(sources(root))) return 0;
    FileTime begun = FileTime.from(Instant.now());
    Workbook workbook = Workbook.around(root);
    Cache cache = Cache.in(shelf.beside("cache"));
    Book book = Book.of(workbook, cache, out::println);
    if (!book.problems().isEmpty()) {
      int many = book.problems().size();
      err.println(
          "The book is not made. "
              + (many == 1 ? "One thing is" : many + " things are")
              + " wrong:");
      book.problems().forEach(problem -> err.println("  " + problem));
      err.println("(" + book.summary() + ")");
      return 1;
    }
    shelf.put(book.files(), begun);
    cache.sweep();
    out.println(book.summary() + ": nothing is missing.");
    out.println("The book is " + folder.resolve("index.html"));
    return 0;
  }

  /** What a book is made from: the text, the code in it, and this generator. */
  private static List<Path> sources(Path root) throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(root.resolve("chapters"));
    try (DirectoryStream<Path> solutions = Files.newDirectoryStream(root.resolve("solutions"))) {
      for (Path solution : solutions) sources.add(solution.resolve("src/main"));
    }
    sources.add(root.resolve(Code.EXPERIMENTS));
    for (Path own : Generator.own()) {
      sources.add(own);
      sources.add(own.resolveSibling("lib"));
    }
    return sources;
  }
}
