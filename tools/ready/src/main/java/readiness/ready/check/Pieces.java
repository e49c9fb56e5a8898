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
 * What a chapter's code stands on besides the kit's kernel and tests, as its pom names it, taken
 * from where this tool has it: the capstone's on the reference pieces, and the tests of a chapter
 * on what others read and write, the oracles.
 */
public final class Pieces {
  private static final Pattern PIECE =
      Pattern.compile("<groupId>\\$\\{pieces}</groupId>\\s*<artifactId>([a-z]+)</artifactId>");

  private static final String ORACLES = "<artifactId>oracles</artifactId>";

  /** One class of each jar of the oracles: the kit's own, and those that it stands on. */
  private static final List<String> ORACLES_NEED =
      List.of(
          "readiness/oracle/package-info",
          "com/google/protobuf/Message",
          "com/fasterxml/jackson/databind/ObjectMapper",
          "com/fasterxml/jackson/core/JsonFactory",
          "com/fasterxml/jackson/annotation/JsonProperty",
          "org/apache/thrift/TBase",
          "org/slf4j/Logger");

  private Pieces() {}

  /**
   * The class path of a chapter: its reference pieces, the oracles of its tests, then its folders
   * of resources.
   *
   * @throws IOException if the chapter's pom cannot be read
   */
  public static List<Path> of(Workbook workbook, Chapter chapter) throws IOException {
    Path lab = workbook.labs().resolve(chapter.id());
    List<Path> paths = new ArrayList<>();
    String pom = Files.readString(lab.resolve("pom.xml"));
    Matcher piece = PIECE.matcher(pom);
    while (piece.find()) {
      paths.add(reference(piece.group(1)));
    }
    if (pom.contains(ORACLES)) {
      ORACLES_NEED.forEach(type -> paths.add(ClassPath.home(type)));
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
