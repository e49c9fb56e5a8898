package readiness.serialization;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million hostile inputs for each way to read JSON: what a check has no time for. */
@Tag("full")
final class JsonHostileTest {
  private static final int MILLION = 1_000_000;

  @Test
  @DisplayName("the tokens, and what they say")
  void tokens() {
    reads(
        "next() to the end", in -> JsonReaderTest.drain(new JsonReader(in)), JsonTrees::bytes, 40);
  }

  @Test
  @DisplayName("a value passed by")
  void skip() {
    reads(
        "skip()",
        in -> {
          JsonReader json = new JsonReader(in);
          json.next();
          json.skip();
          json.expect(JsonToken.END);
        },
        JsonTrees::bytes,
        40);
  }

  @Test
  @DisplayName("a person")
  void person() {
    reads("PersonJson.read", in -> new PersonJson().read(in), JsonTrees::personBytes, 50);
  }

  @Test
  @DisplayName("a tree")
  void tree() {
    reads("JsonValue.read", JsonValue::read, JsonTrees::bytes, 40);
  }

  private static void reads(
      String what, Consumer<ByteReader> decoder, Function<Random, byte[]> valid, int outcomes) {
    Hostile hostile = new Hostile(what, decoder);
    hostile.exactly(MILLION, valid);
    // Which byte was found where another should be makes no branch.
    Map<String, Integer> branches = new TreeMap<>();
    hostile
        .outcomes()
        .forEach((outcome, count) ->
            branches.merge(
                outcome.replaceAll("'.'|byte ..?|U\\+\\p{XDigit}+|UTF-.: ..?", "*"),
                count,
                Integer::sum));
    int reached = branches.size();
    System.out.printf("%s: %,d inputs, %d outcomes%n", what, MILLION, reached);
    branches.forEach((outcome, count) -> System.out.printf("%,9d  %s%n", count, outcome));
    new Story()
        .expect(
            reached >= outcomes,
            "%s: at least %d different outcomes: so many branches there are"
                .formatted(what, outcomes),
            reached + " were reached");
  }
}
