package readiness.course;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping in a YAML file that knows its lines. It is read from SnakeYAML's node tree and not by
 * data binding: there every value still has its place, so every complaint can name file, line and
 * field.
 */
final class YamlMap {
  private final Path file;
  private final int line;
  private final Map<String, Node> fields = new LinkedHashMap<>();

  /** The mapping that the file consists of. */
  static YamlMap read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      Node node = new Yaml(new LoaderOptions()).compose(reader);
      if (node == null) {
        throw new Malformed(file, 0, "is empty");
      }
      return new YamlMap(file, node, "the file");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      throw new Malformed(file, line, "is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new Malformed(file, 0, "is not YAML: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new Malformed(file, 0, "is missing");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private YamlMap(Path file, Node node, String what) {
    this.file = file;
    this.line = line(node);
    if (!(node instanceof MappingNode mapping)) {
      throw new Malformed(file, line, what + " should hold fields, 'name: value'");
    }
    for (NodeTuple field : mapping.getValue()) {
      String name = scalar("a field's name", field.getKeyNode()).getValue();
      if (fields.put(name, field.getValueNode()) != null) {
        throw new Malformed(file, line(field.getKeyNode()), "field '" + name + "' stands twice");
      }
    }
  }

  /** Refuses fields other than these. */
  YamlMap only(String... names) {
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      if (!List.of(names).contains(field.getKey())) {
        throw problem(
            field.getKey(),
            "unknown field '%s'; known here: %s"
                .formatted(field.getKey(), String.join(", ", names)));
      }
    }
    return this;
  }

  boolean has(String field) {
    return fields.containsKey(field);
  }

  String text(String field) {
    String text = anyText(field);
    if (text.isBlank()) {
      throw problem(field, "field '" + field + "' is empty");
    }
    return text;
  }

  /** Text that may be empty. */
  String anyText(String field) {
    return scalar("field '" + field + "'", present(field)).getValue();
  }

  Optional<String> optionalText(String field) {
    return has(field) ? Optional.of(text(field)) : Optional.empty();
  }

  /** A whole number, zero or more. */
  int number(String field) {
    String text = text(field);
    if (!text.matches("[0-9]{1,6}")) {
      throw problem(
          field, "field '%s' should be a whole number, but is '%s'".formatted(field, text));
    }
    return Integer.parseInt(text);
  }

  /** True or false; false when the field is left out. */
  boolean flag(String field) {
    String text = optionalText(field).orElse("false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw problem(
              field, "field '%s' should be true or false, but is '%s'".formatted(field, text));
    };
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (Node each : sequence(field)) {
      texts.add(scalar("each entry of '" + field + "'", each).getValue());
    }
    return texts;
  }

  /** The names of the fields in the order of the file. */
  List<String> names() {
    return List.copyOf(fields.keySet());
  }

  /** The mapping under a field. */
  YamlMap map(String field) {
    return new YamlMap(file, present(field), "field '" + field + "'");
  }

  /** The mappings listed under a field; none when it is left out. */
  List<YamlMap> maps(String field) {
    List<YamlMap> maps = new ArrayList<>();
    if (has(field)) {
      for (Node each : sequence(field)) {
        maps.add(new YamlMap(file, each, "each entry of '" + field + "'"));
      }
    }
    return maps;
  }

  /** A complaint at the line of a field, or of the whole mapping where the field is missing. */
  Malformed problem(String field, String what) {
    Node node = fields.get(field);
    return new Malformed(file, node == null ? line : line(node), what);
  }

  /** The line of a field's value. */
  int line(String field) {
    return line(present(field));
  }

  private Node present(String field) {
    Node node = fields.get(field);
    if (node == null) {
      throw new Malformed(file, line, "field '" + field + "' is missing");
    }
    return node;
  }

  private List<Node> sequence(String field) {
    if (present(field) instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    throw problem(field, "field '" + field + "' should be a list");
  }

  private ScalarNode scalar(String what, Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar;
    }
    throw new Malformed(file, line(node), what + " should be a plain value");
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
