package readiness.serialization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** JSON by chance, as Jackson's trees. */
final class JsonTrees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What texts are made of: plain, to be escaped, of two to four bytes in UTF-8. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "name",
          " ",
          "eight by",
          "\"",
          "\\",
          "/",
          "\n",
          "\u0000",
          "\u001f",
          "\u007f",
          "é",
          "ß",
          "€",
          "東",
          "\u2028",
          "\ufffd",
          "😀",
          "\ud800\udc00",
          "?",
          "{",
          "]",
          ",");

  private JsonTrees() {}

  /** A tree of some levels, with values of every kind. */
  static JsonNode tree(Random random) {
    return tree(random, 4);
  }

  private static JsonNode tree(Random random, int levels) {
    return switch (random.nextInt(levels == 0 ? 6 : 10)) {
      case 0 -> NODES.textNode(text(random));
      case 1 -> wholeNumber(random.nextLong() >> random.nextInt(64));
      case 2 -> NODES.numberNode(number(random));
      case 3 -> NODES.booleanNode(true);
      case 4 -> NODES.booleanNode(false);
      case 5 -> NODES.nullNode();
      case 6, 7 -> array(random, levels - 1);
      default -> object(random, levels - 1);
    };
  }

  private static ArrayNode array(Random random, int levels) {
    ArrayNode array = NODES.arrayNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      array.add(tree(random, levels));
    }
    return array;
  }

  private static ObjectNode object(Random random, int levels) {
    ObjectNode object = NODES.objectNode();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.set(text(random), tree(random, levels));
    }
    return object;
  }

  /** As Jackson reads it: in 32 bits if it fits. */
  private static JsonNode wholeNumber(long value) {
    return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
  }

  private static double number(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> random.nextInt(1_000) / 8.0;
      case 1 -> random.nextGaussian();
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : -0.0;
      }
    };
  }

  /** Text of every kind. */
  static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** Somebody by chance. */
  static Person person(Random random) {
    List<String> emails = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      emails.add(text(random));
    }
    return new Person(text(random), random.nextInt() >> random.nextInt(32), emails);
  }

  /** Writes a tree with what a reader has written. */
  static void write(JsonNode tree, JsonWriter json) {
    if (tree.isObject()) {
      json.beginObject();
      tree.properties().forEach(each -> write(each.getValue(), json.name(each.getKey())));
      json.endObject();
    } else if (tree.isArray()) {
      json.beginArray();
      tree.forEach(each -> write(each, json));
      json.endArray();
    } else if (tree.isTextual()) {
      json.value(tree.textValue());
    } else if (tree.isDouble()) {
      json.value(tree.doubleValue());
    } else if (tree.isNumber()) {
      json.value(tree.longValue());
    } else if (tree.isBoolean()) {
      json.value(tree.booleanValue());
    } else {
      json.nullValue();
    }
  }
}
