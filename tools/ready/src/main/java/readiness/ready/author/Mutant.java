package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import readiness.course.Excuse;
import readiness.course.Malformed;

/**
 * A random mutation of the solution, and how it ended.
 *
 * @param file relative to {@code src/main/java}
 * @param line from 1
 * @param method as the JVM calls it
 * @param mutation what was changed, in PIT's words
 * @param code the line, without what stands before and behind it
 * @param which of several that are alike in all this but for the line, from 1
 * @param status PIT's word for its end
 */
record Mutant(
    String file, int line, String method, String mutation, String code, int which, Status status) {
  /** How a mutant ends. */
  enum Status {
    /** A test failed. */
    KILLED(true),
    /** A test took too long. */
    TIMED_OUT(true),
    /** The JVM died of it. */
    RUN_ERROR(true),
    MEMORY_ERROR(true),
    /** No JVM loads it. */
    NON_VIABLE(true),
    SURVIVED(false),
    /** No test comes there. */
    NO_COVERAGE(false);

    private final boolean noticed;

    Status(boolean noticed) {
      this.noticed = noticed;
    }
  }

  /** Whether the tests have noticed it. */
  boolean isKilled() {
    return status.noticed;
  }

  /** Whether a test has met it and said something about it. */
  boolean wasTried() {
    return status == Status.KILLED || status == Status.SURVIVED || status == Status.TIMED_OUT;
  }

  boolean isMeantBy(Excuse excuse) {
    return excuse.file().equals(file)
        && excuse.method().equals(method)
        && excuse.mutation().equals(mutation)
        && excuse.code().equals(code)
        && excuse.which() == which;
  }

  @Override
  public String toString() {
    return "%s:%d in %s: %s%s%n    %s"
        .formatted(
            file,
            line,
            method,
            mutation,
            (which == 1 ? "" : " (" + which + ")")
                + (status == Status.NO_COVERAGE ? ", no test comes there" : ""),
            code);
  }

  /**
   * Reads PIT's report.
   *
   * @param texts the lines of the sources, by name
   */
  static List<Mutant> read(Path report, Map<String, List<String>> texts) throws IOException {
    record Found(Element element, String file, int line, int index) {}
    List<Found> found = new ArrayList<>();
    NodeList elements = parsed(report).getElementsByTagName("mutation");
    for (int i = 0; i < elements.getLength(); i++) {
      Element each = (Element) elements.item(i);
      String type = text(each, "mutatedClass");
      String folder = type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/');
      found.add(
          new Found(
              each,
              folder + text(each, "sourceFile"),
              Integer.parseInt(text(each, "lineNumber")),
              Integer.parseInt(text(each, "index"))));
    }
    found.sort(
        Comparator.comparing(Found::file).thenComparing(Found::line).thenComparing(Found::index));
    List<Mutant> mutants = new ArrayList<>();
    Map<List<String>, Integer> alike = new HashMap<>();
    for (Found each : found) {
      String method = text(each.element, "mutatedMethod");
      String mutation = text(each.element, "description");
      String code = texts.get(each.file).get(each.line - 1).strip();
      int which = alike.merge(List.of(each.file, method, mutation, code), 1, Integer::sum);
      Status status = Status.valueOf(each.element.getAttribute("status"));
      mutants.add(new Mutant(each.file, each.line, method, mutation, code, which, status));
    }
    return mutants;
  }

  private static Element parsed(Path report) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(report.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own parser is not there", e);
    } catch (SAXException e) {
      throw new Malformed(report, 0, "is not a report: " + e.getMessage());
    }
  }

  private static String text(Element element, String child) {
    return element.getElementsByTagName(child).item(0).getTextContent();
  }
}
