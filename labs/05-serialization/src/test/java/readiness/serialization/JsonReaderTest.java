package readiness.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import readiness.testing.Allocations;
import readiness.testing.Seeds;
import readiness.testing.Step;

/** JSON as RFC 8259 has it and nothing else; Jackson has to agree. */
@Step("json-read")
@Tag("json-read")
final class JsonReaderTest {
  private static final int MAX_DEPTH = 512;

  /** Strict as it comes, with our bounds. */
  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(JsonReader.MAX_NUMBER)
                  .build())
          .build();

  private static final ObjectMapper MAPPER = new ObjectMapper(JACKSON);

  /** An object with a value of every kind, and white space wherever some may stand. */
  private static final String EVERYTHING =
      """
      { "name" : "Zoë \\"Z\\" \\u00e9\\ud83d\\ude00" ,
        "numbers" : [ 0 , -0 , 12 , -1.5 , 2.25e-3 , 1E+10 ] ,\t
        "words" : [ true , false , null ] ,\r
        "empty" : [ { } , [ ] , "" ] ,
        "deep" : { "a" : { "b" : [ [ "c" ] ] } } }
      """;

  private final Story story = new Story();

  @Test
  @DisplayName("the tokens of a text, in their order")
  void tokens() {
    hasTokens(
        "{\"a\":[1,\"x\",{}],\"b\":{\"c\":true,\"d\":[false,null]}}",
        List.of(
            "an object",
            "a name a",
            "an array",
            "a number 1",
            "a string x",
            "an object",
            "the end of an object",
            "the end of an array",
            "a name b",
            "an object",
            "a name c",
            "true",
            "a name d",
            "an array",
            "false",
            "null",
            "the end of an array",
            "the end of an object",
            "the end of an object",
            "the end",
            "the end"));
    hasTokens(" \"x\" ", List.of("a string x", "the end", "the end"));
    hasTokens(
        "[[],[]]\n",
        List.of(
            "an array",
            "an array",
            "the end of an array",
            "an array",
            "the end of an array",
            "the end of an array",
            "the end",
            "the end"));
  }

  private void hasTokens(String text, List<String> right) {
    story.then("%s", text);
    JsonReader json = reader(text);
    for (String each : right) {
      String token = described(json, json.next());
      story.then("next() → %s", token);
      story.expect(token.equals(each), each, token);
    }
  }

  private static String described(JsonReader json, JsonToken token) {
    return switch (token) {
      case NAME, STRING, NUMBER -> token + " " + json.text();
      default -> token.toString();
    };
  }

  @Test
  @DisplayName("what is JSON is read, each by its rule of RFC 8259")
  void accepts() {
    for (JsonVectors.Vector each : JsonVectors.all()) {
      if (each.isJson()) {
        Story story = told(each);
        try {
          drain(reader(each.bytes()));
        } catch (MalformedException e) {
          throw story.finding("it is read: RFC 8259, section " + each.rule(), e);
        }
        story.expect(
            jackson(each.bytes()), "Jackson takes it too: this line is right", "it does not");
      }
    }
  }

  @Test
  @DisplayName("what is no JSON is refused at the byte that is wrong, each by its rule of RFC 8259")
  void refuses() {
    for (JsonVectors.Vector each : JsonVectors.all()) {
      if (!each.isJson()) {
        Story story = told(each);
        story.expectMalformed(
            each.wrongAt(), "RFC 8259, section " + each.rule(), () -> drain(reader(each.bytes())));
        story.expect(
            !jackson(each.bytes()), "Jackson refuses it too: this line is right", "it does not");
      }
    }
  }

  private static Story told(JsonVectors.Vector each) {
    return new Story().then("%s, which is %s", each.line(), Story.hex(each.bytes()));
  }

  @Test
  @DisplayName("cut off at each byte: refused at the end, and not a byte behind it is looked at")
  void cutShort() {
    byte[] all = EVERYTHING.strip().getBytes(UTF_8);
    drain(reader(all));
    for (int length = 0; length < all.length; length++) {
      int end = length;
      story.then("of %s only %d bytes belong to the message", Story.hex(all), end);
      story.expectMalformed(
          end, "there it ends too early", () -> drain(reader(Arrays.copyOf(all, end))));
      ByteReader in = new ByteReader().open(MemorySegment.ofArray(all));
      in.limit = end;
      story.expectMalformed(
          end, "bytes behind the limit are not of this message", () -> drain(new JsonReader(in)));
    }
    for (String text : List.of("12", "1.5", "1e5", "true", "\"abc\"", "\"é\"", "\"\\u00e9\"")) {
      byte[] bytes = text.getBytes(UTF_8);
      ByteReader in =
          new ByteReader().open(MemorySegment.ofArray((text + "34\" ]").getBytes(UTF_8)));
      in.limit = bytes.length;
      story.then("%s, and behind its limit 34\" ]", text);
      JsonReader json = new JsonReader(in);
      json.next();
      story.expect(
          json.end() == bytes.length,
          "it ends at byte %d: the limit".formatted(bytes.length),
          "it ends at byte " + json.end());
      json.expect(JsonToken.END);
    }
  }

  @Test
  @DisplayName("an error says line and column, in characters, and the byte")
  void lineAndColumn() {
    isWrong("x", 0, 1, 1);
    isWrong("[1,\n 2,\n x]", 9, 3, 2);
    isWrong("[1,\r\n\r\n  x]", 9, 3, 3);
    isWrong("[\"é€😀\",x]", 13, 1, 8);
    isWrong("{\"名\":\n\t\t\"\\x\"}", 12, 2, 5);
    isWrong("[\"a\nb\"]", 3, 1, 4);
    isWrong("[\n", 2, 2, 1);
    isWrong("", 0, 1, 1);
    isWrong("\n\n\n", 3, 4, 1);
    ByteReader in = new ByteReader().open(MemorySegment.ofArray("a\nb\n\n[x]".getBytes(UTF_8)));
    in.skip(4);
    story.then("a message has four bytes of something else, two lines, then a line feed and [x]");
    JsonReader json = new JsonReader(in);
    json.next();
    expectWrong(() -> json.next(), 6, 2, 2);
  }

  private void isWrong(String text, int position, int line, int column) {
    story.then("%s", text.replace("\n", "⏎"));
    expectWrong(() -> drain(reader(text)), position, line, column);
  }

  private void expectWrong(Runnable reading, int position, int line, int column) {
    String right = "line %d, column %d, byte %d".formatted(line, column, position);
    try {
      reading.run();
    } catch (MalformedJsonException e) {
      String said = "line %d, column %d, byte %d".formatted(e.line(), e.column(), e.position());
      story.then("→ %s", e);
      story.expect(said.equals(right), right + ", from where the JSON text begins", said);
      return;
    }
    throw story.finding("a MalformedJsonException at " + right, "nothing is thrown");
  }

  @Test
  @DisplayName("texts without their escapes, at every place of a word of eight bytes")
  void texts() {
    reads("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t");
    reads(
        "\"\\u0000\\u001f\\u007f\\u0080\\u07ff\\u0800\\uffff\"",
        "\0\u001f\u007f\u0080\u07ff\u0800\uffff");
    reads("\"\\ud83d\\ude00\\ud800\\udc00\\udbff\\udfff\"", "😀\ud800\udc00\udbff\udfff");
    reads("\"\\\\u0041\"", "\\u0041");
    reads("\"\ufffd \ufeff\"", "\ufffd \ufeff");
    for (int length = 0; length < 20; length++) {
      for (int at = 0; at <= length; at++) {
        String before = "x".repeat(at);
        String after = "y".repeat(length - at);
        reads("\"" + before + after + "\"", before + after);
        reads("\"" + before + "\\\"" + after + "\"", before + "\"" + after);
        reads("\"" + before + "é" + after + "\"", before + "é" + after);
        reads("\"" + before + "\\n€" + after + "\"", before + "\n€" + after);
        reads("\"" + before + "😀\\u00e9" + after + "\"", before + "😀é" + after);
      }
    }
  }

  private void reads(String json, String right) {
    JsonReader reader = reader(json);
    reader.expect(JsonToken.STRING);
    String text = reader.text();
    story.expect(
        text.equals(right), "%s is the text %s".formatted(json, points(right)), points(text));
    reader.expect(JsonToken.END);
  }

  private static String points(String text) {
    StringBuilder points = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> points.append(points.isEmpty() ? "" : " ").append("U+%04X".formatted(each)));
    return points.toString();
  }

  @Test
  @DisplayName("a name is the same however it is written, and no other is")
  void names() {
    for (String name :
        List.of("", "a", "id", "seven77", "exactly8", "nine bytes", "x".repeat(40))) {
      JsonName wanted = new JsonName(name);
      is(wanted, "\"" + name + "\"", true);
      is(wanted, "\"" + name + "!\"", false);
      is(wanted, "\"" + name + "\\u0000\"", false);
      is(wanted, "\"é" + name + "\"", false);
      StringBuilder escaped = new StringBuilder("\"");
      name.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
      is(wanted, escaped + "\"", true);
      for (int at = 0; at < name.length(); at++) {
        is(wanted, "\"" + name.substring(0, at) + "\"", false);
        is(wanted, "\"" + name.substring(0, at) + "?" + name.substring(at + 1) + "\"", false);
      }
    }
  }

  private void is(JsonName wanted, String written, boolean same) {
    JsonReader json = reader("{" + written + ":1}");
    json.next();
    json.next();
    boolean is = json.nameIs(wanted);
    story.expect(
        is == same,
        "%s %s the name %s".formatted(written, same ? "is" : "is not", wanted),
        "nameIs says " + is);
  }

  @Test
  @DisplayName("whole numbers, exactly, up to both ends of 64 bits and of 32")
  void wholeNumbers() {
    for (long value :
        new long[] {
          0,
          1,
          -1,
          9,
          10,
          1L << 53,
          (1L << 53) + 1,
          Integer.MAX_VALUE,
          Integer.MIN_VALUE,
          Integer.MAX_VALUE + 1L,
          Integer.MIN_VALUE - 1L,
          Long.MAX_VALUE,
          Long.MAX_VALUE - 1,
          Long.MIN_VALUE,
          Long.MIN_VALUE + 1,
          1_000_000_000_000_000_000L
        }) {
      long read = number(value + "").longValue();
      story.expect(read == value, "longValue of %d".formatted(value), "" + read);
      if (value == (int) value) {
        int half = number(value + "").intValue();
        story.expect(half == value, "intValue of %d".formatted(value), "" + half);
      } else {
        refused(value + "", JsonReader::intValue, "it does not fit into 32 bits");
      }
    }
    story.expect(number("-0").longValue() == 0, "longValue of -0 is 0", "another");
    for (String text :
        List.of(
            "9223372036854775808",
            "-9223372036854775809",
            "9223372036854775810",
            "-9223372036854775810",
            "9999999999999999999",
            "18446744073709551616",
            "18446744073709551617",
            "36893488147419103232",
            "123456789012345678901234567890",
            "-123456789012345678901234567890")) {
      refused(text, JsonReader::longValue, "it does not fit into 64 bits");
    }
    for (String text : List.of("1.0", "0.5", "-0.0", "1e0", "1E2", "12e-1", "1e400")) {
      refused(text, JsonReader::longValue, "it is not written as a whole number");
      refused(text, JsonReader::intValue, "it is not written as a whole number");
    }
  }

  @Test
  @DisplayName("a double is the nearest one, as Double.parseDouble has it")
  void doubles() {
    for (String text :
        List.of(
            "0",
            "-0",
            "-0.0",
            "0e999999",
            "0.1",
            "1e22",
            "1e23",
            "123e22",
            "9007199254740992",
            "9007199254740993",
            "9007199254740993.0",
            "-9007199254740995",
            "900719925474099.3",
            "0.000001",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1e-400",
            "2.2250738585072011e-308",
            "0.00000000000000000000001",
            "0.0000000000000000000001",
            "123456789012345678",
            "1234567890123456789",
            "12345678901234567.8",
            "0.3000000000000000166533453693773481063544750213623046875",
            "1" + "0".repeat(300),
            "0." + "0".repeat(300) + "1")) {
      isDouble(text);
    }
    refused("1e309", JsonReader::doubleValue, "no double is so large");
    refused("-1e309", JsonReader::doubleValue, "no double is so large");
    refused("1.7976931348623159e308", JsonReader::doubleValue, "it would become infinite");
    refused("1e999999999999", JsonReader::doubleValue, "no double is so large");
    Seeds.each(
        300,
        seed -> {
          Random random = new Random(seed);
          StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
          text.append(random.nextLong(1L << random.nextInt(1, 62)));
          if (random.nextBoolean()) {
            text.append('.').append(random.nextLong(1L << random.nextInt(1, 62)));
          }
          if (random.nextInt(3) == 0) {
            text.append('e').append(random.nextInt(-30, 30));
          }
          new JsonReaderTest().isDouble(text.toString());
        });
  }

  private void isDouble(String text) {
    double right = Double.parseDouble(text);
    double value = number(text).doubleValue();
    story.expect(
        Double.doubleToLongBits(value) == Double.doubleToLongBits(right),
        "doubleValue of %s is %s, as Double.parseDouble has it".formatted(text, right),
        "" + value);
  }

  @Test
  @DisplayName("a number keeps its text, however long")
  void numbersAsTheyStand() {
    for (String text : List.of("1.10", "-0", "1e+007", "1E400", "123456789012345678901234567890")) {
      String kept = number(text).text();
      story.expect(kept.equals(text), "the text of a number is as it stands: " + text, kept);
    }
  }

  private static JsonReader number(String text) {
    JsonReader json = reader(" " + text + " ");
    json.expect(JsonToken.NUMBER);
    return json;
  }

  private void refused(String text, Consumer<JsonReader> reading, String why) {
    story.then("the number %s, behind a space", text);
    story.expectMalformed(1, why, () -> reading.accept(number(text)));
  }

  @Test
  @DisplayName("asked for what a token is not, it refuses, at the token")
  void otherKind() {
    for (String text : List.of("true", "null", "[1]", "{\"a\":1}", "\"1\"", "1")) {
      boolean string = text.startsWith("\"");
      boolean number = text.equals("1");
      story.then("%s, behind a space", text);
      List<Consumer<JsonReader>> wrong = new ArrayList<>();
      wrong.add(json -> json.nameIs(new JsonName("1")));
      if (!string && !number) {
        wrong.add(JsonReader::text);
      }
      if (!number) {
        wrong.addAll(List.of(JsonReader::longValue, JsonReader::intValue, JsonReader::doubleValue));
      }
      for (Consumer<JsonReader> each : wrong) {
        JsonReader json = reader(" " + text);
        json.next();
        story.expectMalformed(1, "it is a value of another kind", () -> each.accept(json));
      }
      story.expectMalformed(
          1, "no end is here", () -> reader(" " + text).expect(JsonToken.END_ARRAY));
    }
  }

  @Test
  @DisplayName("what is passed by is read to its end, and checked like all else")
  void skips() {
    for (String value :
        List.of(
            "1",
            "-1.5e3",
            "\"a\\\"]}\"",
            "true",
            "null",
            "{}",
            "[]",
            "[[[]],[1,{}]]",
            "{\"a\":{\"b\":[1,2,{\"c\":null}]}}",
            "{\"z\":1,\"z\":[]}")) {
      JsonReader json = reader("{\"a\": %s , \"z\":7}".formatted(value));
      json.next();
      json.next();
      json.skip();
      story.then("{\"a\": %s , \"z\":7}, and a's value passed by", value);
      String next = described(json, json.next());
      story.expect(next.equals("a name z"), "then comes z", next);

      json = reader("[%s,7]".formatted(value));
      json.next();
      json.next();
      json.skip();
      story.then("[%s,7], and the first value passed by", value);
      next = described(json, json.next());
      story.expect(next.equals("a number 7"), "then comes 7", next);
    }
    for (String value : List.of("[1,]▸", "{\"a\":[}▸", "\"\\x\"", "[\"\\ud800\"]", "01", "[tru]")) {
      String text = "{\"a\":" + value.replace("▸", "") + "}";
      story.then("%s, and a's value passed by", text);
      JsonReader json = reader(text);
      json.next();
      json.next();
      try {
        json.skip();
      } catch (MalformedException e) {
        continue;
      }
      throw story.finding("a MalformedException: it is no JSON", "nothing is thrown");
    }
  }

  @Test
  @DisplayName("512 objects and arrays may be open; the next is refused, and so are 100,000")
  void depth() {
    for (String open : List.of("[", "{\"a\":", "[{\"a\":")) {
      int levels = open.startsWith("[{") ? 2 : 1;
      String close = open.replace("\"a\":", "").replace('[', ']').replace('{', '}');
      close = new StringBuilder(close).reverse().toString();
      int times = MAX_DEPTH / levels;
      String inner = open.repeat(times) + "0" + close.repeat(times);
      try {
        drain(reader(inner));
        readTree(inner.getBytes(UTF_8));
      } catch (MalformedException e) {
        throw story.then("512 levels of %s", open).finding("they are read", e);
      }
      for (int many : new int[] {times + 1, 100_000}) {
        byte[] bytes = open.repeat(many).getBytes(UTF_8);
        int wrong = open.length() * times;
        story.then("%s, %,d times", open, many);
        story.expectMalformed(wrong, "512 levels are the most", () -> drain(reader(bytes)));
        story.expectMalformed(
            wrong,
            "512 levels are the most, also where they are passed by",
            () -> {
              JsonReader json = reader(bytes);
              json.next();
              json.skip();
            });
        story.expectMalformed(wrong, "512 levels are the most in a tree", () -> readTree(bytes));
      }
    }
  }

  @Test
  @DisplayName("a string may have 4 MiB and a number 1,000 bytes; one more is refused")
  void longest() {
    String longest = "a".repeat(JsonReader.MAX_STRING);
    JsonReader json = reader("[\"%s\"]".formatted(longest));
    json.next();
    json.next();
    int length = json.text().length();
    story.then("a string of 4 MiB → %,d characters", length);
    story.expect(length == JsonReader.MAX_STRING, "all of them: so long may one be", "fewer");
    for (String each : List.of("[\"%s!\"]", "[\"%s\\n\"]", "{\"%sé\":1}")) {
      story.then("one that is a little longer: " + each, "a…");
      story.expectMalformed(1, "4 MiB are the most", () -> drain(reader(each.formatted(longest))));
    }
    for (String each : List.of("%s", "0.%s", "1e%s", "-%s")) {
      String number = each.formatted("1".repeat(JsonReader.MAX_NUMBER + 2 - each.length()));
      String text = number(number).text();
      story.then("a number of 1,000 bytes: " + each, "111…");
      story.expect(text.equals(number), "all of it: so long may one be", text);
      refused(number + "1", value -> {}, "1,000 bytes are the most");
    }
  }

  @Test
  @DisplayName("however the bytes are chosen, the time grows as they do, and so does the memory")
  void linear() {
    int many = 1 << 20;
    for (String each : List.of("\\n", "\\u00e9", "é", "a", "\\ud83d\\ude00", "é\\n")) {
      byte[] bytes = ("\"" + each.repeat(4 * many / 6 / each.length()) + "\"").getBytes(UTF_8);
      takesLittle("a string of many %s".formatted(each), bytes);
    }
    passes("white space", (" ".repeat(many) + "1").getBytes(UTF_8));
    passes("many lines", ("[" + "1,\n".repeat(many / 3) + "1]").getBytes(UTF_8));
    passes("many names", ("{" + "\"a\":1,".repeat(many / 6) + "\"a\":1}").getBytes(UTF_8));
    passes("many empty arrays", ("[" + "[],".repeat(many / 3) + "[]]").getBytes(UTF_8));
    passes(
        "many escapes",
        ("[" + "\"%s\",".formatted("éé\\n".repeat(10)).repeat(many / 60) + "[]]").getBytes(UTF_8));
  }

  private void takesLittle(String what, byte[] bytes) {
    takesLittle(what, bytes, JsonReaderTest::drain);
  }

  /** The same where nobody asks for the texts: to make an object of each takes more. */
  private void passes(String what, byte[] bytes) {
    takesLittle(
        what,
        bytes,
        json -> {
          json.next();
          json.skip();
        });
  }

  private void takesLittle(String what, byte[] bytes, Consumer<JsonReader> reading) {
    ByteReader in = new ByteReader();
    // The reader's copy of the message is one time its memory.
    long most = 9L * bytes.length;
    long taken =
        Allocations.perRun(
            0,
            1,
            most,
            () -> reading.accept(new JsonReader(in.open(MemorySegment.ofArray(bytes)))));
    story.expect(
        taken <= most,
        "%s, %,d bytes: at most eight times their memory, besides the copy"
            .formatted(what, bytes.length),
        "%,d bytes taken".formatted(taken));
  }

  @Test
  @DisplayName("numbers, names that are known and what is passed by take no memory")
  void takesNoMemory() {
    JsonName id = new JsonName("id");
    String member = "\"id\":-12345,\"x\":[\"plain\",{\"y\":true}],";
    byte[] few = ("{" + member + "\"id\":1}").getBytes(UTF_8);
    byte[] many = ("{" + member.repeat(500) + "\"id\":1}").getBytes(UTF_8);
    int sum = ids(id, reader(many));
    story.then("the numbers of 501 members of 1,001 are added up");
    story.expect(sum == 1 - 500 * 12345, "the sum is %,d".formatted(1 - 500 * 12345), "" + sum);
    long one = garbage(id, few);
    long all = garbage(id, many);
    story.then("a message with 2 members takes %,d bytes, one with 1,001 takes %,d", one, all);
    story.expect(all <= one, "no more: what is not asked for is not made", "more");
  }

  private static long garbage(JsonName id, byte[] bytes) {
    ByteReader in = new ByteReader().open(MemorySegment.ofArray(bytes));
    return Allocations.perRun(
        200,
        50,
        64,
        () -> {
          in.position = 0;
          ids(id, new JsonReader(in));
        });
  }

  /** Reads an object and adds up what it has of this name. */
  private static int ids(JsonName id, JsonReader json) {
    int sum = 0;
    json.next();
    while (json.next() == JsonToken.NAME) {
      if (json.nameIs(id)) {
        json.next();
        sum += json.intValue();
      } else {
        json.skip();
      }
    }
    return sum;
  }

  @Test
  @DisplayName("trees by chance, written in many ways: the same tree as Jackson's")
  void seeds() {
    Seeds.each(
        200,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = JsonTrees.ornate(JsonTrees.tree(random), random).getBytes(UTF_8);
          Story story = new Story().then("%s", new String(bytes, UTF_8));
          JsonNode right = MAPPER.readTree(bytes);
          JsonValue tree;
          try {
            tree = readTree(bytes);
          } catch (MalformedException e) {
            throw story.finding("the tree %s, as Jackson reads it".formatted(right), e);
          }
          story.expect(
              JsonTrees.same(right, tree),
              "the tree %s, as Jackson reads it".formatted(right),
              tree.toString());
        });
  }

  @Test
  @DisplayName("good texts with a few changes: read if Jackson reads them, refused if it does not")
  void asJackson() {
    Seeds.each(
        3_000,
        seed -> {
          Random random = new Random(seed);
          byte[] bytes = JsonTrees.changed(random);
          Story story =
              new Story().then("%s, which is %s", new String(bytes, UTF_8), Story.hex(bytes));
          boolean right = jackson(bytes);
          try {
            drain(reader(bytes));
          } catch (MalformedException e) {
            story.then("→ %s", e);
            story.expect(!right, "it is read, as Jackson reads it", "it is refused");
            return;
          }
          story.expect(right, "it is refused, as Jackson refuses it", "it is read");
        });
  }

  @Test
  @DisplayName("the same name twice: the reader tells both, a tree and a person refuse")
  void namesTwice() {
    hasTokens(
        "{\"a\":1,\"a\":2}",
        List.of(
            "an object",
            "a name a",
            "a number 1",
            "a name a",
            "a number 2",
            "the end of an object",
            "the end"));
    for (String text :
        List.of(
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"b\":{},\"\\u0061\":1}",
            "{\"é\":1,\"\\u00e9\":2}",
            "{\"\":1,\"\":2}")) {
      int second = text.lastIndexOf(",\"") + 1;
      byte[] bytes = text.getBytes(UTF_8);
      int position = text.substring(0, second).getBytes(UTF_8).length;
      story.then("a tree of %s", text);
      story.expectMalformed(
          position, "which of the two is meant? Others take the first", () -> readTree(bytes));
    }
    readTree("{\"a\":{\"a\":1},\"b\":{\"a\":1}}".getBytes(UTF_8));
    StringBuilder names = new StringBuilder("{\"x\":0");
    for (int i = 0; i < 1 << 14; i++) {
      names.append(",\"");
      for (int bit = 0; bit < 14; bit++) {
        names.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      names.append("\":0");
    }
    story.then("an object of 16,384 names that have the same hash");
    readTree(names.append("}").toString().getBytes(UTF_8));
  }

  @Test
  @DisplayName("a person: in any order, with names of a newer version, and each name once")
  void person() {
    isPerson(
        "{\"name\":\"Zoë\",\"id\":-7,\"emails\":[\"a\",\"\"]}",
        new Person("Zoë", -7, List.of("a", "")));
    isPerson(
        " {\"emails\":[ ],\n\"id\":2147483647, \"n\\u0061me\" : \"\\u005a\"}\n",
        new Person("Z", Integer.MAX_VALUE, List.of()));
    isPerson(
        "{\"x\":{\"name\":\"no\"},\"name\":\"A\",\"y\":[[1],{}],\"id\":1,\"x\":null,\"emails\":[\"e\"]}",
        new Person("A", 1, List.of("e")));
    isPerson("{}", new Person("", 0, List.of()));
    isPerson("{\"Name\":\"B\"}", new Person("", 0, List.of()));
    noPerson("[]", 0, "a person is an object");
    noPerson("null", 0, "a person is an object");
    noPerson("{\"name\":null}", 8, "a name is a string");
    noPerson("{\"name\":7}", 8, "a name is a string");
    noPerson("{\"id\":\"7\"}", 6, "an id is a number");
    noPerson("{\"id\":1.5}", 6, "an id is a whole number");
    noPerson("{\"id\":2147483648}", 6, "an id has 32 bits");
    noPerson("{\"emails\":\"a\"}", 10, "emails are an array");
    noPerson("{\"emails\":[null]}", 11, "an email is a string");
    noPerson("{\"emails\":[\"a\",7]}", 15, "an email is a string");
    noPerson("{\"emails\":[[]]}", 11, "an email is a string");
    noPerson("{\"name\":\"A\",\"name\":\"A\"}", 12, "it has a name already");
    noPerson("{\"name\":\"\",\"n\\u0061me\":\"B\"}", 11, "it has a name already");
    noPerson("{\"id\":0,\"id\":0}", 8, "it has an id already");
    noPerson("{\"emails\":[],\"emails\":[]}", 13, "it has emails already");
    noPerson("{\"x\":[}", 6, "what is unknown has to be JSON too");
    noPerson("{} {}", 3, "nothing may follow a person");
    noPerson("{}x", 2, "nothing may follow a person");
    Seeds.each(
        50,
        seed -> {
          Person person = JsonTrees.person(new Random(seed));
          new JsonReaderTest().isPerson(MAPPER.writeValueAsString(person), person);
        });
  }

  private void isPerson(String text, Person right) {
    story.then("a person of %s", text);
    Person person;
    try {
      person = new PersonJson().read(opened(text.getBytes(UTF_8)));
    } catch (MalformedException e) {
      throw story.finding(right.toString(), e);
    }
    story.expect(person.equals(right), right.toString(), person.toString());
  }

  private void noPerson(String text, int position, String why) {
    story.then("a person of %s", text);
    story.expectMalformed(position, why, () -> new PersonJson().read(opened(text.getBytes(UTF_8))));
  }

  @Test
  @DisplayName("bytes that no honest peer sends: a value or a place, and little memory")
  void hostile() {
    Hostile reader = new Hostile("next() to the end", in -> drain(new JsonReader(in)));
    reader.each(2_000, JsonTrees::bytes);
    reader.eachPrefix(EVERYTHING.getBytes(UTF_8));
    Hostile person = new Hostile("PersonJson.read", in -> new PersonJson().read(in));
    person.each(2_000, JsonTrees::personBytes);
    new Hostile("JsonValue.read", JsonValue::read).each(2_000, JsonTrees::bytes);
  }

  /** Reads all tokens and what they say. */
  static void drain(JsonReader json) {
    for (var token = json.next(); token != JsonToken.END; token = json.next()) {
      switch (token) {
        case NAME, STRING, NUMBER -> json.text();
        default -> {}
      }
    }
  }

  private static JsonValue readTree(byte[] bytes) {
    return JsonValue.read(opened(bytes));
  }

  private static JsonReader reader(String text) {
    return reader(text.getBytes(UTF_8));
  }

  private static JsonReader reader(byte[] bytes) {
    return new JsonReader(opened(bytes));
  }

  private static ByteReader opened(byte[] bytes) {
    return new ByteReader().open(MemorySegment.ofArray(bytes));
  }

  /**
   * Whether Jackson reads these bytes as one JSON text, all of them.
   *
   * <p>In two points RFC 8259 leaves a choice, or Jackson is less strict, and our choice is put in
   * its place: bytes have to be UTF-8 in its shortest form, and no text may have half a surrogate
   * pair, also not by an escape. And it does not guess at UTF-16.
   */
  static boolean jackson(byte[] bytes) {
    try (JsonParser parser =
        JACKSON.createParser(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())) {
      int depth = 0;
      int values = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        values += depth == 0 ? 1 : 0;
        if (!UTF_8.newEncoder().canEncode(parser.getText())) {
          return false;
        }
      }
      return values == 1;
    } catch (IOException e) {
      return false;
    }
  }
}
