package readiness.ready.author;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import readiness.course.Workbook;

/** The Java files of the workbook that people write. */
final class JavaFiles {
  private JavaFiles() {}

  /**
   * All that are not generated, in order of name: no {@code target}, no folder whose name begins
   * with a dot, no resources of tests (which may be wrong on purpose), and no starters, which are
   * generated first and then a reader's to lay out.
   */
  static List<Path> in(Workbook workbook) throws IOException {
    Set<Path> starters =
        workbook.course().chapters().stream().map(workbook::starter).collect(Collectors.toSet());
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        workbook.root(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                name.equals("target")
                    || name.startsWith(".")
                    || folder.endsWith("src/test/resources")
                    || starters.contains(folder);
            return skipped && !folder.equals(workbook.root())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
