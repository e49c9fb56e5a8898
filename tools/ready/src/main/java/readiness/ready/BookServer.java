package readiness.ready;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import readiness.course.Workbook;

/** Where the book is, and the note that says where it is being served. */
final class BookServer {
  private BookServer() {}

  /** The book's folder. */
  static Path book(Workbook workbook) {
    return workbook.root().resolve("target").resolve("book");
  }

  private static Path note(Path folder) {
    return folder.resolve("address");
  }

  /** The address of the server that {@code ready start} runs, if it runs; ends with a slash. */
  static Optional<String> running(Path folder) {
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

  /** Notes that this process serves it there. */
  static void note(Path folder, String address) throws IOException {
    WholeFile.write(note(folder), address + " " + ProcessHandle.current().pid() + "\n");
  }

  static void forget(Path folder) {
    try {
      Files.deleteIfExists(note(folder));
    } catch (IOException e) {
      // A note with a dead process in it is not believed.
    }
  }
}
