package readiness.ready.author;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import readiness.course.Chapter;
import readiness.course.Workbook;

/**
 * All that the outcome of a chapter's trials can depend on, and digests of what one of them does.
 *
 * <p>Taken from the sources and not from classes, which every compiler writes in its own way; and
 * from what the sources name and not from what one run has loaded. What is named holds what is
 * loaded: a class that no source on the way names cannot be reached. So a digest that is the same
 * says that the outcome is, and one that has changed says only that it may be another.
 */
final class Footing {
  /** To be raised when trials are judged by other rules: then nothing counts as proven any more. */
  private static final String RULES = "1";

  private static final int DIGITS = 16;

  /** A source, whose file has the name of its class. */
  private record Node(String simpleName, String packageName, JavaText text) {
    boolean uses(Node other) {
      return text.names(other.simpleName)
          && (packageName.equals(other.packageName) || text.namesPackage(other.packageName));
    }
  }

  /**
   * By the name of the source; of the chapter's, the kit's, its tests' and the other solutions'.
   */
  private final Map<String, Node> nodes = new TreeMap<>();

  private final String resources;

  Footing(Workbook workbook, Chapter chapter) throws IOException {
    for (String kit : List.of("kernel", "testing")) {
      add(workbook.labs().resolve("kit").resolve(kit).resolve("src/main/java"));
    }
    for (Chapter each : workbook.course().chapters()) {
      add(workbook.solution(each));
    }
    add(workbook.tests(chapter));
    Path lab = workbook.labs().resolve(chapter.id());
    resources = files(lab.resolve("src/main/resources")) + files(lab.resolve("src/test/resources"));
  }

  private void add(Path root) throws IOException {
    for (String name : Workbook.names(root)) {
      nodes.put(name, node(name, Files.readString(root.resolve(name))));
    }
  }

  private static Node node(String name, String text) {
    int slash = name.lastIndexOf('/');
    String simpleName = name.substring(slash + 1).replaceFirst("\\.java$", "");
    String folder = slash < 0 ? "" : name.substring(0, slash);
    return new Node(simpleName, folder.replace('/', '.'), JavaText.of(text));
  }

  /** The files below a folder with digests of their bytes. */
  private static String files(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return "";
    }
    StringBuilder list = new StringBuilder();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        list.append(root.relativize(each) + " " + hex(Files.readAllBytes(each)) + "\n");
      }
    }
    return list.toString();
  }

  /**
   * The digest of a trial.
   *
   * @param facts what it asks besides, in a fixed order
   * @param tests the test classes that it runs, with their packages
   * @param changed the texts that it puts in the place of sources, by name
   */
  String digest(List<String> facts, Collection<String> tests, Map<String, String> changed) {
    Map<String, Node> texts = new TreeMap<>(nodes);
    changed.forEach((name, text) -> texts.put(name, node(name, text)));
    List<String> roots = new ArrayList<>(changed.keySet());
    tests.forEach(test -> roots.add(test.replace('.', '/') + ".java"));
    StringBuilder all = new StringBuilder(RULES + "\n" + String.join("\n", facts) + "\n");
    reached(texts, roots)
        .forEach((name, node) -> all.append(name + "\n" + node.text.code() + "\n"));
    all.append(resources);
    return hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }

  /** The sources that some of them lead to, themselves included. */
  private static Map<String, Node> reached(Map<String, Node> texts, Collection<String> roots) {
    Map<String, Node> reached = new TreeMap<>();
    Deque<String> next = new ArrayDeque<>(roots);
    while (!next.isEmpty()) {
      String name = next.remove();
      Node node = texts.get(name);
      if (node != null && reached.put(name, node) == null) {
        texts.forEach((other, its) -> {
          if (!reached.containsKey(other) && node.uses(its)) {
            next.add(other);
          }
        });
      }
    }
    return reached;
  }

  private static String hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
