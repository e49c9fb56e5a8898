package readiness.serialization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Any JSON value as a tree, for those who do not know beforehand what will come: a tool, a test. A
 * codec knows, and reads into its own type; a tree takes many times the memory of the bytes.
 */
public sealed interface JsonValue {
  /**
   * An object.
   *
   * @param members in the order in which they stood
   */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {
    /** Copies the map. */
    public JsonObject {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }

  /** An array. */
  record JsonArray(List<JsonValue> elements) implements JsonValue {
    /** Copies the list. */
    public JsonArray {
      elements = List.copyOf(elements);
    }
  }

  /** A string, without quotation marks and escapes. */
  record JsonString(String text) implements JsonValue {}

  /** A number as it was written: nothing is lost of it, and 1 and 1.0 are not equal. */
  record JsonNumber(String text) implements JsonValue {}

  /** The three values that are words. */
  enum JsonLiteral implements JsonValue {
    /** {@code true}. */
    TRUE,
    /** {@code false}. */
    FALSE,
    /** {@code null}. */
    NULL
  }

  /**
   * Reads a value out of all that is left of a message.
   *
   * @throws MalformedJsonException if that is not one JSON text, or an object in it has a name
   *     twice
   */
  static JsonValue read(ByteReader in) {
    // tag::json-read[]
    JsonReader json = new JsonReader(in);
    JsonValue value = read(json, json.next());
    json.expect(JsonToken.END);
    return value;
    // end::json-read[]
  }

  // tag::json-read[]
  /** Calls itself once for each level, of which the reader allows 512. */
  private static JsonValue read(JsonReader json, JsonToken token) {
    return switch (token) {
      case BEGIN_OBJECT -> readObject(json);
      case BEGIN_ARRAY -> readArray(json);
      case STRING -> new JsonString(json.text());
      case NUMBER -> new JsonNumber(json.text());
      case TRUE -> JsonLiteral.TRUE;
      case FALSE -> JsonLiteral.FALSE;
      case NULL -> JsonLiteral.NULL;
      case END_OBJECT, END_ARRAY, NAME, END ->
          throw new IllegalStateException("no value: " + token);
    };
  }

  private static JsonValue readObject(JsonReader json) {
    // Whoever chooses names with the same hash gains nothing: such entries become a tree.
    Map<String, JsonValue> members = new LinkedHashMap<>();
    while (json.next() == JsonToken.NAME) {
      String name = json.text();
      if (members.containsKey(name)) {
        throw json.malformed("\"" + name + "\" stands here for the second time");
      }
      members.put(name, read(json, json.next()));
    }
    return new JsonObject(members);
  }

  private static JsonValue readArray(JsonReader json) {
    List<JsonValue> elements = new ArrayList<>();
    for (JsonToken token = json.next(); token != JsonToken.END_ARRAY; token = json.next()) {
      elements.add(read(json, token));
    }
    return new JsonArray(elements);
  }
  // end::json-read[]
}
