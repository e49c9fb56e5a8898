package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** What means something in JSON. */
  private static final String MARKS = "{}[]:,\"\\ \n-+.0129eEutfn/";

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

  /** A tree as text, with white space and escapes by chance: JSON says the same in many ways. */
  static String ornate(JsonNode tree, Random random) {
    StringBuilder text = new StringBuilder();
    ornate(tree, random, text);
    return text.append(space(random)).toString();
  }

  private static void ornate(JsonNode tree, Random random, StringBuilder text) {
    text.append(space(random));
    if (tree.isObject()) {
      String before = "{";
      for (var each : tree.properties()) {
        text.append(before).append(space(random));
        ornate(each.getKey(), random, text);
        text.append(space(random)).append(':');
        ornate(each.getValue(), random, text);
        text.append(space(random));
        before = ",";
      }
      text.append(tree.isEmpty() ? "{" + space(random) : "").append('}');
    } else if (tree.isArray()) {
      String before = "[";
      for (JsonNode each : tree) {
        text.append(before);
        ornate(each, random, text);
        text.append(space(random));
        before = ",";
      }
      text.append(tree.isEmpty() ? "[" + space(random) : "").append(']');
    } else if (tree.isTextual()) {
      ornate(tree.textValue(), random, text);
    } else {
      text.append(tree);
    }
  }

  private static void ornate(String value, Random random, StringBuilder text) {
    text.append('"');
    boolean pair = false;
    for (char each : value.toCharArray()) {
      // Of a surrogate pair both are escaped, or neither.
      boolean escaped = Character.isLowSurrogate(each) ? pair : random.nextInt(8) == 0;
      pair = escaped;
      if (escaped || each < ' ') {
        text.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) each));
      } else {
        text.append(each == '"' || each == '\\' ? "\\" : "").append(each);
      }
    }
    text.append('"');
  }

  private static String space(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> " ";
      case 1 -> "\n";
      case 2 -> "\t \r\n";
      default -> "";
    };
  }

  /** JSON in bytes. */
  static byte[] bytes(Random random) {
    return ornate(tree(random), random).getBytes(UTF_8);
  }

  /** A person in JSON in bytes, sometimes with more than it needs. */
  static byte[] personBytes(Random random) {
    Person person = person(random);
    ObjectNode object = NODES.objectNode();
    if (random.nextInt(4) == 0) {
      object.set(text(random), tree(random));
    }
    object.put("name", person.name()).put("id", person.id());
    ArrayNode emails = object.putArray("emails");
    person.emails().forEach(emails::add);
    return ornate(object, random).getBytes(UTF_8);
  }

  /** JSON with one to three bytes of it other than they were: still JSON now and then. */
  static byte[] changed(Random random) {
    byte[] bytes = bytes(random);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) MARKS.charAt(random.nextInt(MARKS.length()));
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          byte swapped = bytes[at];
          int other = random.nextInt(bytes.length);
          bytes[at] = bytes[other];
          bytes[other] = swapped;
        }
        default -> {
          System.arraycopy(bytes, at + 1, bytes, at, bytes.length - at - 1);
          bytes[bytes.length - 1] = ' ';
        }
      }
    }
    return bytes;
  }

  /** Whether two trees are the same, numbers by their text. */
  static boolean same(JsonNode tree, JsonValue value) {
    return switch (value) {
      case JsonValue.JsonString string ->
          tree.isTextual() && tree.textValue().equals(string.text());
      case JsonValue.JsonNumber number -> tree.isNumber() && tree.asText().equals(number.text());
      case JsonValue.JsonLiteral literal ->
          tree.toString().equals(literal.name().toLowerCase(Locale.ROOT));
      case JsonValue.JsonArray array -> {
        Iterator<JsonNode> elements = tree.elements();
        yield tree.isArray()
            && tree.size() == array.elements().size()
            && array.elements().stream().allMatch(each -> same(elements.next(), each));
      }
      case JsonValue.JsonObject object ->
          tree.isObject()
              && List.copyOf(object.members().keySet())
                  .equals(tree.propertyStream().map(Map.Entry::getKey).toList())
              && object.members().entrySet().stream()
                  .allMatch(each -> same(tree.get(each.getKey()), each.getValue()));
    };
  }
}
