package readiness.ready.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import readiness.course.Step;
import readiness.course.Workbook;
import readiness.ready.Desk;
import readiness.ready.WholeFile;

/** Where the book is, and the note that says where it is being served. */
public final class BookServer {
  private BookServer() {}

  /** The book's folder. */
  public static Path book(Workbook workbook) {
    return workbook.root().resolve("target").resolve("book");
  }

  private static Path note(Path folder) {
    return folder.resolve("address");
  }

  /** The address of the server that {@code ready start} runs, if it runs; ends with a slash. */
  public static Optional<String> running(Path folder) {
    try {
      String[] fields = Files.readString(note(folder)).strip().split(" ");
      boolean alive =
          fields.length == 2
              && ProcessHandle.of(Long.parseLong(fields[1]))
                  .map(ProcessHandle::isAlive)
                  .orElse(false);
      return alive ? Optional.of(fields[0]) : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Where the step's section can be read: on the server if it runs, else as a file. */
  public static String address(Desk desk, Step step) {
    String page = step.chapter() + "/" + step.id() + ".html";
    Optional<String> server = running(desk.folder());
    if (server.isPresent()) {
      return server.get() + page;
    }
    Path file = book(desk.workbook()).resolve(page);
    return Files.exists(file) ? file.toUri().toString() : desk.shown(desk.workbook().section(step));
  }

  /** Notes that this process serves it there. */
  public static void note(Path folder, String address) throws IOException {
    WholeFile.write(note(folder), address + " " + ProcessHandle.current().pid() + "\n");
  }

  /** Takes the note away. */
  public static void forget(Path folder) {
    try {
      Files.deleteIfExists(note(folder));
    } catch (IOException e) {
      // A note with a dead process in it is not believed.
    }
  }
}
