package readiness.ready.author;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import readiness.course.Malformed;
import readiness.course.Workbook;

/**
 * {@code ready author summary}: what a build has tested, from the reports of its tests, and what it
 * has left out. The build calls it at its end.
 */
@Command(
    name = "summary",
    description = "Says what the last build tested, what it skipped and why, and what it left out.")
final class SummaryCommand extends AuthorJob {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Leave out reports from before, such as 2026-01-31T12:00:00Z.")
  private Instant since = Instant.EPOCH;

  @Option(
      names = "--without",
      paramLabel = "TAG",
      split = ",",
      description = "The tags that the build left out, as its profiles are called.")
  private List<String> without = List.of();

  private final Set<Path> modules = new TreeSet<>();
  private final List<String> skipped = new ArrayList<>();
  private int tests;
  private int failed;

  @Override
  int run(Workbook workbook) throws IOException {
    for (Path report : reports(workbook.root())) {
      if (Files.getLastModifiedTime(report).toInstant().compareTo(since) >= 0) {
        modules.add(report.getParent().getParent().getParent());
        add(report);
      }
    }
    out()
        .printf(
            "%d tests in %d modules: %d failed, %d skipped%n",
            tests, modules.size(), failed, skipped.size());
    skipped.forEach(each -> out().println("  skipped: " + each));
    for (String tag : without) {
      String classes = tagged(workbook, tag);
      if (!classes.isEmpty()) {
        out().printf("  left for mvn verify -P%s: %s%n", tag, classes);
      }
    }
    return failed == 0 ? WELL : NOT_WELL;
  }

  private static List<Path> reports(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getParent().endsWith("target/surefire-reports"))
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .sorted()
          .toList();
    }
  }

  private void add(Path report) throws IOException {
    NodeList cases = parsed(report).getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      tests++;
      if (has(test, "failure") || has(test, "error")) {
        failed++;
      }
      if (has(test, "skipped")) {
        Element why = (Element) test.getElementsByTagName("skipped").item(0);
        skipped.add(
            "%s.%s: %s"
                .formatted(
                    test.getAttribute("classname").replaceFirst(".*\\.", ""),
                    test.getAttribute("name"),
                    why.getAttribute("message")));
      }
    }
  }

  private static boolean has(Element test, String kind) {
    return test.getElementsByTagName(kind).getLength() > 0;
  }

  private static Document parsed(Path report) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own parser is not there", e);
    } catch (SAXException e) {
      throw new Malformed(report, 0, "is not a report: " + e.getMessage());
    }
  }

  /** The test classes that carry a tag. */
  private static String tagged(Workbook workbook, String tag) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : JavaFiles.in(workbook)) {
      String text = Files.readString(file);
      if (text.lines().anyMatch(("@Tag(\"" + tag + "\")")::equals)) {
        names.add(file.getFileName().toString().replaceFirst("\\.java$", ""));
      }
    }
    return names.stream().sorted().collect(Collectors.joining(", "));
  }
}
