package readiness.ready.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import readiness.course.Workbook;

/** Holds JSON against docs/check.schema.json, in as much of JSON Schema as that uses. */
final class SchemaCheck {
  private final JsonNode schema;
  private final List<String> problems = new ArrayList<>();

  private SchemaCheck(JsonNode schema) {
    this.schema = schema;
  }

  static List<String> problems(JsonNode json) throws IOException {
    Path file = Workbook.around(Path.of("")).root().resolve("docs/check.schema.json");
    SchemaCheck check = new SchemaCheck(new ObjectMapper().readTree(file.toFile()));
    check.check("", json, check.schema);
    return check.problems;
  }

  private void check(String at, JsonNode node, JsonNode rule) {
    if (rule.has("$ref")) {
      check(at, node, schema.at(rule.path("$ref").asText().substring(1)));
      return;
    }
    if (rule.has("const") && !rule.path("const").equals(node)) {
      problems.add(at + " is " + node + " and not " + rule.path("const"));
    }
    if (rule.has("enum") && !contains(rule.path("enum"), node)) {
      problems.add(at + " is " + node + ", which is none of " + rule.path("enum"));
    }
    if (rule.has("type") && !isOf(rule.path("type"), node)) {
      problems.add(at + " is " + node + ", which is no " + rule.path("type"));
    }
    if (rule.has("minimum") && node.asLong() < rule.path("minimum").asLong()) {
      problems.add(at + " is " + node + ", less than " + rule.path("minimum"));
    }
    for (JsonNode name : rule.path("required")) {
      if (!node.has(name.asText())) {
        problems.add(at + " lacks " + name.asText());
      }
    }
    node.fields()
        .forEachRemaining(field -> {
          JsonNode known = rule.path("properties").path(field.getKey());
          if (known.isMissingNode()) {
            problems.add(at + " has the unknown " + field.getKey());
          } else {
            check(at + "/" + field.getKey(), field.getValue(), known);
          }
        });
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      check(at + "/" + i, node.get(i), rule.path("items"));
    }
  }

  private static boolean contains(JsonNode list, JsonNode node) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(node::equals);
  }

  private static boolean isOf(JsonNode types, JsonNode node) {
    if (types.isArray()) {
      return StreamSupport.stream(types.spliterator(), false).anyMatch(type -> isOf(type, node));
    }
    return switch (types.asText()) {
      case "object" -> node.isObject();
      case "array" -> node.isArray();
      case "string" -> node.isTextual();
      case "integer" -> node.isIntegralNumber();
      case "boolean" -> node.isBoolean();
      case "null" -> node.isNull();
      default -> throw new IllegalArgumentException("type " + types);
    };
  }
}
