package readiness.book;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * {@code figure::name[caption]}: the chapter's {@code figures/name.svg} becomes a part of the page,
 * so that it takes the page's colours and its text can be searched and read aloud. {@code
 * figure::chapter/name[caption]} takes another chapter's.
 *
 * <p>Two figures of one page may use the same ids, their style sheets would reach everything, and
 * the page's style sheet would reach their classes. So each id and class gets the figure's name
 * before it, and each style sheet is held inside its figure.
 */
final class Figures implements Expansion {
  private static final Pattern REFERENCE = Pattern.compile("([#.])([A-Za-z_][\\w-]*)");

  private final Path chapters;
  private final String owner;
  private final Inputs inputs;
  private final Map<String, Integer> used = new HashMap<>();

  /**
   * For one text.
   *
   * @param owner the text's name, for another one may have the same figure and both stand on the
   *     page that has all
   */
  Figures(Path chapters, String owner, Inputs inputs) {
    this.chapters = chapters;
    this.owner = owner;
    this.inputs = inputs;
  }

  @Override
  public List<String> lines(String target, String caption, Place place)
      throws Missing, IOException {
    Path file = file(target, place);
    inputs.file(file);
    if (!Files.isRegularFile(file)) throw new Missing("there is no " + chapters.relativize(file));
    String name = target.substring(target.lastIndexOf('/') + 1);
    int times = used.merge(name, 1, Integer::sum);
    String key = "figure-" + owner + "-" + name + (times > 1 ? "-" + times : "");

    Document xml = read(file);
    Element svg = xml.selectFirst("svg");
    if (svg == null) throw new Missing(chapters.relativize(file) + " holds no <svg>");
    describe(svg, file);
    rename(svg, key);

    List<String> lines = new ArrayList<>();
    lines.add("[#" + key + ".figure]");
    if (!caption.isBlank()) lines.add("." + caption.strip());
    lines.add("=====");
    lines.add("++++");
    xml.outputSettings().prettyPrint(false);
    svg.outerHtml().lines().forEach(lines::add);
    lines.add("++++");
    lines.add("=====");
    return lines;
  }

  private Path file(String target, Place place) {
    int slash = target.indexOf('/');
    Path chapter =
        slash < 0
            ? chapters.resolveSibling(place.file()).getParent()
            : chapters.resolve(target.substring(0, slash));
    // A hint stands in a folder of its own, inside its chapter's.
    if (chapter.endsWith("hints")) chapter = chapter.getParent();
    return chapter.resolve("figures").resolve(target.substring(slash + 1) + ".svg");
  }

  /** jsoup takes anything; a browser that opens the file by itself does not. */
  private Document read(Path file) throws Missing, IOException {
    String text = Files.readString(file);
    try {
      DocumentBuilderFactory strict = DocumentBuilderFactory.newInstance();
      strict.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = strict.newDocumentBuilder();
      builder.setErrorHandler(null); // which would print
      builder.parse(new InputSource(new StringReader(text)));
    } catch (SAXException e) {
      throw new Missing(chapters.relativize(file) + " is not XML: " + e.getMessage());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
    return Jsoup.parse(text, "", Parser.xmlParser());
  }

  /** A figure has to say in words what is to be seen. */
  private void describe(Element svg, Path file) throws Missing {
    for (String part : List.of("title", "desc")) {
      Element words = svg.selectFirst("> " + part);
      if (words == null || words.text().isBlank()) {
        throw new Missing(chapters.relativize(file) + " has no <" + part + ">");
      }
    }
    if (!svg.hasAttr("viewBox")) {
      throw new Missing(chapters.relativize(file) + " has no viewBox");
    }
    svg.attr("role", "img");
  }

  private static void rename(Element svg, String key) {
    // With the mark that stands before the name in a style sheet: #id, .class.
    Map<String, String> names = new HashMap<>();
    for (Element element : svg.select("[id], [class]")) {
      if (!element.id().isEmpty()) names.put("#" + element.id(), key + "-" + element.id());
      for (String each : element.classNames()) names.put("." + each, key + "-" + each);
    }
    for (Element element : svg.getAllElements()) {
      for (Attribute attribute : element.attributes()) {
        String value = attribute.getValue();
        switch (attribute.getKey()) {
          case "id" -> attribute.setValue(names.get("#" + value));
          case "class" -> attribute.setValue(eachWord(".", value, names));
          case "aria-labelledby", "aria-describedby" ->
              attribute.setValue(eachWord("#", value, names));
          default -> {
            if (value.contains("#")) attribute.setValue(references(value, names));
          }
        }
      }
    }
    for (Element style : svg.select("style")) {
      style.text("#" + key + " {" + references(style.wholeText(), names) + "}");
    }
  }

  /** A style sheet or the value of an attribute with its {@code #id} and {@code .class} renamed. */
  private static String references(String text, Map<String, String> names) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> {
          String name = names.get(match.group());
          return Matcher.quoteReplacement(name == null ? match.group() : match.group(1) + name);
        });
  }

  private static String eachWord(String mark, String words, Map<String, String> names) {
    return Arrays.stream(words.strip().split("\\s+"))
        .map(word -> names.getOrDefault(mark + word, word))
        .collect(Collectors.joining(" "));
  }
}
