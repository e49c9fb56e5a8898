package readiness.serialization;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import readiness.kernel.NotYet;

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
    throw new NotYet("json-read");
  }
}
