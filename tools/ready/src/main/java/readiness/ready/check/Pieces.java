package readiness.ready.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import readiness.course.Chapter;
import readiness.course.Workbook;

/**
 * What a chapter's code stands on besides the kit. Only the capstone's stands on anything: the
 * reference pieces, which its pom names, taken from where this tool has them.
 */
public final class Pieces {
  private static final Pattern PIECE =
      Pattern.compile("<groupId>\\$\\{pieces}</groupId>\\s*<artifactId>([a-z]+)</artifactId>");

  private Pieces() {}

  /**
   * The class path of a chapter: its reference pieces, then its folders of resources.
   *
   * @throws IOException if the chapter's pom cannot be read
   */
  public static List<Path> of(Workbook workbook, Chapter chapter) throws IOException {
    Path lab = workbook.labs().resolve(chapter.id());
    List<Path> paths = new ArrayList<>();
    Matcher piece = PIECE.matcher(Files.readString(lab.resolve("pom.xml")));
    while (piece.find()) {
      paths.add(reference(piece.group(1)));
    }
    for (String resources : List.of("src/main/resources", "src/test/resources")) {
      if (Files.isDirectory(lab.resolve(resources))) {
        paths.add(lab.resolve(resources));
      }
    }
    return paths;
  }

  /** The jar or folder of a reference piece; a piece has its package's name. */
  private static Path reference(String piece) {
    return ClassPath.home("readiness/" + piece + "/package-info");
  }
}
