package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** JSON, byte for byte as Jackson writes it, and nothing that is not JSON. */
@Step("json-write")
@Tag("json-write")
final class JsonWriterTest {
  /** A character beyond U+FFFF in four bytes, as ours, and not as two escapes. */
  private static final ObjectMapper JACKSON =
      JsonMapper.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final Story story = new Story();

  @Test
  @DisplayName("the example above the class")
  void example() {
    writes(
        "{\"id\":7,\"emails\":[\"a@b.example\"]}",
        json -> {
          json.beginObject();
          json.name("id").value(7);
          json.name("emails").beginArray().value("a@b.example").endArray();
          json.endObject();
        });
  }

  @Test
  @DisplayName("any value may be the whole message")
  void aloneAtTheTop() {
    writes("{}", json -> json.beginObject().endObject());
    writes("[]", json -> json.beginArray().endArray());
    writes("\"\"", json -> json.value(""));
    writes("0", json -> json.value(0));
    writes("0.5", json -> json.value(0.5));
    writes("true", json -> json.value(true));
    writes("false", json -> json.value(false));
    writes("null", JsonWriter::nullValue);
  }

  @Test
  @DisplayName("a comma between two that stand in the same object or array, and nowhere else")
  void commas() {
    writes("[1,2,3]", json -> json.beginArray().value(1).value(2).value(3).endArray());
    writes(
        "[[],[[]],{}]",
        json ->
            json.beginArray()
                .beginArray()
                .endArray()
                .beginArray()
                .beginArray()
                .endArray()
                .endArray()
                .beginObject()
                .endObject()
                .endArray());
    writes(
        "{\"a\":{},\"b\":[1],\"c\":{\"d\":null},\"e\":true}",
        json -> {
          json.beginObject();
          json.name("a").beginObject().endObject();
          json.name("b").beginArray().value(1).endArray();
          json.name("c").beginObject().name("d").nullValue().endObject();
          json.name("e").value(true);
          json.endObject();
        });
    writes(
        "[\"\",null,false,[{\"\":[0.5]}]]",
        json -> {
          json.beginArray().value("").nullValue().value(false).beginArray().beginObject();
          json.name("").beginArray().value(0.5).endArray();
          json.endObject().endArray().endArray();
        });
  }

  @Test
  @DisplayName("what has to be escaped is, as Jackson does it, and all else stays as it is")
  void escapes() {
    for (int c = 0; c < 0x300; c++) {
      asJackson("a" + (char) c + "b");
    }
    for (String text :
        List.of(
            "C:\\temp\\new \"folder\"",
            "</script>",
            "\u007f",
            "line \u2028 and paragraph \u2029",
            "\ufffd",
            "\uffff",
            "?",
            "\\u0041",
            "\\\\",
            "\"\"")) {
      asJackson(text);
    }
  }

  @Test
  @DisplayName("an escape at every place of a text, whatever stands around it")
  void escapesAnywhere() {
    for (int length = 1; length <= 20; length++) {
      for (int at = 0; at < length; at++) {
        for (String each : List.of("\"", "\\", "\n", "\0", "\u001f", " ", "!", "é")) {
          asJackson("x".repeat(at) + each + "y".repeat(length - at - 1));
          asJackson("é".repeat(at) + each + "#".repeat(length - at - 1));
        }
      }
    }
  }

  @Test
  @DisplayName("text beyond ASCII is UTF-8: two bytes, three, and four for what Java has two chars")
  void beyondAscii() {
    byte[] bytes = written(json -> json.value("é€😀"));
    story.then("value(\"é€😀\") → %s", Story.hex(bytes));
    story.expectBytes(
        "\"é€😀\"".getBytes(UTF_8),
        bytes,
        "UTF-8 in quotation marks; U+1F600 is one character, of four bytes");
    asJackson("Zoë in 東京 \ud83d\ude00\ud83d\ude00 \"\ud834\udd1e\"");
    asJackson("\ud800\udc00 to \udbff\udfff");
  }

  @Test
  @DisplayName("half a surrogate pair is refused, and nothing of it is written")
  void loneSurrogates() {
    for (String text :
        List.of("\ud800", "a\ude00", "\ud83dx", "\ude00\ud83d", "é\udbff", "\ud83d\ud83d\ude00")) {
      refused("value(\"%s\")", text, json -> json.beginArray(), json -> json.value(text));
      refused("name(\"%s\")", text, json -> json.beginObject(), json -> json.name(text));
    }
  }

  @Test
  @DisplayName("names are escaped as strings are; names made ready are the same")
  void names() {
    for (String name : List.of("", "a", "a b", "\"", "\\n", "\n", "é", "名", "x".repeat(300))) {
      ObjectNode right = JACKSON.createObjectNode().put(name, 1);
      byte[] bytes = written(json -> json.beginObject().name(name).value(1).endObject());
      story.then("name(\"%s\") → %s", shown(name), text(bytes));
      story.expectBytes(jackson(right), bytes, "which is what Jackson writes: " + right);
    }
    for (String name : List.of("", "a", "/", "x y", "exactly8", "longer than eight")) {
      JsonName ready = new JsonName(name);
      byte[] bytes =
          written(
              json -> json.beginObject().name(ready).value(1).name(ready).nullValue().endObject());
      story.then("name(new JsonName(\"%s\")) → %s", name, text(bytes));
      story.expectBytes(
          "{\"%s\":1,\"%s\":null}".formatted(name, name).getBytes(UTF_8),
          bytes,
          "the same as name(\"%s\") would be".formatted(name));
    }
  }

  @Test
  @DisplayName("whole numbers, digit for digit, at each power of ten and of two")
  void wholeNumbers() {
    List<Long> values = new ArrayList<>(List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE));
    for (long ten = 1; ten > 0 && ten <= 1_000_000_000_000_000_000L; ten *= 10) {
      values.addAll(List.of(ten - 1, ten, ten + 1, 1 - ten, -ten, -ten - 1));
    }
    for (int bit = 0; bit < 63; bit++) {
      values.addAll(List.of((1L << bit) - 1, 1L << bit, -(1L << bit), -(1L << bit) - 1));
    }
    for (long value : values) {
      writes(Long.toString(value), json -> json.value(value));
    }
  }

  @Test
  @DisplayName("a double is written in the shortest form that is read back as the same")
  void doubles() {
    for (double value :
        new double[] {
          0,
          -0.0,
          0.1,
          1,
          -1.5,
          100,
          1e7,
          1e10,
          1e-5,
          2e-3,
          1e23,
          2.2250738585072014E-308,
          Double.MIN_VALUE,
          Double.MAX_VALUE,
          Math.PI,
          1.0 / 3,
          9007199254740993.0
        }) {
      asJackson(value);
    }
    Seeds.each(
        200,
        seed -> {
          double value = Double.longBitsToDouble(new Random(seed).nextLong());
          if (Double.isFinite(value)) {
            new JsonWriterTest().asJackson(value);
          }
        });
  }

  @Test
  @DisplayName("what is no number in JSON is refused, and nothing of it is written")
  void notNumbers() {
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      refused("value(%s)", "" + value, json -> json.beginArray(), json -> json.value(value));
      refused(
          "value(%s)", "" + value, json -> json.beginArray().value(1), json -> json.value(value));
    }
  }

  @Test
  @DisplayName("calls that make no JSON are refused, before a byte is written")
  void misuse() {
    Map<String, Consumer<JsonWriter>> calls = new LinkedHashMap<>();
    calls.put("value(\"\")", json -> json.value(""));
    calls.put("value(1)", json -> json.value(1));
    calls.put("value(0.5)", json -> json.value(0.5));
    calls.put("value(true)", json -> json.value(true));
    calls.put("nullValue()", JsonWriter::nullValue);
    calls.put("beginObject()", JsonWriter::beginObject);
    calls.put("beginArray()", JsonWriter::beginArray);
    calls.put("name(\"a\")", json -> json.name("a"));
    calls.put("name(a JsonName)", json -> json.name(new JsonName("a")));
    calls.put("endObject()", JsonWriter::endObject);
    calls.put("endArray()", JsonWriter::endArray);
    calls.put("finish()", JsonWriter::finish);
    List<String> values =
        List.of(
            "value(\"\")",
            "value(1)",
            "value(0.5)",
            "value(true)",
            "nullValue()",
            "beginObject()",
            "beginArray()");
    List<String> names = List.of("name(\"a\")", "name(a JsonName)");

    Map<Consumer<JsonWriter>, List<String>> good = new LinkedHashMap<>();
    good.put(json -> {}, values);
    good.put(JsonWriter::beginArray, with(values, "endArray()"));
    good.put(json -> json.beginArray().value(1), with(values, "endArray()"));
    good.put(json -> json.beginArray().beginArray().endArray(), with(values, "endArray()"));
    good.put(json -> json.beginArray().beginObject().endObject(), with(values, "endArray()"));
    good.put(JsonWriter::beginObject, with(names, "endObject()"));
    good.put(json -> json.beginObject().name("a"), values);
    good.put(json -> json.beginObject().name(new JsonName("a")), values);
    good.put(json -> json.beginObject().name("a").value(1), with(names, "endObject()"));
    good.put(
        json -> json.beginObject().name("a").beginArray().endArray(), with(names, "endObject()"));
    good.put(
        json -> json.beginObject().name("a").beginObject().endObject(), with(names, "endObject()"));
    good.put(json -> json.value(1), List.of("finish()"));
    good.put(json -> json.beginArray().endArray(), List.of("finish()"));
    good.put(json -> json.beginObject().endObject(), List.of("finish()"));

    good.forEach((before, allowed) ->
        calls.forEach((call, code) -> holds(before, call, code, allowed.contains(call))));
  }

  private static List<String> with(List<String> calls, String more) {
    List<String> all = new ArrayList<>(calls);
    all.add(more);
    return all;
  }

  private static void holds(
      Consumer<JsonWriter> before, String call, Consumer<JsonWriter> code, boolean allowed) {
    ByteWriter out = new ByteWriter();
    JsonWriter json = new JsonWriter(out);
    before.accept(json);
    byte[] written = out.toByteArray();
    Story story = new Story();
    story.then("written is: %s", written.length == 0 ? "nothing" : text(written));
    try {
      code.accept(json);
    } catch (IllegalStateException e) {
      story.then("%s → %s", call, e);
      story.expect(!allowed, "it is good: JSON may go on so", "it is refused");
      story.expectBytes(written, out.toByteArray(), "as before: what is refused writes nothing");
      return;
    }
    story.then("%s → %s", call, text(out.toByteArray()));
    story.expect(
        allowed, "an IllegalStateException: this begins no JSON text", "nothing is thrown");
  }

  @Test
  @DisplayName("512 objects and arrays may be open, and one more is refused")
  void depth() {
    for (boolean object : new boolean[] {false, true}) {
      ByteWriter out = new ByteWriter();
      JsonWriter json = new JsonWriter(out);
      Random random = new Random(1);
      List<Boolean> open = new ArrayList<>();
      for (int level = 0; level < 512; level++) {
        boolean next = random.nextBoolean();
        open.add(next);
        if (next) {
          json.beginObject().name("a");
        } else {
          json.beginArray();
        }
      }
      story.then("512 objects and arrays are opened, one in the other");
      byte[] before = out.toByteArray();
      try {
        if (object) {
          json.beginObject();
        } else {
          json.beginArray();
        }
        throw story.finding("an IllegalStateException at the next: nobody reads so deep", "none");
      } catch (IllegalStateException e) {
        story.then("the next → %s", e);
      }
      story.expectBytes(before, out.toByteArray(), "as before: what is refused writes nothing");
      json.value(1);
      for (boolean each : open.reversed()) {
        if (each) {
          json.endObject();
        } else {
          json.endArray();
        }
      }
      json.finish();
      reads(out.toByteArray());
    }
  }

  @Test
  @DisplayName("trees by chance: the bytes are Jackson's, and it reads the same tree again")
  void seeds() {
    Seeds.each(200, seed -> new JsonWriterTest().asJackson(JsonTrees.tree(new Random(seed))));
  }

  @Test
  @DisplayName("what was written before stays, and room is made for more")
  void appends() {
    ByteWriter out = new ByteWriter();
    ArrayNode right = JACKSON.createArrayNode();
    JsonWriter json = new JsonWriter(out);
    json.beginArray();
    for (int i = 0; i < 3_000; i++) {
      try {
        json.value(i).value(i / 8.0).value("text " + i).value(i % 2 == 0).nullValue();
        json.beginObject().name("n" + i).value(Long.MIN_VALUE).endObject();
      } catch (ArrayIndexOutOfBoundsException e) {
        throw story
            .then("%,d times six values are written", i)
            .finding("room for one more: ByteWriter.ensure makes it", e);
      }
      right.add(i).add(i / 8.0).add("text " + i).add(i % 2 == 0).addNull();
      right.addObject().put("n" + i, Long.MIN_VALUE);
    }
    json.endArray().finish();
    story.then("3,000 times six values are written, in one array");
    story.expectBytes(jackson(right), out.toByteArray(), "which is what Jackson writes");
  }

  @Test
  @DisplayName("a long text is written in one pass, and memory is taken in proportion")
  void longTexts() {
    int length = 1 << 20;
    for (String each : List.of("a", "\u0001", "\"", "é")) {
      String text = each.repeat(length);
      byte[] right = jackson(JACKSON.getNodeFactory().textNode(text));
      ByteWriter out = new ByteWriter();
      new JsonWriter(out).value(text);
      story.then("a text of 1,048,576 times %s", shown(each));
      story.expectBytes(right, out.toByteArray(), "which is what Jackson writes");
      long taken =
          Allocations.perRun(
              0, 1, 6L * right.length, () -> new JsonWriter(new ByteWriter()).value(text));
      story.expect(
          taken <= 6L * right.length,
          ("at most six times the %,d bytes of it: one copy in UTF-8, and a scratch that doubles as"
                  + " it grows; room for what may have to be escaped is not made beforehand")
              .formatted(right.length),
          "%,d bytes taken".formatted(taken));
    }
  }

  @Test
  @DisplayName("whole numbers, literals and names made ready take no memory")
  void takesNoMemory() {
    ByteWriter out = new ByteWriter();
    JsonName name = new JsonName("id");
    JsonWriter json = new JsonWriter(out);
    json.beginArray();
    long garbage =
        Allocations.perRun(
            1_000,
            1_000,
            () -> {
              out.clear();
              json.beginObject().name(name).value(-1_234_567_890_123L).name(name).value(true);
              json.name(name).nullValue().endObject();
            });
    story.then("an object of three members is written, 1,000 times");
    story.expect(
        garbage == 0,
        "no memory taken: the digits go where they belong, one by one",
        "%,d bytes for each".formatted(garbage));
  }

  @Test
  @DisplayName("a person, as Jackson writes it")
  void person() {
    Seeds.each(
        50,
        seed -> {
          Person person = JsonTrees.person(new Random(seed));
          ByteWriter out = new ByteWriter();
          new PersonJson().write(person, out);
          Story story = new Story();
          story.then("write(%s) → %s", person, text(out.toByteArray()));
          story.expectBytes(jackson(person), out.toByteArray(), "which is what Jackson writes");
        });
  }

  private void asJackson(String text) {
    byte[] right = jackson(text);
    byte[] bytes = written(json -> json.value(text));
    story.then("value(\"%s\") → %s", shown(text), text(bytes));
    story.expectBytes(right, bytes, "%s, which is what Jackson writes".formatted(text(right)));
  }

  private void asJackson(double value) {
    byte[] bytes = written(json -> json.value(value));
    story.then("value(%s) → %s", value, text(bytes));
    double back = reads(bytes).doubleValue();
    story.expect(
        Double.doubleToLongBits(back) == Double.doubleToLongBits(value),
        "read back it is the same double",
        "it is " + back);
    story.expectBytes(jackson(value), bytes, "the shortest that is: Double.toString, since JDK 19");
  }

  private void asJackson(JsonNode tree) {
    byte[] bytes = written(json -> JsonTrees.write(tree, json));
    story.then("the tree %s", shown(tree.toString()));
    story.expectBytes(jackson(tree), bytes, "which is what Jackson writes");
    JsonNode back = reads(bytes);
    story.expect(back.equals(tree), "Jackson reads the same tree", shown(back.toString()));
  }

  private void writes(String right, Consumer<JsonWriter> calls) {
    byte[] bytes = written(calls);
    story.then("→ %s", text(bytes));
    story.expectBytes(right.getBytes(UTF_8), bytes, right);
    reads(bytes);
  }

  /** What these calls write, as one message. */
  private byte[] written(Consumer<JsonWriter> calls) {
    ByteWriter out = new ByteWriter();
    JsonWriter json = new JsonWriter(out);
    calls.accept(json);
    json.finish();
    return out.toByteArray();
  }

  /** That a value is refused, and may be followed by a good one. */
  private void refused(
      String call, String value, Consumer<JsonWriter> before, Consumer<JsonWriter> code) {
    ByteWriter out = new ByteWriter();
    JsonWriter json = new JsonWriter(out);
    before.accept(json);
    byte[] written = out.toByteArray();
    String said = call.formatted(shown(value));
    try {
      code.accept(json);
    } catch (IllegalArgumentException e) {
      story.then("%s → %s", said, e);
      story.expectBytes(written, out.toByteArray(), "as before: what is refused writes nothing");
      return;
    }
    story.then("%s → %s", said, text(out.toByteArray()));
    throw story.finding(
        "an IllegalArgumentException: JSON in UTF-8 cannot say it, and nobody could read it",
        "nothing is thrown");
  }

  private JsonNode reads(byte[] bytes) {
    try {
      return JACKSON.readTree(bytes);
    } catch (IOException e) {
      throw story.then("%s", text(bytes)).finding("JSON: Jackson reads it", e);
    }
  }

  private static byte[] jackson(Object value) {
    try {
      return JACKSON.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] bytes) {
    return shown(new String(bytes, UTF_8));
  }

  /** A text on one line, cut if it is long. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(200)
        .forEach(c ->
            shown.append(
                c < ' ' || c == 0x7f || c >= 0x2028 && c < 0x202a || Character.isSurrogate((char) c)
                    ? "<%04X>".formatted(c)
                    : "" + (char) c));
    return text.length() > 200 ? shown + "… (%,d)".formatted(text.length()) : shown.toString();
  }
}
